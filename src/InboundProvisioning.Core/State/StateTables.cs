namespace InboundProvisioning.State;

/// <summary>The tables of a state file, and how older ones become new.</summary>
internal static class StateTables
{
    /// <summary>Written as SQLite's application_id: "InbP".</summary>
    public const int ApplicationId = 0x496E6250;

    /// <summary>The statements that lead from each version to the next; the last one is today's.</summary>
    public static readonly string[] Migrations =
    [
        """
        CREATE TABLE meta(name TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID;
        CREATE TABLE shape(id INTEGER PRIMARY KEY, skeleton BLOB NOT NULL);
        CREATE TABLE person(
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            high INTEGER NOT NULL,
            low INTEGER NOT NULL,
            user_name INTEGER NOT NULL,
            active INTEGER NOT NULL,
            shape INTEGER NOT NULL,
            record INTEGER NOT NULL,
            accepted_at INTEGER NOT NULL,
            request INTEGER,
            missing_since INTEGER,
            missing_runs INTEGER,
            outcome TEXT,
            outcome_at INTEGER);
        CREATE TABLE record(id INTEGER PRIMARY KEY, content BLOB NOT NULL);
        CREATE TABLE request(
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            state INTEGER NOT NULL,
            operations INTEGER NOT NULL,
            body BLOB,
            sent_at INTEGER,
            answered_at INTEGER,
            status INTEGER,
            request_id TEXT,
            error_id TEXT);
        CREATE INDEX request_open ON request(state) WHERE state IN (1, 3);
        CREATE TABLE call(at INTEGER NOT NULL, request INTEGER NOT NULL);
        CREATE INDEX call_at ON call(at);
        CREATE TABLE run(
            id INTEGER PRIMARY KEY,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            status TEXT,
            plan TEXT,
            result TEXT,
            source TEXT,
            source_at INTEGER,
            rows INTEGER);
        CREATE TABLE plan(id TEXT PRIMARY KEY NOT NULL, run INTEGER NOT NULL, created_at INTEGER NOT NULL, stops TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE concern(plan TEXT NOT NULL, stop TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY(plan, stop, item)) WITHOUT ROWID;
        CREATE TABLE approval(
            plan TEXT PRIMARY KEY NOT NULL,
            approved_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            approved_by TEXT NOT NULL,
            reason TEXT NOT NULL,
            used_by INTEGER) WITHOUT ROWID;
        CREATE TABLE safeguard(name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE stop(name TEXT PRIMARY KEY NOT NULL, since INTEGER NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;
        """,

        // What became of each person; more of those who did not succeed.
        """
        ALTER TABLE person DROP COLUMN outcome;
        ALTER TABLE person DROP COLUMN outcome_at;
        ALTER TABLE person ADD COLUMN status INTEGER;
        ALTER TABLE person ADD COLUMN status_at INTEGER;
        ALTER TABLE person ADD COLUMN action;
        CREATE INDEX person_open ON person(accepted_at) WHERE status IS NULL AND request IS NOT NULL;
        CREATE TABLE outcome(
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            status INTEGER NOT NULL,
            high INTEGER NOT NULL,
            low INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            at INTEGER NOT NULL,
            next_at INTEGER,
            code TEXT,
            reason TEXT,
            remedy TEXT,
            request INTEGER);
        CREATE TABLE held(key INTEGER PRIMARY KEY, id TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, run INTEGER NOT NULL);
        """,
    ];
}
