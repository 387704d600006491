using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.State;

/// <summary>Changes in a temporary table of the state's connection: a file that goes with it, and that nobody else can open.</summary>
internal sealed class SqliteChangeStore : IChangeStore
{
    private const int PageSize = 500;
    private const int GroupSize = 20_000;
    private const string Columns = "seq, kind, depth, key, data, attributes, held";

    private readonly SqliteConnection _connection;
    private readonly object _gate;
    private readonly SqliteCommand _insert;
    private int _open;

    public SqliteChangeStore(SqliteConnection connection, object gate)
    {
        _connection = connection;
        _gate = gate;
        Execute("DROP TABLE IF EXISTS temp.change");
        Execute(StateTables.Changes);
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO change(key, kind, depth, data, attributes, held) VALUES($key, $kind, 0, $data, $attributes, $held)";
        foreach (string name in (string[])["$key", "$kind", "$data", "$attributes", "$held"])
        {
            _insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    public void Add(in StoredChange change)
    {
        lock (_gate)
        {
            if (_open == 0)
            {
                Execute("BEGIN");
            }

            _insert.Parameters[0].Value = change.Key;
            _insert.Parameters[1].Value = change.Kind;
            _insert.Parameters[2].Value = change.Data;
            _insert.Parameters[3].Value = change.Attributes;
            _insert.Parameters[4].Value = (object?)change.Held ?? System.DBNull.Value;
            _insert.ExecuteNonQuery();
            if (++_open == GroupSize)
            {
                Flush();
            }
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (_open > 0)
            {
                _open = 0;
                Execute("COMMIT");
            }
        }
    }

    public void SetDepths(IEnumerable<(long Key, int Depth)> depths) => Update(
        "UPDATE change SET depth = $value WHERE key = $key", Of(depths));

    public void Hold(IEnumerable<long> keys, string reason) => Update(
        "UPDATE change SET held = $value WHERE key = $key AND held IS NULL", Of(keys, reason));

    public void HoldKind(int kind, string reason)
    {
        lock (_gate)
        {
            Flush();
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "UPDATE change SET held = $value WHERE kind = $kind AND held IS NULL";
            command.Parameters.AddWithValue("$value", reason);
            command.Parameters.AddWithValue("$kind", kind);
            command.ExecuteNonQuery();
        }
    }

    public IEnumerable<StoredChange> InOrder() => Pages("held IS NULL AND kind <> 5 AND");

    public IEnumerable<StoredChange> All() => Pages(string.Empty);

    public void Dispose()
    {
        lock (_gate)
        {
            _insert.Dispose();
        }
    }

    private static IEnumerable<(long Key, object Value)> Of(IEnumerable<(long Key, int Depth)> depths)
    {
        foreach ((long key, int depth) in depths)
        {
            yield return (key, depth);
        }
    }

    private static IEnumerable<(long Key, object Value)> Of(IEnumerable<long> keys, string reason)
    {
        foreach (long key in keys)
        {
            yield return (key, reason);
        }
    }

    private void Update(string sql, IEnumerable<(long Key, object Value)> values)
    {
        lock (_gate)
        {
            Flush();
            Execute("BEGIN");
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = sql;
            SqliteParameter key = command.Parameters.Add(new SqliteParameter { ParameterName = "$key" });
            SqliteParameter value = command.Parameters.Add(new SqliteParameter { ParameterName = "$value" });
            foreach ((long Key, object Value) one in values)
            {
                key.Value = one.Key;
                value.Value = one.Value;
                command.ExecuteNonQuery();
            }

            Execute("COMMIT");
        }
    }

    // Page by page, since requests are kept in between.
    private IEnumerable<StoredChange> Pages(string condition)
    {
        (long Kind, long Depth, long Seq) last = (-1, -1, -1);
        while (true)
        {
            List<StoredChange> page = Page(condition, ref last);
            foreach (StoredChange change in page)
            {
                yield return change;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }

    private List<StoredChange> Page(string condition, ref (long Kind, long Depth, long Seq) last)
    {
        lock (_gate)
        {
            Flush();
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText =
                $"SELECT {Columns} FROM change WHERE {condition} (kind, depth, seq) > ($kind, $depth, $seq) ORDER BY kind, depth, seq LIMIT {PageSize}";
            command.Parameters.AddWithValue("$kind", last.Kind);
            command.Parameters.AddWithValue("$depth", last.Depth);
            command.Parameters.AddWithValue("$seq", last.Seq);
            var page = new List<StoredChange>(PageSize);
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                last = (rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(0));
                page.Add(new StoredChange(
                    rows.GetInt64(3), rows.GetInt32(1), (byte[])rows[4], (byte[])rows[5], rows.IsDBNull(6) ? null : rows.GetString(6)));
            }

            return page;
        }
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
