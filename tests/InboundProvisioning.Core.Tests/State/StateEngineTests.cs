using System.Threading.Tasks;
using InboundProvisioning.State;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.Core.Tests.State;

/// <summary>SQLite in a program that uses the library.</summary>
public sealed class StateEngineTests
{
    [Fact]
    public async Task A_database_opens_once_the_engine_is_loaded_however_often_and_by_whom()
    {
        await Task.WhenAll(Task.Run(StateEngine.Load), Task.Run(StateEngine.Load));
        StateEngine.Load();

        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sqlite_version()";

        Assert.Equal("3.53.4", command.ExecuteScalar());
    }
}
