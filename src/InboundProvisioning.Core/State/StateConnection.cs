using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.State;

/// <summary>
/// The connection to a state file: one transaction at a time, each on the disk when it is over (synchronous FULL), and no WAL, so that
/// nothing lies beside the file between transactions. May be used from several threads.
/// </summary>
internal sealed class StateConnection : IDisposable
{
    /// <summary>The path of a state that nobody keeps.</summary>
    public const string InMemory = ":memory:";

    private const int BusySeconds = 30;

    private static readonly string[] Pragmas =
        ["journal_mode = DELETE", "secure_delete = ON", "cache_size = -16000", "mmap_size = 0"];

    private readonly object _gate = new();
    private readonly string _path;
    private readonly string _name;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private StateConnection(string path, string name, SqliteConnection connection)
    {
        _path = path;
        _name = name;
        _connection = connection;
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What is done with it.</param>
    /// <param name="keptAs">What the state is called that is kept elsewhere, of which the file is a copy to work on; null where the file is the state.</param>
    /// <exception cref="InboundProvisioningException"><c>StateEngineUnavailable</c>, and what <see cref="StateFault"/> makes of SQLite's faults.</exception>
    public static StateConnection Open(string path, SqliteOpenMode mode, string? keptAs = null)
    {
        string name = keptAs ?? path;
        StateEngine.Load();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        var opened = new StateConnection(path, name, connection);
        try
        {
            connection.Open();
            foreach (string pragma in Pragmas)
            {
                opened.Scalar("PRAGMA " + pragma);
            }

            // What a power cut leaves of a copy is of no use to anybody.
            opened.Scalar(keptAs is null ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
            return opened;
        }
        catch (SqliteException fault)
        {
            opened.Dispose();
            throw StateFault.From(fault, name);
        }
    }

    /// <summary>Reads, while nobody else of this process does.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            try
            {
                return read();
            }
            catch (SqliteException fault)
            {
                throw StateFault.From(fault, _name);
            }
        }
    }

    /// <summary>Writes in one transaction: on the disk when this returns, or nothing of it.</summary>
    /// <param name="write">What to write.</param>
    /// <param name="onRollback">Is called where nothing of it is kept.</param>
    public void Write(Action write, Action onRollback)
    {
        lock (_gate)
        {
            try
            {
                if (_path != InMemory)
                {
                    StateFile.RequireThere(_path);
                }

                Execute("BEGIN IMMEDIATE");
                try
                {
                    write();
                    Execute("COMMIT");
                }
                catch
                {
                    Rollback();
                    onRollback();
                    throw;
                }
            }
            catch (SqliteException fault)
            {
                throw StateFault.From(fault, _name);
            }
        }
    }

    /// <summary>Carries out a statement with values <c>$1</c>, <c>$2</c> and so on, which is prepared once.</summary>
    public void Run(string sql, params object?[] values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first value of the first row, or null.</summary>
    public object? Scalar(string sql, params object?[] values) => Prepare(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>The rows.</summary>
    public SqliteDataReader Query(string sql, params object?[] values) => Prepare(sql, values).ExecuteReader();

    /// <summary>Carries out statements without values.</summary>
    public void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (SqliteCommand command in _commands.Values)
            {
                command.Dispose();
            }

            _commands.Clear();
            _connection.Dispose();
        }
    }

    private void Rollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, or cannot any more: the journal does at the next opening.
        }
    }

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i}") });
            }

            _commands.Add(sql, command);
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
