using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Users;
using InboundProvisioning.Outcomes;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>
/// A quarter of nights with the documented limits, cycles of the job and logs that lag. Now and then somebody gets a userName of a domain
/// that is not verified, and keeps it until HR corrects it.
/// </summary>
public sealed class QuarterTests
{
    private const int People = 400;
    private const int Nights = 91;

    [Fact]
    public async Task In_the_end_the_directory_is_as_the_last_file_says_and_each_failure_was_told_once_with_its_cause()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync(static options => options with { Limits = LimitMode.Documented });
        world.Company.Settings = world.Company.Settings with { Initial = true };
        var life = new SimulatedCompany(People, seed: 3);
        var random = new Random(17);
        var wrong = new Dictionary<string, (string UserName, int Until)>();
        var expected = new List<string>();
        var told = new List<OutcomeFailure>();
        List<Worker> export = [.. life.Export];
        for (int day = 0; day < Nights; day++)
        {
            if (day > 0)
            {
                life.Live(day);
            }

            foreach (string id in wrong.Where(one => one.Value.Until <= day).Select(static one => one.Key).ToArray())
            {
                wrong.Remove(id);
            }

            if (day % 6 == 2 && day < Nights - 12)
            {
                Worker one = life.Export.Where(worker => worker.IsActive && !wrong.ContainsKey(worker.Id)).ElementAt(random.Next(100));
                wrong[one.Id] = ($"{one.Id}-{day}@nowhere.example", day + 1 + random.Next(8));
                expected.Add(one.Id);
            }

            export = [.. life.Export.Select(worker => wrong.TryGetValue(worker.Id, out (string UserName, int Until) name) ? worker with { UserName = name.UserName } : worker)];
            Night night = await world.Company.NextAsync(export);
            Assert.True(night.Result!.Status is SyncStatus.Completed or SyncStatus.NothingToDo, $"Day {day}: {night.Result.Status} {night.Result.Reason}");
            told.AddRange(night.Result.Outcome!.Failures);
            world.Company.Settings = world.Company.Settings with { Initial = false };
            world.Cycle();
            world.Cycle();
        }

        told.AddRange((await world.UpdateAsync()).Failures);

        Assert.Equal(expected.Order(), told.Select(static one => one.ExternalId).Order());
        Assert.All(told, static one => Assert.Equal("AzureActiveDirectoryInvalidUserPrincipalName", one.ErrorCode));
        Dictionary<string, DirectoryEntry> directory = world.Emulator.Directory.ToDictionary(static entry => entry.ExternalId);
        foreach (Worker worker in export)
        {
            Assert.Equal(
                (worker.Id, worker.IsActive, worker.Title, worker.UserName),
                (worker.Id, directory[worker.Id].Active, directory[worker.Id].Attributes["jobTitle"], directory[worker.Id].Attributes["userPrincipalName"]));
        }

        Assert.Empty(world.People(RecordStatus.Failed, RecordStatus.Open));
    }
}
