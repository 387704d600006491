using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.State;

/// <summary>
/// A state in one SQLite file. Each change is one transaction that is on the disk before a call returns. May be called from several
/// threads.
/// </summary>
internal sealed class SqliteState : IProvisioningState
{
    private const string OldCopiesName = "OldCopies";

    private readonly object _saving = new();
    private readonly string _path;
    private readonly string _name;
    private readonly IDisposable? _owned;
    private readonly StateConnection _db;
    private readonly RecordReader _reader;
    private readonly SqliteOutcomes _outcomes;
    private readonly HashSet<int> _keptShapes = [];
    private readonly Dictionary<long, StoredPerson> _presumed = [];
    private string? _holder;
    private StateContent? _content;
    private long? _lastRecord;
    private bool _savesEachChange;

    private SqliteState(string path, StateConnection connection, string? name = null, IDisposable? owned = null)
    {
        _path = path;
        _name = name ?? path;
        _owned = owned;
        _db = connection;
        _reader = new RecordReader(Shapes);
        _outcomes = new SqliteOutcomes(connection, Write, () => Content);
    }

    public StateContent Content => _content ??=
        Get(nameof(Content)) == nameof(StateContent.Fingerprint) ? StateContent.Fingerprint : StateContent.Record;

    public long People => Locked(() => (long)_db.Scalar("SELECT count(*) FROM person")!);

    public ShapeBook Shapes { get; } = new();

    public IRecordOutcomes Outcomes => _outcomes;

    public StateKeeper? Keeper => _owned as StateKeeper;

    /// <summary>Makes a new state, which its owner alone may read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it keeps of each person.</param>
    /// <param name="owned">What ends with it, also where this fails.</param>
    public static SqliteState Create(string path, StateContent content, IDisposable? owned = null)
    {
        bool isMade = false;
        SqliteState? state = null;
        try
        {
            StateFile.Open(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
            isMade = true;
            state = new(path, StateConnection.Open(path, SqliteOpenMode.ReadWrite), owned: owned);
            state.Migrate(from: 0);
            state.Set(nameof(Content), content.ToString());
            return state;
        }
        catch
        {
            state?._db.Dispose();
            if (isMade)
            {
                File.Delete(path);
            }

            owned?.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty state that nobody keeps.</summary>
    public static SqliteState CreateInMemory(StateContent content)
    {
        SqliteState state = new(StateConnection.InMemory, StateConnection.Open(StateConnection.InMemory, SqliteOpenMode.Memory));
        state.Migrate(from: 0);
        state.Set(nameof(Content), content.ToString());
        return state;
    }

    /// <summary>Opens a state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writes">Whether it is to be written; else it is only looked at.</param>
    /// <param name="checks">Whether its pages are checked (<c>quick_check</c>).</param>
    /// <param name="name">What the state is called that is kept elsewhere; null where the file is the state.</param>
    /// <param name="owned">What ends with the state: its lock, its keeper or its folder. Also where this fails.</param>
    /// <exception cref="InboundProvisioningException"><c>StateDamaged</c>, <c>StateNotOurs</c>, <c>StateTooNew</c>, <c>StateUnavailable</c>.</exception>
    public static SqliteState Open(string path, bool writes, bool checks, string? name = null, IDisposable? owned = null)
    {
        SqliteState? state = null;
        try
        {
            // Also to look at it, where that may be: what a killed process was writing has to be taken back first.
            SqliteOpenMode mode = writes || StateFile.IsWritable(path) ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly;
            state = new SqliteState(path, StateConnection.Open(path, mode, name), name, owned);
            state.Check(checks, writes);
            return state;
        }
        catch
        {
            if (state is null)
            {
                owned?.Dispose();
            }

            state?.Dispose();
            throw;
        }
    }

    /// <summary>From now on each change is saved when its call returns, for those who make few.</summary>
    public void SaveEachChange() => _savesEachChange = true;

    /// <summary>Writes down who holds the state. From then on each write makes sure that it is still this run.</summary>
    public void Hold(StateHolder holder)
    {
        string text = JsonSerializer.Serialize(holder, StateJson.Default.StateHolder);
        Set(StateHolder.Name, text);
        _holder = text;
    }

    /// <summary>Who holds it or held it last; null where nobody did.</summary>
    public StateHolder? Holder => Get(StateHolder.Name) is string text ? JsonSerializer.Deserialize(text, StateJson.Default.StateHolder) : null;

    public string? Get(string name) => Locked(() => _db.Scalar("SELECT value FROM meta WHERE name = $1", name) as string);

    public void Set(string name, string? value) => Write(() => _db.Run(
        value is null ? "DELETE FROM meta WHERE name = $1" : "INSERT INTO meta(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = $2",
        value is null ? [name] : [name, value]));

    public void ReadPeople(Action<KnownPerson> person) => Locked(() =>
    {
        using SqliteDataReader rows = _db.Query("SELECT key, high, low, user_name, active, missing_runs FROM person");
        while (rows.Read())
        {
            person(new KnownPerson(
                rows.GetInt64(0),
                new RecordFingerprint(rows.GetInt64(1), rows.GetInt64(2)),
                rows.GetInt64(3),
                rows.GetInt64(4) != 0,
                rows.IsDBNull(5) ? 0 : rows.GetInt32(5)));
        }

        return true;
    });

    public StoredPerson? Find(long key) => Locked(() =>
    {
        if (_presumed.TryGetValue(key, out StoredPerson? presumed))
        {
            return presumed;
        }

        using SqliteDataReader rows = _db.Query(
            "SELECT person.id, shape, content, high, low FROM person JOIN record ON record.id = person.record WHERE key = $1", key);
        if (!rows.Read())
        {
            return null;
        }

        RecordShape? shape = Shapes.Find(rows.GetInt32(1));
        string id = rows.GetString(0);
        byte[] content = (byte[])rows[2];
        var fingerprint = new RecordFingerprint(rows.GetInt64(3), rows.GetInt64(4));

        // SQLite looks after its pages, and nobody but we after what is on them.
        bool isSound = shape is not null && PersonKey.Of(id) == key
            && (Content == StateContent.Record ? UserRecord.IsSound(shape, content, fingerprint) : content.Length == shape.Attributes.Count * sizeof(uint));
        return isSound
            ? new StoredPerson(id, shape!, content, fingerprint)
            : throw StateFault.Damaged(_name, $"the record of '{id}' is not as it was written");
    });

    public void Presume(UserRecord record) => _presumed[PersonKey.Of(record.ExternalId!)] = new StoredPerson(
        record.ExternalId!, record.Shape, ContentOf(record), record.Fingerprint);

    public void Accept(IEnumerable<byte[]> records, DateTimeOffset at) => Write(() =>
    {
        foreach (byte[] record in records)
        {
            Accept(_reader.Read(record), request: null, at);
        }
    });

    public void SetMissing(IEnumerable<(long Key, int Runs)> people, long run) => Write(() =>
    {
        foreach ((long key, int runs) in people)
        {
            if (runs == 0)
            {
                _db.Run("UPDATE person SET missing_runs = NULL, missing_since = NULL WHERE key = $1", key);
            }
            else
            {
                _db.Run("UPDATE person SET missing_runs = $2, missing_since = coalesce(missing_since, $3) WHERE key = $1", key, runs, run);
            }
        }
    });

    /// <summary>Whether copies may still hold people who were forgotten: whoever was to make them anew was ended before.</summary>
    public bool HasOldCopies => Get(OldCopiesName) is not null;

    public IReadOnlyList<string> Forget(IEnumerable<string> externalIds)
    {
        var known = new List<string>();
        Write(() =>
        {
            foreach (string externalId in externalIds)
            {
                long key = PersonKey.Of(externalId);
                if (_db.Scalar("SELECT 1 FROM person WHERE key = $1 UNION SELECT 1 FROM outcome WHERE key = $1 UNION SELECT 1 FROM held WHERE key = $1", key) is not null)
                {
                    known.Add(externalId);
                }

                _db.Run("DELETE FROM record WHERE id = (SELECT record FROM person WHERE key = $1)", key);
                _db.Run("DELETE FROM person WHERE key = $1", key);
                _db.Run("DELETE FROM concern WHERE item = $1", key);
                _outcomes.Forget(key);
            }

            if (known.Count > 0)
            {
                _db.Run("INSERT OR REPLACE INTO meta(name, value) VALUES($1, $2)", OldCopiesName, bool.TrueString);
            }
        });
        return known;
    }

    public IReadOnlyList<OutboxRequest> InDoubt() => Locked(() =>
    {
        var requests = new List<OutboxRequest>();
        using SqliteDataReader rows = _db.Query($"SELECT id, body FROM request WHERE state IN ({(int)RequestState.Sending}, {(int)RequestState.InDoubt}) ORDER BY id");
        while (rows.Read())
        {
            requests.Add(new OutboxRequest(rows.GetInt64(0), (byte[])rows[1]));
        }

        return requests;
    });

    public long Begin(long run, byte[] body, int operations, DateTimeOffset at)
    {
        long id = 0;
        Write(() =>
        {
            _db.Run(
                "INSERT INTO request(run, state, operations, body, sent_at) VALUES($1, $2, $3, $4, $5)",
                run, (int)RequestState.Sending, operations, body, at.ToUnixTimeMilliseconds());
            id = (long)_db.Scalar("SELECT last_insert_rowid()")!;
            CountCall(id, at);
        });
        return id;
    }

    public void BeginAgain(long request, DateTimeOffset at) => Write(() =>
    {
        _db.Run("UPDATE request SET state = $2, sent_at = $3 WHERE id = $1", request, (int)RequestState.InDoubt, at.ToUnixTimeMilliseconds());
        CountCall(request, at);
    });

    public void Settle(long request, RequestOutcome outcome) => Write(() =>
    {
        if (outcome.State is RequestState.Accepted or RequestState.Refused)
        {
            byte[] body = (byte[])_db.Scalar("SELECT body FROM request WHERE id = $1", request)!;
            foreach (ReadOnlyMemory<byte> user in BulkRequestUsers.Of(body))
            {
                UserRecord record = _reader.Read(user.Span);
                if (outcome.State == RequestState.Accepted)
                {
                    Accept(record, request, outcome.AnsweredOn);
                }
                else
                {
                    string externalId = record.ExternalId!;
                    _outcomes.OnRefused(PersonKey.Of(externalId), externalId, record.Fingerprint, request, outcome.ErrorId, outcome.AnsweredOn);
                }
            }
        }

        for (int attempt = 1; attempt < outcome.Attempts; attempt++)
        {
            CountCall(request, outcome.AnsweredOn);
        }

        _db.Run(
            "UPDATE request SET state = $2, status = $3, request_id = $4, answered_at = $5, error_id = $6, body = CASE WHEN $7 THEN body END WHERE id = $1",
            request,
            (int)outcome.State,
            outcome.Status,
            outcome.RequestId,
            outcome.AnsweredOn.ToUnixTimeMilliseconds(),
            outcome.ErrorId,
            outcome.State == RequestState.InDoubt ? 1 : 0);
    });

    public void Withdraw(long request) => Write(() =>
    {
        _db.Run("DELETE FROM call WHERE rowid = (SELECT max(rowid) FROM call WHERE request = $1)", request);
        _db.Run("DELETE FROM request WHERE id = $1 AND state = $2", request, (int)RequestState.Sending);
    });

    public int CallsSince(DateTimeOffset time) => Locked(() =>
        (int)(long)_db.Scalar("SELECT count(*) FROM call WHERE at > $1", time.ToUnixTimeMilliseconds())!);

    public long BeginRun(DateTimeOffset at)
    {
        long run = 0;
        Write(() =>
        {
            _db.Run("INSERT INTO run(started_at) VALUES($1)", at.ToUnixTimeMilliseconds());
            run = (long)_db.Scalar("SELECT last_insert_rowid()")!;
        });
        return run;
    }

    public void EndRun(long run, RunRecord record) => Write(() =>
    {
        _db.Run(
            "UPDATE run SET ended_at = $2, status = $3, plan = $4, result = $5, source = $6, source_at = $7, rows = $8 WHERE id = $1",
            run,
            record.EndedOn.ToUnixTimeMilliseconds(),
            record.Status,
            record.Plan,
            record.Result,
            record.Source,
            record.SourceWrittenOn?.ToUnixTimeMilliseconds(),
            record.Rows);
        StateRetention.Apply(sql => _db.Run(sql), record.EndedOn);
    });

    public void SetResult(long run, string result) => Write(() => _db.Run("UPDATE run SET result = $2 WHERE id = $1", run, result));

    public IReadOnlyList<RunRecord> Runs(int count, bool unfinished = false, long upTo = long.MaxValue) => Locked(() =>
    {
        var runs = new List<RunRecord>();
        using SqliteDataReader rows = _db.Query(
            "SELECT started_at, ended_at, status, plan, result, source, source_at, rows, id FROM run WHERE (ended_at IS NOT NULL OR $2) AND id <= $3 ORDER BY id DESC LIMIT $1",
            count,
            unfinished ? 1 : 0,
            upTo);
        while (rows.Read())
        {
            runs.Add(new RunRecord
            {
                StartedOn = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)),
                EndedOn = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(rows.IsDBNull(1) ? 0 : 1)),
                Status = rows.IsDBNull(2) ? RunRecord.Unfinished : rows.GetString(2),
                Plan = rows.IsDBNull(3) ? null : rows.GetString(3),
                Result = rows.IsDBNull(4) ? string.Empty : rows.GetString(4),
                Source = rows.IsDBNull(5) ? null : rows.GetString(5),
                SourceWrittenOn = rows.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(6)),
                Rows = rows.IsDBNull(7) ? null : rows.GetInt64(7),
                Id = rows.GetInt64(8),
            });
        }

        return runs;
    });

    public void KeepPlan(string plan, long run, DateTimeOffset at, IReadOnlyDictionary<string, HashSet<long>> concerns) => Write(() =>
    {
        if (_db.Scalar("SELECT 1 FROM plan WHERE id = $1", plan) is not null)
        {
            _db.Run("UPDATE plan SET created_at = $2 WHERE id = $1", plan, at.ToUnixTimeMilliseconds());
            return;
        }

        _db.Run("INSERT INTO plan(id, run, created_at, stops) VALUES($1, $2, $3, $4)", plan, run, at.ToUnixTimeMilliseconds(), string.Join(",", concerns.Keys));
        foreach (KeyValuePair<string, HashSet<long>> stop in concerns)
        {
            foreach (long item in stop.Value)
            {
                _db.Run("INSERT INTO concern(plan, stop, item) VALUES($1, $2, $3)", plan, stop.Key, item);
            }
        }
    });

    public bool HasPlan(string plan) => Locked(() => _db.Scalar("SELECT 1 FROM plan WHERE id = $1", plan) is not null);

    public HashSet<long>? Concerns(string plan, string stop) => Locked(() =>
    {
        if (_db.Scalar("SELECT stops FROM plan WHERE id = $1", plan) is not string stops || Array.IndexOf(stops.Split(','), stop) < 0)
        {
            return null;
        }

        var items = new HashSet<long>();
        using SqliteDataReader rows = _db.Query("SELECT item FROM concern WHERE plan = $1 AND stop = $2", plan, stop);
        while (rows.Read())
        {
            items.Add(rows.GetInt64(0));
        }

        return items;
    });

    public void Approve(PlanApproval approval) => Write(() => _db.Run(
        "INSERT OR REPLACE INTO approval(plan, approved_at, expires_at, approved_by, reason) VALUES($1, $2, $3, $4, $5)",
        approval.PlanId,
        approval.ApprovedOn.ToUnixTimeMilliseconds(),
        approval.ExpiresOn.ToUnixTimeMilliseconds(),
        approval.ApprovedBy,
        approval.Reason));

    public IReadOnlyList<PlanApproval> Approvals(DateTimeOffset now) => Locked(() =>
    {
        var approvals = new List<PlanApproval>();
        using SqliteDataReader rows = _db.Query(
            "SELECT plan, approved_at, expires_at, approved_by, reason FROM approval WHERE used_by IS NULL AND expires_at > $1 ORDER BY approved_at DESC",
            now.ToUnixTimeMilliseconds());
        while (rows.Read())
        {
            approvals.Add(new PlanApproval
            {
                PlanId = rows.GetString(0),
                ApprovedOn = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
                ExpiresOn = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
                ApprovedBy = rows.GetString(3),
                Reason = rows.GetString(4),
            });
        }

        return approvals;
    });

    public void UseUp(string plan, long run) => Write(() => _db.Run("UPDATE approval SET used_by = $2 WHERE plan = $1", plan, run));

    public IReadOnlyDictionary<string, string> Safeguards() => Locked(() =>
    {
        var limits = new Dictionary<string, string>(StringComparer.Ordinal);
        using SqliteDataReader rows = _db.Query("SELECT name, value FROM safeguard");
        while (rows.Read())
        {
            limits.Add(rows.GetString(0), rows.GetString(1));
        }

        return limits;
    });

    public void SetSafeguard(string name, string? value) => Write(() => _db.Run(
        value is null ? "DELETE FROM safeguard WHERE name = $1" : "INSERT OR REPLACE INTO safeguard(name, value) VALUES($1, $2)",
        value is null ? [name] : [name, value]));

    public IReadOnlyDictionary<string, DateTimeOffset> Stops() => Locked(() =>
    {
        var stops = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        using SqliteDataReader rows = _db.Query("SELECT name, since FROM stop");
        while (rows.Read())
        {
            stops.Add(rows.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)));
        }

        return stops;
    });

    public void SetStops(IReadOnlyCollection<string> names, DateTimeOffset at, long run) => Write(() =>
    {
        foreach (string name in names)
        {
            _db.Run("INSERT INTO stop(name, since, run) VALUES($1, $2, $3) ON CONFLICT(name) DO UPDATE SET run = $3", name, at.ToUnixTimeMilliseconds(), run);
        }

        _db.Run("DELETE FROM stop WHERE run <> $1", run);
    });

    // Between transactions the file is whole by itself, and the lock keeps others from writing.
    public void Save()
    {
        if (Keeper is { } keeper)
        {
            lock (_saving)
            {
                Locked(() =>
                {
                    StateCopies.Copy(_path, keeper.Outgoing, toDisk: false);
                    return true;
                });
                keeper.Write();
            }
        }
    }

    /// <summary>Makes one copy in place of all others; where something else keeps the state, only if there are others.</summary>
    public void CopyAnew()
    {
        bool copies = true;
        if (Keeper is { } keeper)
        {
            copies = keeper.DeleteCopies() > 0;
        }
        else
        {
            StateCopies.Delete(_path);
        }

        Set(OldCopiesName, null);
        Save();
        if (copies)
        {
            Copy();
        }
    }

    public void Copy()
    {
        if (Keeper is { } keeper)
        {
            lock (_saving)
            {
                keeper.WriteCopy();
            }

            return;
        }

        Locked(() =>
        {
            StateCopies.Make(_path);
            return true;
        });
    }

    public void Dispose()
    {
        _db.Dispose();
        _owned?.Dispose();
    }

    private void Check(bool checks, bool writes)
    {
        try
        {
            long application = (long)_db.Scalar("PRAGMA application_id")!;
            long version = (long)_db.Scalar("PRAGMA user_version")!;
            if (application != StateTables.ApplicationId)
            {
                throw StateFault.NotOurs(_name);
            }

            if (version > StateTables.Migrations.Length)
            {
                throw StateFault.TooNew(_name, version, StateTables.Migrations.Length);
            }

            if (checks && _db.Scalar("PRAGMA quick_check(1)") is not "ok")
            {
                throw StateFault.Damaged(_name, detail: null);
            }

            if (version < StateTables.Migrations.Length)
            {
                if (!writes)
                {
                    throw StateFault.Older(_name);
                }

                Save();
                Copy();
                Migrate((int)version);
            }

            ReadShapes();
        }
        catch (SqliteException fault)
        {
            throw StateFault.From(fault, _name);
        }
    }

    private void ReadShapes()
    {
        using SqliteDataReader rows = _db.Query("SELECT id, skeleton FROM shape");
        while (rows.Read())
        {
            Shapes.Add(rows.GetInt32(0), (byte[])rows[1]);
            _keptShapes.Add(rows.GetInt32(0));
        }
    }

    private void Migrate(int from)
    {
        for (int version = from; version < StateTables.Migrations.Length; version++)
        {
            int next = version;
            Write(() =>
            {
                _db.Execute(StateTables.Migrations[next]);
                _db.Execute($"PRAGMA application_id = {StateTables.ApplicationId}; PRAGMA user_version = {next + 1}");
            });
        }
    }

    private byte[] ContentOf(UserRecord record) => Content == StateContent.Record ? record.Values : RecordValues.Digests(record.Tokens);

    private void Accept(UserRecord record, long? request, DateTimeOffset at)
    {
        string externalId = record.ExternalId!;
        long key = PersonKey.Of(externalId);
        if (_keptShapes.Add(record.Shape.Id))
        {
            _db.Run("INSERT OR IGNORE INTO shape(id, skeleton) VALUES($1, $2)", record.Shape.Id, record.Shape.Skeleton);
        }

        byte[] content = ContentOf(record);
        object? known = _db.Scalar("SELECT record FROM person WHERE key = $1", key);
        if (known is long place)
        {
            _db.Run("UPDATE record SET content = $2 WHERE id = $1", place, content);
        }
        else
        {
            place = NextRecord();
            _db.Run("INSERT INTO record(id, content) VALUES($1, $2)", place, content);
        }

        _db.Run(
            """
            INSERT INTO person(key, id, high, low, user_name, active, shape, record, accepted_at, request) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT(key) DO UPDATE SET id = $2, high = $3, low = $4, user_name = $5, active = $6, shape = $7,
                accepted_at = CASE WHEN $10 IS NULL THEN accepted_at ELSE $9 END,
                request = coalesce($10, request),
                status = CASE WHEN $10 IS NULL THEN status END,
                status_at = CASE WHEN $10 IS NULL THEN status_at END,
                action = CASE WHEN $10 IS NULL THEN action END
            """,
            key,
            externalId,
            record.Fingerprint.High,
            record.Fingerprint.Low,
            UserRecord.DigestOf(record.UserName),
            record.Active == true ? 1 : 0,
            record.Shape.Id,
            place,
            at.ToUnixTimeSeconds(),
            request);
        if (known is not null || request is not null)
        {
            _outcomes.OnAccepted(key, record.Fingerprint, isSent: request is not null);
        }
    }

    private long NextRecord()
    {
        _lastRecord ??= (long)(_db.Scalar("SELECT max(id) FROM record") ?? 0L);
        _lastRecord++;
        return _lastRecord.Value;
    }

    private T Locked<T>(Func<T> read) => _db.Read(read);

    private void Write(Action write)
    {
        _db.Write(
            () =>
            {
                RequireHolder();
                write();
            },
            () =>
            {
                // What was written with it is not there.
                _lastRecord = null;
                _keptShapes.Clear();
            });
        if (_savesEachChange)
        {
            Save();
        }
    }

    private void RequireHolder()
    {
        if (_holder is not null && _db.Scalar("SELECT value FROM meta WHERE name = $1", StateHolder.Name) as string != _holder)
        {
            throw StateFault.LockLost(_name);
        }
    }

    private void CountCall(long request, DateTimeOffset at) =>
        _db.Run("INSERT INTO call(at, request) VALUES($1, $2)", at.ToUnixTimeMilliseconds(), request);
}
