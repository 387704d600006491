using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

public sealed class GetProvisioningLogTests(LoggingService service) : IClassFixture<LoggingService>, IDisposable
{
    private static int s_tests;

    // The logs are shared: each test has externalIds of its own.
    private readonly int _first = Interlocked.Increment(ref s_tests) * 10;
    private readonly HashSet<int> _refused = [];
    private readonly TemporaryDirectory _folder = new();
    private EmulatedService _emulator = service.Emulator;
    private EmulatedSession _session = service.Emulator.OpenSession().Connect();

    public void Dispose()
    {
        // The job takes up records that failed in later cycles again, which are those of other tests.
        if (_emulator == service.Emulator)
        {
            Cycle([.. _refused.Select(Math.Abs), 9]);
        }

        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_change_of_the_last_cycle_is_an_object()
    {
        Cycle(1, 2);
        Cycle(3, -4);

        PowerShellResult result = Run("Get-ProvisioningLog");

        Assert.Equal(Ids(3, -4), Values(result, "SourceId").Order());
        PSObject failed = result.Output.Single(change => (string)change.Properties["SourceId"].Value == Id(4));
        Assert.Equal(("create", "failure", "AzureActiveDirectoryInvalidUserPrincipalName"), (Text(failed, "Action"), Text(failed, "Status"), Text(failed, "ErrorCode")));
        Assert.NotEmpty(Text(failed, "Reason")!);
        PSObject created = result.Output.Single(change => (string)change.Properties["SourceId"].Value == Id(3));
        Assert.Equal(("create", "success"), (Text(created, "Action"), Text(created, "Status")));
        Assert.Equal((string)_emulator.Host.Users.Single(user => (string)user["employeeId"]! == Id(3))["id"]!, Text(created, "TargetId"));
        foreach (string property in new[] { "ChangeId", "CycleId", "DisplayName", "ActivityDateTime", "ModifiedProperties", "Steps", "Events" })
        {
            Assert.NotNull(created.Properties[property].Value);
        }

        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Several_cycles_are_read_newest_first_and_one_by_its_id()
    {
        Cycle(1);
        Cycle(2);
        Cycle(3);

        Assert.Equal(Ids(3, 2), Values(Run("Get-ProvisioningLog -Last 2"), "SourceId"));
        Assert.Equal(Ids(3, 2, 1), Values(Run("Get-ProvisioningLog -NumberOfCycles 3"), "SourceId"));
        Assert.Equal(Ids(2), Values(Run("$id = (Get-ProvisioningLog -Last 2)[1].CycleId; Get-ProvisioningLog -CycleId $id, $id"), "SourceId"));
    }

    [Fact]
    public void A_time_can_be_given_as_date_or_text()
    {
        Cycle(1);
        Cycle(2);
        Cycle(3);

        Run("$times = (Get-ProvisioningLog -Last 3).ActivityDateTime");

        Assert.Equal(Ids(2, 1), Values(Run("Get-ProvisioningLog -Until $times[1] -Since $times[2]"), "SourceId"));
        Assert.Equal(Ids(3, 2), Values(Run("Get-ProvisioningLog -Since $times[1].ToString('o')"), "SourceId"));
        Assert.Equal(Ids(2), Values(Run("Get-ProvisioningLog -Since $times[1] -Until $times[1]"), "SourceId"));
        Assert.Equal(Ids(3, 2, 1), Values(Run("Get-ProvisioningLog -First 3 -Since ([datetime]::Now.AddHours(-1))"), "SourceId"));
        Assert.Empty(Run("Get-ProvisioningLog -Since ([datetime]::UtcNow.AddHours(1)) -WarningAction SilentlyContinue").Output);
    }

    [Theory]
    [InlineData("Get-ProvisioningLog -SourceId $id[1], $id[2], nobody")]
    [InlineData("Get-ProvisioningLog -ExternalId $id[2, 1]")]
    [InlineData("$id[1], $id[2] | Get-ProvisioningLog")]
    [InlineData("[int]$id[1], [long]$id[2] | Get-ProvisioningLog")]
    [InlineData("[pscustomobject]@{ SourceId = $id[1]; Other = 'x' }, [pscustomobject]@{ externalId = [int]$id[2]; Other = 'x' } | Get-ProvisioningLog")]
    [InlineData("Get-ProvisioningLog -Last 3 -SourceId $id[1, 2]")]
    [InlineData("Get-ProvisioningLog -Last 3 | Where-Object SourceId -in $id[1, 2] | Get-ProvisioningLog")]
    [InlineData("$sent | Get-ProvisioningLog")]
    [InlineData("Get-ProvisioningLog -InputObject $sent")]
    public void Records_are_looked_up_in_all_that_is_kept(string command)
    {
        _session.Run("$sent = $payload | Send-ScimBulkPayload", ("payload", new[] { Users(1), Users(2) })).ThrowIfFailed();
        _emulator.Host.RunCycle();
        Cycle(3);

        PowerShellResult result = Run(command);

        Assert.Equal(Ids(1, 2), Values(result, "SourceId").Order());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_sending_is_asked_for_outcomes_after_it_only()
    {
        Cycle(1);
        PowerShellResult result = _session.Run(
            "$sent = $payload | Send-ScimBulkPayload; $sent.GetType().GetProperty('AcceptedOn').SetValue($sent, [System.DateTimeOffset]::UtcNow.AddSeconds(1)); $sent | Get-ProvisioningLog",
            ("payload", Users(1))).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains("hold no events of '" + Id(1) + "'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_from_the_pipeline_is_not_everything()
    {
        Cycle(1);

        PowerShellResult result = Run("@() | Get-ProvisioningLog; @() | Get-ProvisioningLog -Wait; Get-ProvisioningLog -SourceId $null; Get-ProvisioningLog -SourceId @()");

        Assert.Empty(result.Output);
    }

    [Fact]
    public void Other_objects_are_faults_of_their_own()
    {
        Cycle(1);

        PowerShellResult result = _session.Run("[datetime]::Now, $id[1], @{ Name = 'x' } | Get-ProvisioningLog", ("id", Ids(0, 1)));

        Assert.Equal(["InvalidInputObject", "InvalidInputObject"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(Ids(1), Values(result, "SourceId"));
    }

    [Fact]
    public void Statuses_and_actions_pick_out_events()
    {
        Cycle(1, 2, -3);
        Cycle(1, 2, -3, 4);

        Assert.Equal(Ids(-3), Values(Run("Get-ProvisioningLog -Status Failure"), "SourceId"));
        Assert.Equal(Ids(1, 2), Values(Run("Get-ProvisioningLog -Status skipped"), "SourceId").Order());
        Assert.Equal(Ids(3, 4), Values(Run("Get-ProvisioningLog -Action create"), "SourceId").Order());
        Assert.Equal(Ids(4), Values(Run("Get-ProvisioningLog -Action create -Status success, warning"), "SourceId"));
        PowerShellResult nothing = Run("Get-ProvisioningLog -Action delete");
        Assert.Empty(nothing.Output);
        Assert.Empty(nothing.Warnings);
        Assert.Empty(Run("Get-ProvisioningLog -Status somethingNew").Output);
    }

    [Fact]
    public void First_ends_the_reading()
    {
        _emulator.Host.AddProvisioningEvents(3_000, eventsPerCycle: 3_000);

        PowerShellResult result = _session.Run("Get-ProvisioningLog -First 3; Get-ProvisioningLog -Raw -First 2; Get-ProvisioningLog -Last 1 -Summary -First 1");

        Assert.Equal(6, result.ThrowIfFailed().Output.Count);
    }

    [Fact]
    public async Task Raw_gives_events_and_else_they_are_grouped()
    {
        await using EmulatedService own = await StartOwnAsync(LoggingService.Options);
        _emulator.Host.AddProvisioningEvents(2_200, eventsPerCycle: 1_100);

        PowerShellResult raw = Run("Get-ProvisioningLog -Raw -Last 2");
        PowerShellResult changes = Run("Get-ProvisioningLog -Last 2");

        Assert.Equal(2_200, raw.Output.Count);
        Assert.Equal(2_200, Values(raw, "Id").Distinct().Count());
        Assert.Equal(2_000, changes.Output.Count);
        Assert.Equal(2_000, Values(changes, "ChangeId").Distinct().Count());
        Assert.Equal(2_200, changes.Output.Sum(change => ((IReadOnlyCollection<object>)change.Properties["Events"].Value).Count));
    }

    [Fact]
    public void A_summary_counts_each_cycle()
    {
        Cycle(1, 2);
        Cycle(1, 2, 3, -4);

        PowerShellResult result = Run("$cycles = Get-ProvisioningLog -Last 2 -Summary; $cycles | ForEach-Object { \"$($_.Users) $($_.Changes) $($_.Create.Success) $($_.Create.Failure) $($_.Other.Skipped) $($_.Start -le $_.End)\" }");

        Assert.Equal(["4 4 1 1 2 True", "2 2 2 0 0 True"], result.Text);
    }

    [Fact]
    public void A_wait_ends_when_each_record_has_an_outcome()
    {
        PowerShellResult result = _session.Run(
            "$payload | Send-ScimBulkPayload -OutVariable sent | ForEach-Object { }; $run.Invoke(); $sent | Get-ProvisioningLog -Wait -PollingSeconds 1",
            ("payload", Users(1, -2)),
            ("run", (Action)(() => _emulator.Host.RunCycle()))).ThrowIfFailed();

        Assert.Equal(Ids(1, -2), Values(result, "SourceId").Order());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_wait_looks_again_until_the_logs_show_it()
    {
        await using EmulatedService own = await StartOwnAsync(LoggingService.Options with { LogDelay = TimeSpan.FromSeconds(1) });
        Cycle(1);

        PowerShellResult result = Run("$id[1] | Get-ProvisioningLog -Wait -PollingSeconds 1");

        Assert.Equal(Ids(1), Values(result, "SourceId"));
        Assert.Contains(result.Progress, record => record.StatusDescription.StartsWith("0 of 1 records have an outcome", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public void What_is_still_open_after_a_wait_is_a_warning()
    {
        Cycle(1);

        PowerShellResult result = Run("Get-ProvisioningLog -SourceId $id[1], late, later -Wait -Timeout 0");

        Assert.Equal(Ids(1), Values(result, "SourceId"));
        string warning = Assert.Single(result.Warnings);
        Assert.StartsWith("2 of 3 records have no outcome", warning, StringComparison.Ordinal);
        Assert.EndsWith("'late', 'later'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wait_can_show_failures_alone_and_a_summary()
    {
        Cycle(1, -2);

        Assert.Equal(Ids(-2), Values(Run("Get-ProvisioningLog -SourceId $id[1, 2] -Wait -Status failure"), "SourceId"));
        Assert.Equal(["1 1"], Run("Get-ProvisioningLog -SourceId $id[1, 2] -Wait -Summary | ForEach-Object { \"$($_.Create.Success) $($_.Create.Failure)\" }").Text);
        PowerShellResult late = Run("Get-ProvisioningLog -SourceId $id[1] -Wait -Timeout 0 -Since ([datetime]::Now.AddMinutes(5))");
        Assert.Empty(late.Output);
        Assert.Single(late.Warnings);
    }

    [Theory]
    [InlineData("Get-ProvisioningLog -Raw -Summary")]
    [InlineData("Get-ProvisioningLog -Wait")]
    [InlineData("Get-ProvisioningLog -Wait -Last 2 -SourceId 1")]
    [InlineData("Get-ProvisioningLog -Wait -CycleId x -SourceId 1")]
    [InlineData("Get-ProvisioningLog -Wait -Until 2026-01-01 -SourceId 1")]
    [InlineData("Get-ProvisioningLog -Since 2026-02-01 -Until 2026-01-01")]
    public void Parameters_that_do_not_go_together_are_an_error(string command) =>
        Assert.StartsWith("LogParameterConflict,", _session.Run(command).Failure!.FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public async Task No_events_are_a_warning_with_the_likely_reasons()
    {
        await using EmulatedService own = await StartOwnAsync(LoggingService.Options);
        PowerShellResult result = Run("Get-ProvisioningLog");

        Assert.Empty(result.Output);
        Assert.Contains("paused", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cloud_without_logs_is_an_error_before_any_call()
    {
        PowerShellResult result = _session.Run("Get-ProvisioningLog -Environment China @secretSignIn -ServicePrincipalId $job.ServicePrincipalId");

        Assert.StartsWith("LogsNotInCloud,", result.Failure!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await using EmulatedService own = await StartOwnAsync(new EmulatorOptions { Limits = LimitMode.Off });

        PowerShellResult result = _session.Run("Get-ProvisioningLog");

        Assert.StartsWith("PermissionMissing,", result.Failure!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("ProvisioningLog.Read.All", result.Failure.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_breaks_is_read_again()
    {
        _emulator.Host.AddProvisioningEvents(2_500, eventsPerCycle: 2_500);
        _emulator.Host.AddFaults(
            new Emulator.Faults.Fault { Path = "auditLogs", Count = 2, Status = 503, RetryAfter = "0.1" },
            new Emulator.Faults.Fault { Path = "auditLogs", Count = 1, Action = Emulator.Faults.FaultAction.Truncate });

        PowerShellResult result = Run("Get-ProvisioningLog -Raw -Verbose");

        Assert.Equal(2_500, Values(result, "Id").Distinct().Count());
        Assert.Contains(result.Verbose, line => line.Contains("trying again", StringComparison.Ordinal));
    }

    [Fact]
    public void Terms_are_completed_and_others_taken()
    {
        Assert.Equal(["success", "skipped"], Completions("Get-ProvisioningLog -Status s"));
        Assert.Equal(["delete", "disable"], Completions("Get-ProvisioningLog -Action d").Order());

        Cycle(1);
        PowerShellResult result = Run("Get-ProvisioningLog -Status FAILED, Success -SourceId $id[1]");
        Assert.Equal(Ids(1), Values(result, "SourceId"));
        Assert.Contains("'FAILED'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_and_summaries_have_views_that_fit()
    {
        Cycle(1, -2);

        _session.Run("Get-ProvisioningLog | Out-Default; Get-ProvisioningLog -Raw | Out-Default; Get-ProvisioningLog -Summary | Out-Default").ThrowIfFailed();

        string text = Regex.Replace(_session.Text, "\x1b\\[[0-9;]*m", string.Empty);
        // The width of this host is not that of a console; the Pester tests look at 120 columns.
        Assert.Matches(@"Time\s+SourceId\s+DisplayName\s+Action\s+Status", text);
        Assert.Matches(@"Time\s+SourceId\s+Action\s+Status\s+ChangeId", text);
        Assert.Matches(@"Cycle [0-9a-f-]{36}", text);
        Assert.Matches(@"2 users, 2 changes", text);
        Assert.Matches(@"(?m)^Action\s+Success\s+Failure\s+Skipped\s+Warning\s+Other\s+Total\s*$", text);
        Assert.Matches(@"(?m)^Create\s+1\s+1\s+0\s+0\s+0\s+2\s*$", text);
        Assert.Matches(@"(?m)^Staged delete\s+0\s+0\s+0\s+0\s+0\s+0\s*$", text);
    }

    [Fact]
    public void Failed_records_are_sent_again_from_the_logs_and_the_file()
    {
        string file = Path.Combine(_folder.Path, "workers.csv");
        File.WriteAllText(file, $"Id,User\n{Id(1)},a{Id(1)}@example.com\n{Id(2)},b{Id(2)}@elsewhere.test\n{Id(3)},c{Id(3)}@example.com\n{Id(4)},d{Id(4)}@elsewhere.test\n");
        _session.Run("$mapping = @{ externalId = 'Id'; userName = 'User'; active = { $true } }; ConvertTo-ScimBulkPayload $file $mapping | Send-ScimBulkPayload", ("file", file)).ThrowIfFailed();
        _emulator.Host.RunCycle();
        File.WriteAllText(file, File.ReadAllText(file).Replace("elsewhere.test", "example.com", StringComparison.Ordinal));
        int before = _session.Staged.Length;

        Run("Get-ProvisioningLog -Status failure | ConvertTo-ScimBulkPayload $file $mapping | Send-ScimBulkPayload");

        Assert.Equal(Ids(2, 4), _session.Staged.Skip(before).Order());
        _emulator.Host.RunCycle();
        Assert.Empty(Run("Get-ProvisioningLog -Status failure").Output);
        Assert.Superset(Ids(1, 2, 3, 4).ToHashSet(), _emulator.Host.Users.Select(user => (string)user["employeeId"]!).ToHashSet());

        // Nothing has failed: nothing is sent.
        Run("Get-ProvisioningLog -Status failure | ConvertTo-ScimBulkPayload $file $mapping | Send-ScimBulkPayload");
        Assert.Equal(before + 2, _session.Staged.Length);
    }

    private string Id(int person) => (_first + Math.Abs(person)).ToString(CultureInfo.InvariantCulture);

    private string[] Ids(params int[] people) => [.. people.Select(Id)];

    // A negative person has a userName that is in no domain of the tenant.
    private string Users(params int[] people)
    {
        _refused.UnionWith(people.Where(person => person < 0));
        return """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["""
        + string.Join(",", people.Select(person =>
            $$$"""{"method":"POST","bulkId":"{{{Id(person)}}}","path":"/Users","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"{{{Id(person)}}}","userName":"{{{Id(person)}}}@{{{(person < 0 ? "elsewhere.test" : "example.com")}}}","displayName":"Worker {{{Id(person)}}}","active":true}}"""))
        + """],"failOnErrors":null}""";
    }

    private static IEnumerable<string?> Values(PowerShellResult result, string property) => result.Output.Select(item => Text(item, property));

    private static string? Text(PSObject item, string property) => item.Properties[property].Value?.ToString();

    private List<string> Completions(string command)
    {
        using PowerShell shell = _session.Session.NewPowerShell();
        return [.. CommandCompletion.CompleteInput(command, command.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }

    private PowerShellResult Run(string command) => _session.Run(command, ("id", Ids(0, 1, 2, 3, 4))).ThrowIfFailed();

    private void Cycle(params int[] people)
    {
        _session.Run("$payload | Send-ScimBulkPayload", ("payload", Users(people))).ThrowIfFailed();
        _emulator.Host.RunCycle();
    }

    private async Task<EmulatedService> StartOwnAsync(EmulatorOptions options)
    {
        _emulator = await EmulatedService.StartAsync(options);
        _session.Dispose();
        _session = _emulator.OpenSession().Connect();
        return _emulator;
    }
}
