using System;
using System.Collections.Generic;
using InboundProvisioning.Records;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.State;

/// <summary>
/// The outcomes in a state file. Of each person a status, a time and an action; of those who did not succeed a row more, which also
/// counts the attempts at one and the same record.
/// </summary>
internal sealed class SqliteOutcomes : IRecordOutcomes
{
    private const int LongestText = 1000;
    private const int BatchSize = 1000;

    // Three scans side by side, each of which goes on where the part before ended.
    private const string KeysSince =
        """
        SELECT key FROM person WHERE key > $1 AND ($3 IS NULL OR accepted_at >= $3 OR status_at >= $3 * 1000
            OR missing_since >= (SELECT min(id) FROM run WHERE started_at >= $3 * 1000))
        UNION SELECT key FROM outcome WHERE key > $1
        UNION SELECT key FROM held WHERE key > $1
        ORDER BY key LIMIT $2
        """;

    // As texts they would be 6 bytes a person.
    private static readonly string[] Actions = ["create", "update", "disable", "delete", "stagedDelete", "other"];

    private readonly StateConnection _db;
    private readonly Action<Action> _write;
    private readonly Func<StateContent> _content;

    /// <param name="db">The file.</param>
    /// <param name="write">Writes in one transaction.</param>
    /// <param name="content">Whether personal data may be kept.</param>
    public SqliteOutcomes(StateConnection db, Action<Action> write, Func<StateContent> content)
    {
        _db = db;
        _write = write;
        _content = content;
    }

    public DateTimeOffset? OldestUnsettled() => _db.Read(() => _db.Scalar(
        $"""
        SELECT min(at) FROM (
            SELECT min(accepted_at) AS at FROM person WHERE status IS NULL AND request IS NOT NULL
            UNION ALL
            SELECT min(accepted_at) FROM person JOIN outcome USING (key) WHERE outcome.status = {(int)RecordStatus.Failed})
        """) is long seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null);

    public long CountOpen(long? run) => _db.Read(() => (long)(run is null
        ? _db.Scalar("SELECT count(*) FROM person WHERE status IS NULL AND request IS NOT NULL")
        : _db.Scalar("SELECT count(*) FROM person JOIN request ON request.id = person.request WHERE person.status IS NULL AND request.run = $1", run))!);

    public IReadOnlyList<LoggedOutcome> Settle(IEnumerable<LoggedOutcome> outcomes)
    {
        var news = new List<LoggedOutcome>();
        _write(() =>
        {
            foreach (LoggedOutcome outcome in outcomes)
            {
                if (Settle(outcome))
                {
                    news.Add(outcome);
                }
            }
        });
        return news;
    }

    public int GiveAnotherChance(DateTimeOffset acceptedAfter, DateTimeOffset acceptedBefore, DateTimeOffset now)
    {
        int count = 0;
        _write(() =>
        {
            _db.Run(
                """
                INSERT OR IGNORE INTO outcome(key, id, status, high, low, attempts, at, next_at)
                SELECT key, id, $1, high, low, 1, $3, $3 FROM person WHERE status IS NULL AND request IS NOT NULL AND accepted_at < $2 AND accepted_at >= $4
                """,
                (int)RecordStatus.Open,
                acceptedBefore.ToUnixTimeSeconds(),
                now.ToUnixTimeMilliseconds(),
                acceptedAfter.ToUnixTimeSeconds());
            count = (int)(long)_db.Scalar("SELECT changes()")!;
        });
        return count;
    }

    public HashSet<long> Due(DateTimeOffset now, int maximumAttempts) => _db.Read(() =>
    {
        var people = new HashSet<long>();
        using SqliteDataReader rows = _db.Query(
            $"""
            SELECT key FROM outcome JOIN person USING (key)
            WHERE outcome.status IN ({(int)RecordStatus.Open}, {(int)RecordStatus.Failed}) AND next_at <= $1 AND attempts < $2
            AND (outcome.status = {(int)RecordStatus.Open}) = (person.status IS NULL)
            """,
            now.ToUnixTimeMilliseconds(),
            maximumAttempts);
        while (rows.Read())
        {
            people.Add(rows.GetInt64(0));
        }

        return people;
    });

    public IReadOnlyDictionary<long, RecordFingerprint> Waiting(DateTimeOffset now, int maximumAttempts) => _db.Read(() =>
    {
        var people = new Dictionary<long, RecordFingerprint>();
        using SqliteDataReader rows = _db.Query(
            $"SELECT key, high, low FROM outcome WHERE status = {(int)RecordStatus.Refused} AND NOT (next_at <= $1 AND attempts < $2)",
            now.ToUnixTimeMilliseconds(),
            maximumAttempts);
        while (rows.Read())
        {
            people.Add(rows.GetInt64(0), new RecordFingerprint(rows.GetInt64(1), rows.GetInt64(2)));
        }

        return people;
    });

    public void KeepHeld(IEnumerable<(long Key, string ExternalId, string Reason)> people, long run, DateTimeOffset at) => _write(() =>
    {
        _db.Run("DELETE FROM held");
        foreach ((long key, string externalId, string reason) in people)
        {
            _db.Run(
                "INSERT OR REPLACE INTO held(key, id, reason, at, run) VALUES($1, $2, $3, $4, $5)",
                key, externalId, reason, at.ToUnixTimeMilliseconds(), run);
        }
    });

    public ProvisioningRecord? Find(long key) => ReadBatch("SELECT $1 AS key", key) is [(_, { } record)] ? record : null;

    // In parts, each read to its end before it is given out: whoever takes them may take all day, or ask for something else meanwhile.
    public void Read(DateTimeOffset? since, Func<ProvisioningRecord, bool> record)
    {
        long after = long.MinValue;
        bool isMore = true;
        while (isMore)
        {
            List<(long Key, ProvisioningRecord Record)> batch = ReadBatch(KeysSince, after, BatchSize, since?.ToUnixTimeSeconds());
            foreach ((long place, ProvisioningRecord one) in batch)
            {
                after = place;
                if (!record(one))
                {
                    return;
                }
            }

            isMore = batch.Count == BatchSize;
        }
    }

    /// <summary>A record is accepted: what is known of another one of the person is over. In the transaction of the caller.</summary>
    /// <param name="key">The person.</param>
    /// <param name="record">The record.</param>
    /// <param name="isSent">Whether it was sent; else it is the one that was known, written another way.</param>
    public void OnAccepted(long key, RecordFingerprint record, bool isSent)
    {
        if (!isSent)
        {
            _db.Run("UPDATE outcome SET high = $2, low = $3 WHERE key = $1", key, record.High, record.Low);
            return;
        }

        _db.Run(
            $"DELETE FROM outcome WHERE key = $1 AND NOT (high = $2 AND low = $3 AND status IN ({(int)RecordStatus.Open}, {(int)RecordStatus.Failed}))",
            key, record.High, record.Low);
        _db.Run("UPDATE outcome SET attempts = attempts + 1, next_at = NULL WHERE key = $1", key);
    }

    /// <summary>The service does not take a record. In the transaction of the caller.</summary>
    public void OnRefused(long key, string externalId, RecordFingerprint record, long request, string? errorId, DateTimeOffset at)
    {
        // A request that is refused is sent again in parts until the record at fault stands alone: all of that is one attempt.
        int attempts = 1 + (int)(long)(_db.Scalar(
            """
            SELECT attempts - coalesce((SELECT run FROM request WHERE id = outcome.request) = (SELECT run FROM request WHERE id = $4), 0)
            FROM outcome WHERE key = $1 AND high = $2 AND low = $3
            """,
            key, record.High, record.Low, request) ?? 0L);
        _db.Run(
            """
            INSERT OR REPLACE INTO outcome(key, id, status, high, low, attempts, at, next_at, code, request) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            key,
            externalId,
            (int)RecordStatus.Refused,
            record.High,
            record.Low,
            attempts,
            at.ToUnixTimeMilliseconds(),
            AttemptPause.After(at, attempts).ToUnixTimeMilliseconds(),
            errorId,
            request);
    }

    /// <summary>Forgets a person. In the transaction of the caller.</summary>
    public void Forget(long key)
    {
        _db.Run("DELETE FROM outcome WHERE key = $1", key);
        _db.Run("DELETE FROM held WHERE key = $1", key);
    }

    private static object? CodeOf(string? action) => action is null ? null : Array.IndexOf(Actions, action) is >= 0 and var place ? (object)(long)place : action;

    private static string? ActionOf(object value) => value switch
    {
        long place => Actions[(int)place],
        string text => text,
        _ => null,
    };

    private static string? Shortened(string? text) => text?.Length > LongestText ? text.Substring(0, LongestText) : text;

    private bool Settle(LoggedOutcome outcome)
    {
        long key = PersonKey.Of(outcome.ExternalId);
        long at = outcome.On.ToUnixTimeMilliseconds();
        RecordFingerprint record;
        bool wasOpen;
        RecordStatus before;
        using (SqliteDataReader rows = _db.Query("SELECT accepted_at, status, status_at, high, low, active FROM person WHERE key = $1", key))
        {
            // An answer is dated to the second: what happened within it may be of the record before.
            if (!rows.Read() || at < (rows.GetInt64(0) + 1) * 1000 || (!rows.IsDBNull(2) && at <= rows.GetInt64(2)))
            {
                return false;
            }

            wasOpen = rows.IsDBNull(1);
            before = wasOpen ? RecordStatus.Open : (RecordStatus)rows.GetInt32(1);
            record = new RecordFingerprint(rows.GetInt64(3), rows.GetInt64(4));

            // Who has left must not keep an account because of a fault of another attribute: that is tried again, whatever the code says.
            if (outcome.Status == RecordStatus.Failed && rows.GetInt64(5) == 0)
            {
                outcome = outcome with { MayMend = true };
            }
        }

        _db.Run("UPDATE person SET status = $2, status_at = $3, action = $4 WHERE key = $1", key, (int)outcome.Status, at, CodeOf(outcome.Action));
        if (outcome.Status == RecordStatus.Succeeded)
        {
            _db.Run($"DELETE FROM outcome WHERE key = $1 AND status <> {(int)RecordStatus.Refused}", key);
            return wasOpen || before != outcome.Status;
        }

        return Keep(outcome, key, record, at) || (wasOpen && outcome.Status != RecordStatus.Failed);
    }

    // What failed before in the same way, whoever tried it again, is no news.
    private bool Keep(LoggedOutcome outcome, long key, RecordFingerprint record, long at)
    {
        int attempts = 1;
        object? next = null;
        bool isNews = true;
        using (SqliteDataReader rows = _db.Query("SELECT status, high, low, attempts, next_at, code FROM outcome WHERE key = $1", key))
        {
            if (rows.Read())
            {
                var status = (RecordStatus)rows.GetInt32(0);
                if (status == RecordStatus.Refused)
                {
                    return false;
                }

                isNews = status != outcome.Status || (rows.IsDBNull(5) ? null : rows.GetString(5)) != outcome.ErrorCode;
                if (record == new RecordFingerprint(rows.GetInt64(1), rows.GetInt64(2)))
                {
                    attempts = rows.GetInt32(3);
                    next = status == outcome.Status && !rows.IsDBNull(4) ? rows.GetInt64(4) : null;
                }
            }
        }

        if (outcome.Status == RecordStatus.Failed && outcome.MayMend)
        {
            next ??= AttemptPause.After(outcome.On, attempts).ToUnixTimeMilliseconds();
        }

        bool isPersonal = _content() == StateContent.Record;
        _db.Run(
            """
            INSERT OR REPLACE INTO outcome(key, id, status, high, low, attempts, at, next_at, code, reason, remedy)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            key,
            outcome.ExternalId,
            (int)outcome.Status,
            record.High,
            record.Low,
            attempts,
            at,
            outcome.MayMend ? next : null,
            outcome.ErrorCode,
            isPersonal ? Shortened(outcome.Reason) : null,
            isPersonal ? Shortened(outcome.Remedy) : null);
        return isNews;
    }

    private List<(long Key, ProvisioningRecord Record)> ReadBatch(string keys, params object?[] values) => _db.Read(() =>
    {
        var batch = new List<(long, ProvisioningRecord)>();
        using SqliteDataReader rows = _db.Query(
            $"""
            WITH some AS ({keys})
            SELECT some.key, coalesce(person.id, outcome.id, held.id), person.active, person.accepted_at, person.request IS NOT NULL,
                person.status, person.status_at, person.action, missing.started_at,
                outcome.status, outcome.attempts, outcome.at, outcome.next_at, outcome.code, outcome.reason, outcome.remedy,
                held.reason, held.at, coalesce(held.run, refusal.run, request.run), person.missing_runs
            FROM some
                LEFT JOIN person ON person.key = some.key
                LEFT JOIN outcome ON outcome.key = some.key
                LEFT JOIN held ON held.key = some.key
                LEFT JOIN request ON request.id = person.request
                LEFT JOIN request AS refusal ON refusal.id = outcome.request
                LEFT JOIN run AS missing ON missing.id = person.missing_since
            WHERE coalesce(person.id, outcome.id, held.id) IS NOT NULL
            ORDER BY some.key
            """,
            values);
        while (rows.Read())
        {
            batch.Add((rows.GetInt64(0), RecordOf(rows)));
        }

        return batch;
    });

    private static ProvisioningRecord RecordOf(SqliteDataReader rows)
    {
        bool isKnown = !rows.IsDBNull(3);
        RecordStatus? trouble = rows.IsDBNull(9) ? null : (RecordStatus)rows.GetInt32(9);
        RecordStatus? logged = rows.IsDBNull(5) ? null : (RecordStatus)rows.GetInt32(5);
        bool isHeld = !rows.IsDBNull(16);
        bool isMissing = !rows.IsDBNull(19);
        RecordStatus status = trouble == RecordStatus.Refused ? RecordStatus.Refused
            : logged == RecordStatus.Failed ? RecordStatus.Failed
            : isHeld ? RecordStatus.HeldBack
            : isMissing ? RecordStatus.Missing
            : logged ?? (rows.GetInt64(4) != 0 ? RecordStatus.Open : RecordStatus.Baseline);

        // What is told of a record that was sent again is over until the logs tell it anew.
        bool isTold = trouble is not null && (trouble == RecordStatus.Refused || logged is not null) && status != RecordStatus.HeldBack;
        return new ProvisioningRecord
        {
            ExternalId = rows.GetString(1),
            Status = status,
            IsActive = isKnown ? rows.GetInt64(2) != 0 : null,
            AcceptedOn = isKnown ? DateTimeOffset.FromUnixTimeSeconds(rows.GetInt64(3)) : null,
            Action = logged is null ? null : ActionOf(rows[7]),
            OutcomeOn = status switch
            {
                RecordStatus.Refused => TimeOf(rows, 11),
                RecordStatus.HeldBack => TimeOf(rows, 17),
                _ => TimeOf(rows, 6),
            },
            ErrorCode = isTold ? TextOf(rows, 13) : null,
            Reason = status == RecordStatus.HeldBack ? TextOf(rows, 16) : isTold ? TextOf(rows, 14) : null,
            Remedy = isTold ? TextOf(rows, 15) : null,
            RunId = rows.IsDBNull(18) ? null : rows.GetInt64(18),
            Attempts = trouble is not null ? rows.GetInt32(10) : isKnown && rows.GetInt64(4) != 0 ? 1 : 0,
            NextAttemptOn = trouble is not null ? TimeOf(rows, 12) : null,
            MissingSince = isMissing ? TimeOf(rows, 8) : null,
        };
    }

    private static DateTimeOffset? TimeOf(SqliteDataReader rows, int place) =>
        rows.IsDBNull(place) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(place));

    private static string? TextOf(SqliteDataReader rows, int place) => rows.IsDBNull(place) ? null : rows.GetString(place);
}
