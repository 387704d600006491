using Microsoft.Data.Sqlite;

namespace InboundProvisioning.OtherSqlite;

/// <summary>What another module does with the SQLite that it brings.</summary>
public static class OtherModule
{
    /// <summary>Opens a database.</summary>
    /// <returns>The version of SQLite that did.</returns>
    public static string SqliteVersion()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sqlite_version()";
        return (string)command.ExecuteScalar()!;
    }
}
