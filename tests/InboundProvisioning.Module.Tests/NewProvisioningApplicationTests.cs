using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

public sealed class NewProvisioningApplicationTests : IAsyncLifetime
{
    private EmulatedService _emulator = null!;
    private EmulatedSession _service = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatedService.StartAsync(new EmulatorOptions
        {
            Limits = LimitMode.Off,
            Roles = ["Application.ReadWrite.All", "Synchronization.ReadWrite.All", "SynchronizationData-User.Upload"],
        });
        _service = _emulator.OpenSession().Connect();
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("", "EntraId", "API2AAD.")]
    [InlineData("-TargetSystem ActiveDirectory", "ActiveDirectory", "API2AD.")]
    public void An_app_is_made_with_its_job_and_starts_without_quarantine(string parameters, string target, string jobId)
    {
        PSObject app = Assert.Single(_service.Run($"New-ProvisioningApplication 'HR' hr-it@contoso.example {parameters}").ThrowIfFailed().Output);

        Assert.Equal(("HR", target), (Text(app, "DisplayName"), Text(app, "TargetSystem")));
        Assert.Equal(("Created", "Created", "Created"), States(app));
        Assert.StartsWith(jobId, Text(app, "JobId"), StringComparison.Ordinal);
        Assert.EndsWith($"/servicePrincipals/{Text(app, "ServicePrincipalId")}/synchronization/jobs/{Text(app, "JobId")}/bulkUpload", Text(app, "ProvisioningEndpoint"), StringComparison.Ordinal);
        var steps = (IReadOnlyList<string>)app.Properties["RemainingSteps"].Value;
        Assert.Contains(steps, step => step.Contains("Grant-ProvisioningPermission", StringComparison.Ordinal));
        Assert.Equal(target == "ActiveDirectory", steps.Any(step => step.Contains("provisioning agent", StringComparison.Ordinal)));
        Assert.Contains($"Start-ProvisioningJob -ServicePrincipalId '{Text(app, "ServicePrincipalId")}'", steps[^1], StringComparison.Ordinal);

        PSObject job = Assert.Single(_service.Run($"{steps[^1][(steps[^1].IndexOf(':', StringComparison.Ordinal) + 1)..]} -Wait -PassThru").ThrowIfFailed().Output);
        Assert.Equal("Active", Text(job, "Status"));
    }

    [Fact]
    public void Run_again_it_keeps_what_is_there()
    {
        PSObject first = Assert.Single(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example").ThrowIfFailed().Output);

        PowerShellResult again = _service.Run("New-ProvisioningApplication HR hr-it@contoso.example").ThrowIfFailed();

        PSObject second = Assert.Single(again.Output);
        Assert.Equal(("Existing", "Existing", "Existing"), States(second));
        Assert.Equal((Text(first, "ServicePrincipalId"), Text(first, "JobId"), Text(first, "AppId")), (Text(second, "ServicePrincipalId"), Text(second, "JobId"), Text(second, "AppId")));
        Assert.Empty(again.Warnings);
    }

    [Fact]
    public void Other_settings_are_left_alone_with_a_warning_and_set_with_Force()
    {
        _service.Run("New-ProvisioningApplication HR hr-it@contoso.example -AccidentalDeletionThreshold 20").ThrowIfFailed();

        PowerShellResult left = _service.Run("New-ProvisioningApplication HR other@contoso.example").ThrowIfFailed();
        PowerShellResult changed = _service.Run("New-ProvisioningApplication HR other@contoso.example -Force").ThrowIfFailed();

        Assert.Equal(("Existing", "Existing", "Skipped"), States(left.Output.Single()));
        Assert.Contains("email to hr-it@contoso.example, accidental-deletion threshold 20", Assert.Single(left.Warnings), StringComparison.Ordinal);
        Assert.Equal(("Existing", "Existing", "Changed"), States(changed.Output.Single()));
        Assert.Equal(("Existing", "Existing", "Existing"), States(_service.Run("New-ProvisioningApplication HR other@contoso.example").ThrowIfFailed().Output.Single()));
    }

    [Fact]
    public void After_an_error_on_the_way_the_same_command_completes_what_is_missing()
    {
        _emulator.Host.AddFaults(new Fault { Path = "/secrets", Status = 400 });
        Assert.Equal("RequestRefused", Id(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example").Failure!));

        PSObject app = Assert.Single(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example").ThrowIfFailed().Output);

        Assert.Equal(("Existing", "Existing", "Created"), States(app));
    }

    [Fact]
    public void An_app_whose_answer_was_lost_is_not_made_twice()
    {
        _emulator.Host.AddFaults(new Fault { Path = "/instantiate", Action = FaultAction.ResetAfterAccept });
        Assert.Equal("ServiceUnreachable", Id(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example").Failure!));

        PSObject app = Assert.Single(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example").ThrowIfFailed().Output);

        Assert.Equal(("Existing", "Created", "Created"), States(app));
    }

    [Theory]
    [InlineData("hr-it")]
    [InlineData("'a@contoso.example, b@contoso.example'")]
    public void What_is_not_one_email_address_is_said_in_words(string address) => Assert.Contains(
        "is not one email address", _service.Run($"New-ProvisioningApplication HR {address}").Failure!.Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void WhatIf_makes_nothing()
    {
        Assert.Empty(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example -WhatIf").ThrowIfFailed().Output);

        Assert.Contains("Create the application from the gallery template", _service.Text, StringComparison.Ordinal);
        Assert.Equal("ServicePrincipalNotFound", Id(_service.Run("Get-ProvisioningJob -ApplicationName HR").Failure!));
    }

    [Fact]
    public void Confirm_can_say_no()
    {
        _service.Session.Host.Recorded.Answers.Enqueue("No");

        Assert.Empty(_service.Run("New-ProvisioningApplication HR hr-it@contoso.example -Confirm").ThrowIfFailed().Output);
    }

    [Theory]
    [InlineData("New-ProvisioningApplication HR")]
    [InlineData("New-ProvisioningApplication HR nobody")]
    [InlineData("New-ProvisioningApplication HR a@b.example -AccidentalDeletionThreshold 0")]
    public void The_email_is_needed_and_the_threshold_cannot_be_switched_off(string script) => Assert.NotNull(_service.Run(script + " -WhatIf").Failure);

    [Fact]
    public async Task Without_the_right_the_permission_is_named()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["Application.Read.All"] });
        using EmulatedSession service = own.OpenSession().Connect();

        ErrorRecord failure = service.Run("New-ProvisioningApplication HR hr-it@contoso.example").Failure!;

        Assert.Equal("PermissionMissing", Id(failure));
        Assert.Contains("Application.ReadWrite.All", failure.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_view_shows_what_remains()
    {
        _service.Run("New-ProvisioningApplication HR hr-it@contoso.example | Out-Default").ThrowIfFailed();

        Assert.Contains("1. Review the attribute mappings", _service.Text, StringComparison.Ordinal);
    }

    private static (string, string, string) States(PSObject app) => (Text(app, "Application"), Text(app, "Job"), Text(app, "NotificationSettings"));

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject item, string property) => item.Properties[property].Value.ToString()!;
}
