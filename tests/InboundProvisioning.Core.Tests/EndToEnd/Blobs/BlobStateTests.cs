using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using InboundProvisioning.Azurite;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Core.Tests.EndToEnd.Blobs;

/// <summary>Nights whose state is a blob, against Azurite.</summary>
public sealed class BlobStateTests : IClassFixture<BlobService>
{
    private readonly BlobService _service;

    public BlobStateTests(BlobService service)
    {
        _service = service;
        _service.Emulator.ClearFaults();
    }

    [AzuriteFact]
    public async Task Nights_go_as_with_a_file_signed_in_as_the_connection_is()
    {
        using Company company = Company(_service.OfIdentity("identity.db"));
        Night first = await company.NextAsync(Worker.Many(120, prefix: "id"));
        List<Worker> people = Worker.Many(120, prefix: "id");
        people[3] = people[3] with { Title = "Head" };
        Night second = await company.NextAsync(people);
        Night third = await company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 120L), (first.Result!.Status, first.Result.Accepted));
        Assert.Equal((SyncStatus.Completed, 1L), (second.Result!.Status, second.Result.Accepted));
        Assert.Equal(SyncStatus.NothingToDo, third.Result!.Status);
        Assert.Equal(120, company.People().Count);
        Assert.Empty(first.Log.Warnings);
        Assert.True(await Blob("identity.db.copy1").ExistsAsync());
        Assert.True(await Blob("identity.db.copy2").ExistsAsync());
        Assert.False(await Blob("identity.db.copy3").ExistsAsync());
    }

    [AzuriteFact]
    public async Task A_plan_and_its_approval_and_limits_are_read_and_kept_in_the_blob()
    {
        using Company company = Company(_service.Signed("plan.db"));
        await company.NextAsync(Worker.Many(120, prefix: "pl"));
        List<Worker> people = [.. Worker.Many(120, prefix: "pl").Select(static one => one with { IsActive = false })];

        KeptSafeguards.Write(company.Settings.StatePath, new Dictionary<string, SafeguardLimit?> { ["DisableLimit"] = new SafeguardLimit("3%"), ["MissingLimit"] = new SafeguardLimit("4%") });
        Night plan = company.PlanNext(HrFile.Bytes(people));
        Night stopped = await company.RunAsync();
        company.Approve(stopped);
        Night approved = await company.RunAsync();

        Assert.Equal("3%", KeptSafeguards.Read(company.Settings.StatePath).Single(static one => one.Name == "DisableLimit").Limit);
        Assert.Contains("DisableLimit", plan.Stops);
        Assert.Equal(SyncStatus.Stopped, stopped.Result!.Status);
        Assert.Equal((SyncStatus.Completed, 120L), (approved.Result!.Status, approved.Result.Accepted));
    }

    [AzuriteFact]
    public async Task Of_two_runs_that_begin_a_state_at_once_one_goes()
    {
        StateLocation location = _service.Signed("race.db");
        using var together = new Barrier(4);
        Task<string>[] runs =
        [
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                together.SignalAndWait();
                try
                {
                    SqliteState state = StateAccess.OpenForRun(location, StateContent.Record, TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
                    together.SignalAndWait();
                    state.Dispose();
                    return "Ran";
                }
                catch (InboundProvisioningException fault)
                {
                    together.SignalAndWait();
                    return fault.ErrorId;
                }
            })),
        ];

        Assert.Equal(["Ran", "StateLocked", "StateLocked", "StateLocked"], (await Task.WhenAll(runs)).Order());
    }

    [AzuriteFact]
    public async Task A_state_that_another_run_holds_names_it_and_is_waited_for()
    {
        using Company company = Company(_service.Signed("held.db"));
        await company.NextAsync(Worker.Many(60, prefix: "he"));
        SqliteState other = StateAccess.OpenForRun(company.Settings.StatePath, StateContent.Record, TimeSpan.Zero, TimeProvider.System, CancellationToken.None);

        InboundProvisioningException locked = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync());
        InboundProvisioningException notWritten = Assert.Throws<InboundProvisioningException>(
            () => KeptSafeguards.Write(company.Settings.StatePath, new Dictionary<string, SafeguardLimit?> { ["DisableLimit"] = null }));
        company.Settings = company.Settings with { WaitForLock = TimeSpan.FromMinutes(1) };
        Task<Night> waiting = Task.Run(() => company.RunAsync());
        await Task.WhenAny(waiting, Task.Delay(500));
        Assert.False(waiting.IsCompleted);
        other.Dispose();

        Assert.Equal(("StateLocked", "StateLocked"), (locked.ErrorId, notWritten.ErrorId));
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", locked.Message, StringComparison.Ordinal);
        Assert.Equal(SyncStatus.NothingToDo, (await waiting).Result!.Status);
    }

    [AzuriteFact]
    public async Task A_lease_without_an_end_is_no_run_s_and_is_told_so()
    {
        using Company company = Company(_service.Signed("forever.db"));
        await company.NextAsync(Worker.Many(60, prefix: "fe"));
        await Blob("forever.db").GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);

        InboundProvisioningException locked = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync());

        Assert.Equal("StateLocked", locked.ErrorId);
        Assert.Contains("lease without an end", locked.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_lease_that_another_breaks_ends_the_run_before_its_next_call()
    {
        using Company company = Company(_service.Signed("broken.db"), throttleLimit: 1);
        await company.NextAsync(Worker.Many(60, prefix: "br"));
        int before = _service.Service.Uploads;
        _service.Emulator.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.Slow, DelayMs = 1000 });

        // While the first request has been taken, and its answer is on its way.
        Task<Night> running = Task.Run(() => company.NextAsync(Worker.Many(460, prefix: "br")));
        while (_service.Service.Uploads == before && !running.IsCompleted)
        {
            await Task.Delay(5);
        }

        await Blob("broken.db").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        Night night = await running;

        Assert.Equal((SyncStatus.Failed, "StateLockLost"), (night.Result!.Status, night.Result.Fault?.ErrorId));
        Assert.Equal(1, _service.Service.Uploads - before);

        // The one that took over begins with what was left in doubt.
        SyncResult next = (await company.RunAsync()).Result!;
        Assert.Equal(460, company.People().Count);
        Assert.Equal(0, next.ExitCode);
    }

    [AzuriteFact]
    public async Task A_state_that_another_wrote_ends_the_run()
    {
        using Company company = Company(_service.Signed("other.db"));
        await company.NextAsync(Worker.Many(60, prefix: "ot"));
        using SqliteState state = StateAccess.OpenForRun(company.Settings.StatePath, StateContent.Record, TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
        await Blob("other.db").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        using (SqliteState other = StateAccess.OpenForRun(company.Settings.StatePath, StateContent.Record, TimeSpan.Zero, TimeProvider.System, CancellationToken.None))
        {
            other.Set("test", "theirs");
            other.Save();
        }

        state.Set("test", "ours");
        Assert.Equal("StateLockLost", Assert.Throws<InboundProvisioningException>(state.Save).ErrorId);
        Assert.Equal("StateLockLost", Assert.Throws<InboundProvisioningException>(state.Keeper!.Confirm).ErrorId);
        using SqliteState kept = StateAccess.OpenToRead(company.Settings.StatePath);
        Assert.Equal("theirs", kept.Get("test"));
    }

    [AzuriteFact]
    public async Task Answers_of_the_storage_that_get_lost_do_no_harm()
    {
        var way = new FaultyWay();
        using Company company = Company(_service.Over(way, "lost.db"));

        // The first answer to each way of writing.
        HashSet<string> lost = [];
        way.LosesAnswer = request =>
        {
            lock (lost)
            {
                return request.Method == HttpMethod.Put && lost.Add(request.RequestUri!.GetComponents(UriComponents.Path, UriFormat.Unescaped) + request.Headers.IfMatch + request.Headers.IfNoneMatch
                    + request.RequestUri.Query.Contains("comp=lease", StringComparison.Ordinal));
            }
        };

        Night night = await company.NextAsync(Worker.Many(120, prefix: "lo"));

        Assert.Equal((SyncStatus.Completed, 120L), (night.Result!.Status, night.Result.Accepted));
        Assert.True(lost.Count >= 4);
        Assert.Empty(night.Log.Warnings);
        Assert.Equal(120, company.People().Count);
    }

    [AzuriteFact]
    public async Task A_storage_that_cannot_be_reached_any_more_ends_the_run_and_nothing_is_lost()
    {
        var way = new FaultyWay();
        using Company company = Company(_service.Over(way, "gone.db"));
        await company.NextAsync(Worker.Many(60, prefix: "go"));
        company.Clock.Advance(TimeSpan.FromDays(1));
        company.Export(Worker.Many(360, prefix: "go"));
        var log = new SyncLog { Heard = _ => way.Refuses = static _ => true };

        Night night = await company.RunAsync(log: log);
        way.Refuses = static _ => false;
        await Blob("gone.db").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        Night next = await company.RunAsync();

        Assert.Equal((SyncStatus.Failed, "StateNotWritten"), (night.Result!.Status, night.Result.Fault?.ErrorId));
        Assert.Contains("Connection refused", night.Result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, next.Result!.ExitCode);
        Assert.Equal(360, company.People().Count);
    }

    [AzuriteFact]
    public async Task The_state_of_another_job_is_left_as_it_was()
    {
        using Company company = Company(_service.Signed("job.db"));
        await company.NextAsync(Worker.Many(60, prefix: "jo"));
        using (SqliteState state = StateAccess.OpenToWrite(company.Settings.StatePath))
        {
            state.Set("Identity", """{"JobId":"job.one","ServicePrincipalId":"principal","Graph":"graph.microsoft.com"}""");
        }

        byte[] before = (await Blob("job.db").DownloadContentAsync()).Value.Content.ToArray();
        using (SyncSession session = SyncSession.Open(company.Settings, new SyncLog(), CancellationToken.None))
        {
            Assert.Equal(
                "StateOfAnotherJob",
                Assert.Throws<InboundProvisioningException>(() => session.RequireIdentity(new StateIdentity("job.two", "principal", "graph.microsoft.com"))).ErrorId);
        }

        Assert.Equal(before, (await Blob("job.db").DownloadContentAsync()).Value.Content.ToArray());
    }

    [AzuriteFact]
    public async Task A_signature_is_shown_nowhere()
    {
        string url = _service.Azurite.SignedUrl(BlobService.Container, "secret.db", BlobContainerSasPermissions.Read);
        string signature = url[(url.IndexOf("sig=", StringComparison.Ordinal) + 4)..];
        using Company company = Company(BlobStates.Locate(url, _service.Service.Connection));

        // It may read, and not make a blob; it is none of this account; it leads nowhere.
        InboundProvisioningException readOnly = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.NextAsync(Worker.Many(60)));
        company.Settings = company.Settings with { StatePath = BlobStates.Locate(url.Replace("sig=", "sig=AAAA", StringComparison.Ordinal), _service.Service.Connection) };
        InboundProvisioningException wrong = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync());
        company.Settings = company.Settings with { StatePath = BlobStates.Locate("https://127.0.0.1:1/devstoreaccount1/provisioning/x.db?" + url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..], _service.Service.Connection) };
        InboundProvisioningException nowhere = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync());

        Assert.Equal(("StateAccessDenied", "StateAccessDenied"), (readOnly.ErrorId, wrong.ErrorId));
        Assert.Contains(nowhere.ErrorId, (string[])["StateNotWritten", "StateUnavailable"]);
        foreach (InboundProvisioningException fault in (InboundProvisioningException[])[readOnly, wrong, nowhere])
        {
            Assert.DoesNotContain(signature, fault.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", fault.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", fault.Target?.ToString() ?? string.Empty, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('?', company.Settings.ToString());
    }

    [AzuriteFact]
    public async Task A_damaged_state_gives_way_to_its_newest_good_copy_and_is_kept_beside_it()
    {
        using Company company = Company(_service.Signed("repair.db"));
        await company.NextAsync(Worker.Many(60, prefix: "re"));
        StateLocation location = company.Settings.StatePath;
        Assert.Equal("StateNotDamaged", Assert.Throws<InboundProvisioningException>(() => StateRepair.FromCopy(location, company.Clock, CancellationToken.None)).ErrorId);
        await Blob("repair.db").UploadAsync(new BinaryData(new string('x', 5000)), overwrite: true);
        Assert.Equal("StateNotOurs", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync())).ErrorId);

        StateRepairResult repaired = StateRepair.FromCopy(location, company.Clock, CancellationToken.None);

        Assert.Equal((60L, location.Path + ".copy1"), (repaired.People, repaired.Source));
        Assert.StartsWith(location.Path + ".damaged-", repaired.KeptAs, StringComparison.Ordinal);
        Assert.Equal(60, company.People().Count);
        Assert.Equal(SyncStatus.NothingToDo, (await company.RunAsync()).Result!.Status);

        // And where the state is gone.
        await Blob("repair.db").DeleteAsync();
        Assert.Equal("StateNotFound", Assert.Throws<InboundProvisioningException>(() => StateAccess.OpenToRead(location)).ErrorId);
        Assert.Equal(60, StateRepair.FromCopy(location, company.Clock, CancellationToken.None).People);
    }

    [AzuriteFact]
    public async Task A_state_that_is_put_aside_comes_back()
    {
        using Company company = Company(_service.Signed("aside.db"));
        await company.NextAsync(Worker.Many(60, prefix: "as"));
        StateLocation location = company.Settings.StatePath;

        string? kept = StateRepair.PutAside(location, company.Clock, CancellationToken.None);
        Assert.False(StateAccess.Exists(location, CancellationToken.None));
        StateAccess.OpenForRun(location, StateContent.Record, TimeSpan.Zero, company.Clock, CancellationToken.None).Dispose();
        StateRepair.BringBack(location, kept, company.Clock);

        Assert.Equal(60, company.People().Count);
    }

    [AzuriteFact]
    public async Task Three_copies_are_kept_of_different_nights()
    {
        using Company company = Company(_service.Signed("copies.db"));
        for (int night = 0; night < 5; night++)
        {
            await company.NextAsync(Worker.Many(60 + night, prefix: "co"));
        }

        List<string> names = [];
        await foreach (var blob in _service.Azurite.Container(BlobService.Container).GetBlobsAsync(prefix: "copies.db"))
        {
            names.Add(blob.Name);
        }

        Assert.Equal(["copies.db", "copies.db.copy1", "copies.db.copy2", "copies.db.copy3"], names);
    }

    [AzuriteFact]
    public async Task A_signature_for_the_state_alone_serves_and_says_that_it_keeps_no_copies()
    {
        string url = _service.Azurite.SignedBlobUrl(BlobService.Container, "alone.db");
        using Company company = Company(BlobStates.Locate(url, _service.Service.Connection));

        Night night = await company.NextAsync(Worker.Many(60, prefix: "al"));

        Assert.Equal(SyncStatus.Completed, night.Result!.Status);
        Assert.Contains("no copy of it could be", Assert.Single(night.Log.Warnings), StringComparison.Ordinal);
    }

    private Company Company(StateLocation location, int throttleLimit = 4)
    {
        var company = new Company(_service.Service.Upload with { ThrottleLimit = throttleLimit });
        company.Settings = company.Settings with { StatePath = location, Initial = true };
        company.Limit(("CreateLimit", "Unlimited"), ("MissingLimit", "Unlimited"));
        return company;
    }

    private BlobClient Blob(string name) => _service.Azurite.Blob(BlobService.Container, name);
}
