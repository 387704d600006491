using System;
using System.IO;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.State.Native;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.FrameworkHost;

/// <summary>SQLite, from the module's one folder of native libraries.</summary>
internal sealed class StateEngineChecks
{
    private static readonly string Native = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(StateEngine).Assembly.Location), "..", "..", "native"));

    public void A_database_is_written_read_and_found_sound()
    {
        StateEngine.Load();
        string path = Path.GetTempFileName();
        try
        {
            using (SqliteConnection connection = Open(path))
            {
                Run(connection, "CREATE TABLE Person (Id TEXT PRIMARY KEY, Record BLOB) WITHOUT ROWID");
                using SqliteTransaction transaction = connection.BeginTransaction();
                using SqliteCommand insert = connection.CreateCommand();
                insert.Transaction = transaction;
                insert.CommandText = "INSERT INTO Person VALUES ($id, $record)";
                SqliteParameter id = insert.Parameters.Add("$id", SqliteType.Text);
                SqliteParameter record = insert.Parameters.Add("$record", SqliteType.Blob);
                foreach (int number in Enumerable.Range(0, 1000))
                {
                    id.Value = "Zoë " + number;
                    record.Value = BitConverter.GetBytes(number);
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            using (SqliteConnection connection = Open(path))
            {
                Expect.Equal(1000L, Run(connection, "SELECT count(*) FROM Person"));
                Expect.Equal(999, BitConverter.ToInt32((byte[])Run(connection, "SELECT Record FROM Person WHERE Id = 'Zoë 999'"), 0));
                Expect.Equal("ok", Run(connection, "PRAGMA quick_check"));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void SQLite_is_the_file_of_the_module_and_no_other()
    {
        StateEngine.Load();
        string[] loaded =
        [
            .. File.ReadAllLines("/proc/self/maps")
                .Where(line => line.IndexOf("sqlite3", StringComparison.OrdinalIgnoreCase) >= 0)
                .Select(line => line.Substring(line.IndexOf('/')))
                .Distinct()
                .Where(file => !file.EndsWith(".dll", StringComparison.Ordinal)),
        ];
        Expect.Equal(Path.Combine(Native, NativePlatform.Current().Identifier, "libe_sqlite3.so"), string.Join(", ", loaded));
    }

    public void A_library_that_does_not_load_says_why()
    {
        string path = Path.Combine(Native, "win-x64", "e_sqlite3.dll");
        try
        {
            _ = new NativeFile(path);
        }
        catch (DllNotFoundException fault)
        {
            Expect.Contains("invalid ELF header", fault.Message);
            return;
        }

        Expect.True(false, "It was loaded: " + path);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object Run(SqliteConnection connection, string statement)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar()!;
    }
}
