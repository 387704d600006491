using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Cycles;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>docs/samples/workers.csv, as docs/samples/AttributeMapping.psd1 maps it.</summary>
public sealed class SampleWorkersTests
{
    [Fact]
    public async Task The_sample_is_provisioned_without_failures_and_skipped_when_it_comes_again()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });
        string[] lines = await File.ReadAllLinesAsync(Sample());
        string[] header = lines[0].Split(',');
        JsonObject[] workers = [.. lines.Skip(1).Select(line => Worker(line.Split(','), header))];

        CycleResult first = await RunAsync(emulator, workers);
        CycleResult second = await RunAsync(emulator, workers);

        Assert.Equal((1_000, 2_000, 0), (first.Imported, first.Exported, first.Failed));
        Assert.Equal((1_000, 0, 0), (second.Imported, second.Exported, second.Failed));
        Assert.Equal(1_000, emulator.Host.Users.Count);
        Assert.All(emulator.Host.Users, user => Assert.True(user.ContainsKey("manager")));
        Assert.Equal(102, emulator.Host.Users.Count(user => !user["accountEnabled"]!.GetValue<bool>()));
    }

    private static async Task<CycleResult> RunAsync(RunningEmulator emulator, JsonObject[] workers)
    {
        foreach (JsonObject[] batch in workers.Chunk(50))
        {
            JsonObject request = Bulk.Request();
            foreach (JsonObject worker in batch)
            {
                request["Operations"]!.AsArray().Add(new JsonObject
                {
                    ["method"] = "POST",
                    ["bulkId"] = worker["externalId"]!.DeepClone(),
                    ["path"] = "/Users",
                    ["data"] = worker.DeepClone(),
                });
            }

            Assert.Equal(202, (await emulator.UploadAsync(request.ToJsonString())).Status);
        }

        return Assert.Single(emulator.Host.RunCycle());
    }

    private static JsonObject Worker(string[] row, string[] header)
    {
        string Column(string name) => row[Array.IndexOf(header, name)];
        return new JsonObject
        {
            ["schemas"] = new JsonArray(Bulk.Core, Bulk.Enterprise),
            ["externalId"] = Column("WorkerID"),
            ["userName"] = Column("UserID") + "@contoso.com",
            ["active"] = Column("WorkerStatus") == "Active",
            ["displayName"] = Column("FullName"),
            ["title"] = Column("JobTitle"),
            ["name"] = new JsonObject { ["givenName"] = Column("FirstName"), ["familyName"] = Column("LastName") },
            ["addresses"] = new JsonArray(new JsonObject { ["type"] = "work", ["locality"] = Column("City"), ["country"] = Column("CountryCode") }),
            [Bulk.Enterprise] = new JsonObject
            {
                ["department"] = Column("Department"),
                ["manager"] = new JsonObject { ["value"] = Column("ManagerID") },
            },
        };
    }

    private static string Sample()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "InboundProvisioning.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, "docs", "samples", "workers.csv");
    }
}
