using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Sync;
using Xunit.Abstractions;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>
/// Two years of nights of a company: only a merger may stop. The full size of 5,000 people takes longer than a test should:
/// SYNC_SIMULATION_PEOPLE=5000 sets it, SYNC_SIMULATION_SEEDS how many lives are tried.
/// </summary>
public sealed class NormalLifeTests : IClassFixture<EmulatedService>
{
    private const int Nights = 730;
    private const int MergerOn = 400;

    private readonly EmulatedService _service;
    private readonly ITestOutputHelper _output;

    public NormalLifeTests(EmulatedService service, ITestOutputHelper output)
    {
        _service = service;
        _output = output;
    }

    [Theory]
    [InlineData(600, 60, MissingRecordHandling.Report)]
    [InlineData(1000, 100, MissingRecordHandling.Disable)]
    public async Task Two_years_of_nights_are_stopped_by_the_merger_alone(int people, int nights, MissingRecordHandling missing)
    {
        int size = Setting("SYNC_SIMULATION_PEOPLE", people);
        int all = Environment.GetEnvironmentVariable("SYNC_SIMULATION_PEOPLE") is null ? nights : Nights;
        for (int seed = 1; seed <= Setting("SYNC_SIMULATION_SEEDS", 1); seed++)
        {
            List<string> stops = await LiveAsync(size, all, seed, missing);
            Assert.Equal(["merger: CreateLimit"], stops);
        }
    }

    private async Task<List<string>> LiveAsync(int size, int nights, int seed, MissingRecordHandling missing)
    {
        var clock = Stopwatch.StartNew();
        var life = new SimulatedCompany(size, seed);
        using var company = new Company(_service.Upload);
        await company.BaselineAsync(life.Export);
        company.Settings = company.Settings with { MissingRecord = missing };
        int mergerOn = nights < Nights ? nights / 2 : MergerOn;
        var stops = new List<string>();
        long sent = 0;
        int held = 0;
        int quiet = 0;
        for (int day = 0; day < nights; day++)
        {
            life.Live(day);
            bool isMerger = day == mergerOn;
            if (isMerger)
            {
                life.Merge();
            }

            Night night = await company.NextAsync(life.Export);
            sent += night.Result!.Accepted;
            held += night.Result.Held > 0 ? 1 : 0;
            quiet += night.Result.Status == SyncStatus.NothingToDo ? 1 : 0;
            if (night.Stops.Length > 0)
            {
                stops.Add((isMerger ? "merger: " : FormattableString.Invariant($"day {day}: ")) + string.Join(", ", night.Stops));
                _output.WriteLine(stops[^1] + ": " + string.Join(" ", night.Result.Stops.Select(static stop => stop.Reason)));
                company.Approve(night);
                Assert.Empty((await company.NextAsync(life.Export)).Stops);
            }
        }

        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size:N0} people at first, {life.Active:N0} at last, {nights:N0} nights ({quiet:N0} with nothing to do), seed {seed}, {missing}: {sent:N0} records sent, {held:N0} nights with people held back, {stops.Count:N0} stops, {clock.Elapsed.TotalSeconds:0.0} s"));
        return stops;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
