using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

/// <summary>What Send-ScimBulkPayload has to do with the state of the job: it warns, and with -RestartJob it pauses and starts.</summary>
public sealed class SendAndJobTests : IAsyncLifetime
{
    private static readonly string[] AllRoles = ["Synchronization.ReadWrite.All", "SynchronizationData-User.Upload"];

    private EmulatedService _emulator = null!;
    private EmulatedSession _service = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatedService.StartAsync(new EmulatorOptions { Limits = LimitMode.Off, Roles = AllRoles });
        _service = _emulator.OpenSession().Connect();
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public void A_job_that_runs_gives_no_warning() => Assert.Empty(Send("$payload | Send-ScimBulkPayload").ThrowIfFailed().Warnings);

    [Fact]
    public void A_paused_job_is_warned_of_before_and_after_with_the_remedy()
    {
        _service.Run("Stop-ProvisioningJob -Wait").ThrowIfFailed();

        PowerShellResult result = Send("$payload | Send-ScimBulkPayload").ThrowIfFailed();

        Assert.Equal(2, result.Warnings.Count);
        Assert.All(result.Warnings, warning => Assert.Contains(
            $"Start-ProvisioningJob -ServicePrincipalId '{_service.Address.ServicePrincipalId}' -JobId '{_service.Address.JobId}'", warning, StringComparison.Ordinal));
        Assert.Contains("staged, but not processed", result.Warnings[1], StringComparison.Ordinal);
        Assert.Equal(["a"], _service.Staged);
    }

    [Fact]
    public async Task Without_the_right_to_read_the_job_one_verbose_line_says_so()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["SynchronizationData-User.Upload"] });
        using EmulatedSession service = own.OpenSession().Connect();

        PowerShellResult result = service.Run("$payload | Send-ScimBulkPayload -Verbose", ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Contains("Synchronization.Read.All", Assert.Single(result.Verbose, line => line.Contains("not looked up", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(["a"], service.Staged);
    }

    [Fact]
    public void A_look_at_the_job_that_fails_does_not_hurt_the_upload()
    {
        _emulator.Host.AddFaults(new Fault { Path = "synchronization/jobs", Action = FaultAction.Reset });

        PowerShellResult result = Send("$payload | Send-ScimBulkPayload -Verbose").ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Single(result.Verbose, line => line.Contains("not looked up", StringComparison.Ordinal));
        Assert.Equal(["a"], _service.Staged);
    }

    [Theory]
    [InlineData("RestartJob")]
    [InlineData("RestartService")]
    public void RestartJob_pauses_sends_and_starts_again(string parameter)
    {
        PowerShellResult result = Send($"$payload | Send-ScimBulkPayload -{parameter} -Verbose").ThrowIfFailed();

        int paused = Index(result.Verbose, "Paused job");
        int started = Index(result.Verbose, "Started job");
        Assert.True(paused >= 0 && started > paused, string.Join('\n', result.Verbose));
        Assert.Empty(result.Warnings);
        Assert.Equal(["a"], _service.Staged);
        Assert.Equal("Active", Status());
    }

    [Fact]
    public void The_job_stands_still_while_it_is_sent_to()
    {
        PowerShellResult result = Send("$payload | Send-ScimBulkPayload -RestartJob | ForEach-Object { (Get-ProvisioningJob).Status }").ThrowIfFailed();

        Assert.Equal("Paused", Assert.Single(result.Output).BaseObject);
        Assert.Equal("Active", Status());
    }

    [Fact]
    public void RestartJob_starts_again_after_a_run_that_failed()
    {
        _emulator.Host.AddFaults(new Fault { Path = "bulkUpload", Count = 100, Status = 403 });

        PowerShellResult result = Send("$payload | Send-ScimBulkPayload -RestartJob");

        Assert.Equal("PermissionMissing", Id(result.Failure!));
        Assert.Equal("Active", Status());
    }

    [Fact]
    public void RestartJob_starts_again_when_another_command_ends_the_pipeline()
    {
        PowerShellResult result = Send("$payload | ForEach-Object { $_; throw 'over' } | Send-ScimBulkPayload -RestartJob");

        Assert.Contains("over", result.Failure!.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Active", Status());
    }

    [Fact]
    public async Task Without_the_right_to_start_nothing_is_paused_and_nothing_is_sent()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["SynchronizationData-User.Upload", "Synchronization.Read.All"] });
        using EmulatedSession service = own.OpenSession().Connect();

        PowerShellResult result = service.Run("$payload | Send-ScimBulkPayload -RestartJob", ("payload", Payload.Of("a")));

        Assert.Equal(("PermissionMissing", ErrorCategory.PermissionDenied), (Id(result.Failure!), result.Failure!.CategoryInfo.Category));
        Assert.Contains("Synchronization.ReadWrite.All", result.Failure.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Calls);
        Assert.Equal("Active", service.Run("(Get-ProvisioningJob).Status").ThrowIfFailed().Output.Single().BaseObject);
    }

    [Fact]
    public void A_job_that_does_not_start_again_is_an_error_with_the_command_to_run()
    {
        _emulator.Host.AddFaults(new Fault { Path = "/start", Count = 100, Status = 403 });

        PowerShellResult result = Send("$payload | Send-ScimBulkPayload -RestartJob");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("JobNotStarted", Id(error));
        Assert.Contains($"Run: Start-ProvisioningJob -ServicePrincipalId '{_service.Address.ServicePrincipalId}' -JobId '{_service.Address.JobId}'", error.Exception.Message, StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    [Fact]
    public void WhatIf_says_that_the_job_would_be_paused_and_pauses_nothing()
    {
        _emulator.Host.AddFaults(new Fault { Count = 1, Status = 500 });

        _service.Run("$payload | Send-ScimBulkPayload -RestartJob -WhatIf", ("payload", Payload.Each("a", "b"))).ThrowIfFailed();

        Assert.Equal(0, _emulator.Host.Faults.Single().Struck);
        Assert.Equal(2, _service.Text.Split("Pause the job while it is sent to").Length);
        Assert.True(
            _service.Text.IndexOf("Pause the job", StringComparison.Ordinal) < _service.Text.IndexOf("Upload 1 operation", StringComparison.Ordinal), _service.Text);
    }

    [Fact]
    public void Confirm_can_send_without_a_pause()
    {
        _service.Session.Host.Recorded.Answers.Enqueue("No");
        _service.Session.Host.Recorded.Answers.Enqueue("Yes");

        PowerShellResult result = Send("$payload | Send-ScimBulkPayload -RestartJob -Confirm -Verbose").ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
        Assert.Equal(-1, Index(result.Verbose, "Paused job"));
        Assert.Equal(2, _service.Session.Host.Recorded.Questions.Count);
    }

    [Fact]
    public async Task Stopping_makes_one_attempt_to_start_the_job()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Limits = LimitMode.Off, Roles = AllRoles });
        using EmulatedSession service = own.OpenSession().Connect();
        own.Host.AddFaults(new Fault { Path = "bulkUpload", Count = 100, Action = FaultAction.Slow, DelayMs = 60_000 });
        RunningScript script = service.Session.Start("$payload | Send-ScimBulkPayload -RestartJob", ("payload", Payload.Each("a", "b")));
        SpinWait.SpinUntil(() => service.Calls > 0, TimeSpan.FromSeconds(60));

        var clock = Stopwatch.StartNew();
        PowerShellResult result = script.Stop();

        Assert.True(result.Stopped);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(7));
        Assert.Equal("Active", service.Run("(Get-ProvisioningJob).Status").ThrowIfFailed().Output.Single().BaseObject);
    }

    [Fact]
    public async Task Stopping_shows_the_command_where_the_attempt_takes_too_long()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Limits = LimitMode.Off, Roles = AllRoles });
        using EmulatedSession service = own.OpenSession().Connect();
        own.Host.AddFaults(
            new Fault { Path = "bulkUpload", Count = 100, Action = FaultAction.Slow, DelayMs = 60_000 },
            new Fault { Path = "/start", Count = 100, Status = 503 });
        RunningScript script = service.Session.Start("$payload | Send-ScimBulkPayload -RestartJob", ("payload", Payload.Each("a", "b")));
        SpinWait.SpinUntil(() => service.Calls > 0, TimeSpan.FromSeconds(60));

        script.Stop();

        Assert.Contains($"Run: Start-ProvisioningJob -ServicePrincipalId '{service.Address.ServicePrincipalId}'", service.Text, StringComparison.Ordinal);
        Assert.Equal(1, own.Host.Faults[1].Struck);
    }

    private PowerShellResult Send(string script) => _service.Run(script, ("payload", Payload.Of("a")));

    private object Status() => _service.Run("(Get-ProvisioningJob).Status").ThrowIfFailed().Output.Single().BaseObject;

    private static int Index(IReadOnlyList<string> lines, string start) =>
        lines.Select((line, i) => (line, i)).Where(item => item.line.StartsWith(start, StringComparison.Ordinal)).Select(item => item.i).FirstOrDefault(-1);

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
