using System;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

/// <summary>Get-, Start-, Stop- and Restart-ProvisioningJob against an emulator of their own: they change its state.</summary>
public sealed class ProvisioningJobTests : IAsyncLifetime
{
    private static readonly string[] AllRoles = ["Application.Read.All", "Synchronization.ReadWrite.All", "SynchronizationData-User.Upload"];

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

    [Theory]
    [InlineData("")]
    [InlineData("-JobId $emulator.JobId")]
    [InlineData("-ServicePrincipalId $emulator.ServicePrincipalId")]
    [InlineData("-ServicePrincipalId $emulator.AppId")]
    [InlineData("-ServicePrincipalId $emulator.AppId -JobId $emulator.JobId")]
    [InlineData("-ApplicationName 'API-driven provisioning to Microsoft Entra ID'")]
    [InlineData("-ProvisioningEndpoint \"$($emulator.Graph)/beta/servicePrincipals/$($emulator.ServicePrincipalId)/synchronization/jobs/$($emulator.JobId)/bulkUpload\"")]
    public void A_job_is_shown_however_it_is_named(string parameters)
    {
        PSObject job = Assert.Single(_service.Run($"Get-ProvisioningJob {parameters}").ThrowIfFailed().Output);

        Assert.Equal(_service.Address.JobId, Text(job, "JobId"));
        Assert.Equal(_service.Address.ServicePrincipalId.ToString(), Text(job, "ServicePrincipalId"));
        Assert.Equal(("API2AAD", "Active", "Active"), (Text(job, "TemplateId"), Text(job, "Status"), Text(job, "Schedule")));
        Assert.Equal(TimeSpan.FromMinutes(40), job.Properties["Interval"].Value);
        Assert.Equal(
            new Uri($"{_service.Address.Graph}/v1.0/servicePrincipals/{_service.Address.ServicePrincipalId}/synchronization/jobs/{_service.Address.JobId}/bulkUpload"),
            job.Properties["ProvisioningEndpoint"].Value);
        Assert.Equal((true, false, false), ((bool)job.Properties["IsRunning"].Value, (bool)job.Properties["IsPaused"].Value, (bool)job.Properties["IsQuarantined"].Value));
    }

    [Fact]
    public void After_a_cycle_its_counts_are_shown()
    {
        _service.Run("$payload | Send-ScimBulkPayload", ("payload", Payload.Of("a", "b"))).ThrowIfFailed();
        _emulator.Host.RunCycle();

        PSObject job = Assert.Single(_service.Run("Get-ProvisioningJob").ThrowIfFailed().Output);

        var cycle = PSObject.AsPSObject(job.Properties["LastExecution"].Value);
        Assert.Equal(2L, cycle.Properties["Imported"].Value);
        Assert.True((DateTimeOffset)cycle.Properties["Ended"].Value > DateTimeOffset.UtcNow.AddMinutes(-5));
    }

    [Theory]
    [InlineData("Get-ProvisioningJob -JobId none", "NotFound")]
    [InlineData("Get-ProvisioningJob -ServicePrincipalId 00000000-0000-0000-0000-000000000001", "ServicePrincipalNotFound")]
    [InlineData("Start-ProvisioningJob -JobId none", "NotFound")]
    [InlineData("Get-ProvisioningJob | Stop-ProvisioningJob -JobId other", "TargetConflict")]
    [InlineData("Restart-ProvisioningJob -Scope None", "RestartScopeMissing")]
    [InlineData("Disconnect-InboundProvisioning; Get-ProvisioningJob", "NotConnected")]
    public void What_cannot_be_found_or_done_is_one_error(string script, string errorId) => Assert.Equal(errorId, Id(_service.Run(script).Failure!));

    [Fact]
    public async Task An_app_without_the_right_gets_the_permission_named()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["Synchronization.Read.All"] });
        using EmulatedSession service = own.OpenSession().Connect();

        ErrorRecord failure = service.Run("Stop-ProvisioningJob").Failure!;

        Assert.Equal("PermissionMissing", Id(failure));
        Assert.Contains("Synchronization.ReadWrite.All", failure.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_is_paused_and_started_again_and_says_nothing_without_PassThru()
    {
        Assert.Empty(_service.Run("Stop-ProvisioningJob").ThrowIfFailed().Output);
        Assert.Equal("Paused", Status());

        Assert.Empty(_service.Run("Start-ProvisioningJob").ThrowIfFailed().Output);
        Assert.Equal("Active", Status());
    }

    [Theory]
    [InlineData("Get-ProvisioningJob | Stop-ProvisioningJob -PassThru", "Paused")]
    [InlineData("Stop-ProvisioningJob -PassThru -Wait | Start-ProvisioningJob -PassThru -Wait", "Active")]
    [InlineData("Stop-ProvisioningJob -InputObject (Get-ProvisioningJob) -Wait -Timeout 20 -PassThru", "Paused")]
    public void Jobs_go_through_the_pipeline(string script, string status)
    {
        PSObject job = Assert.Single(_service.Run(script).ThrowIfFailed().Output);

        Assert.Equal((status, status), (Text(job, "Status"), Status()));
    }

    [Theory]
    [InlineData("Start-ProvisioningJob -WhatIf", "Start")]
    [InlineData("Stop-ProvisioningJob -WhatIf", "Pause")]
    [InlineData("Restart-ProvisioningJob -WhatIf", "Restart, clearing Watermark, Escrows, QuarantineState")]
    public void WhatIf_names_the_job_and_changes_nothing(string script, string action)
    {
        _service.Run(script).ThrowIfFailed();

        Assert.Equal("Active", Status());
        Assert.Contains(action, _service.Text, StringComparison.Ordinal);
        Assert.Contains(_service.Address.JobId, _service.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_can_say_no()
    {
        _service.Session.Host.Recorded.Answers.Enqueue("No");

        _service.Run("Stop-ProvisioningJob -Confirm").ThrowIfFailed();

        Assert.Equal("Active", Status());
    }

    [Fact]
    public void A_restart_asks_by_itself_and_warns_of_what_it_purges()
    {
        _service.Session.Host.Recorded.Answers.Enqueue("No");

        PowerShellResult result = _service.Run("Restart-ProvisioningJob").ThrowIfFailed();

        Assert.Single(_service.Session.Host.Recorded.Questions);
        Assert.Contains(result.Warnings, warning => warning.Contains("purges what was uploaded", StringComparison.Ordinal));
    }

    [Fact]
    public void A_restart_purges_what_is_staged()
    {
        _service.Run("Stop-ProvisioningJob; $payload | Send-ScimBulkPayload -WarningAction SilentlyContinue", ("payload", Payload.Of("a"))).ThrowIfFailed();

        _service.Run("Restart-ProvisioningJob -Confirm:$false -Wait").ThrowIfFailed();
        _emulator.Host.RunCycle();

        Assert.Equal("Active", Status());
        Assert.DoesNotContain(_emulator.Host.Users, user => user.ToJsonString().Contains("\"a\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Scope Escrows", "clearing Escrows", "may purge")]
    [InlineData("-Scope Watermark, ForceDeletes", "clearing Watermark, ForceDeletes", "are carried out")]
    [InlineData("-Scope Full", "clearing Full", "advises against")]
    public void The_scope_of_a_restart_is_told(string parameters, string action, string warning)
    {
        PowerShellResult result = _service.Run($"Restart-ProvisioningJob {parameters} -WhatIf").ThrowIfFailed();

        Assert.Contains(action, _service.Text, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, text => text.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_the_service_does_not_take_changes_nothing_and_there_is_no_wait()
    {
        _service.Run("Stop-ProvisioningJob -Wait").ThrowIfFailed();
        _emulator.Host.AddFaults(new Fault { Path = "/start", Status = 400 });

        ErrorRecord failure = _service.Run("Start-ProvisioningJob -Wait").Failure!;

        Assert.Equal("RequestRefused", Id(failure));
        Assert.Equal("Paused", Status());
    }

    [Fact]
    public void The_view_fits_a_console_of_120_columns_and_has_the_endpoint()
    {
        _service.Run("Get-ProvisioningJob | Out-Default").ThrowIfFailed();

        string[] lines = Regex.Replace(_service.Text, @"\x1b\[[0-9;]*m", string.Empty).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(lines, line => line.Contains("Active, every 00:40:00", StringComparison.Ordinal));
        Assert.Contains("/bulkUpload", string.Concat(lines.Select(line => line.Trim())), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 120));
    }

    private string Status() => Text(Assert.Single(_service.Run("Get-ProvisioningJob").ThrowIfFailed().Output), "Status");

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject item, string property) => (string)item.Properties[property].Value;
}
