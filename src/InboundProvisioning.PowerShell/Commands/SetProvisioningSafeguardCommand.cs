using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Keeps limits in a state, so that the scheduled command stays short.</summary>
[Cmdlet(VerbsCommon.Set, "ProvisioningSafeguard", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SafeguardSetting))]
public sealed class SetProvisioningSafeguardCommand : StateCmdlet, ISafeguardParameters
{
    /// <summary>Active people who become inactive or would be disabled as missing.</summary>
    [Parameter]
    public SafeguardLimit? DisableLimit { get; set; }

    /// <summary>Known people who are not in the source any more.</summary>
    [Parameter]
    public SafeguardLimit? MissingLimit { get; set; }

    /// <summary>Rows fewer than last time.</summary>
    [Parameter]
    public SafeguardLimit? ShrinkLimit { get; set; }

    /// <summary>New people.</summary>
    [Parameter]
    public SafeguardLimit? CreateLimit { get; set; }

    /// <summary>People for whom one attribute becomes empty.</summary>
    [Parameter]
    public SafeguardLimit? ClearLimit { get; set; }

    /// <summary>People for whom one attribute changes.</summary>
    [Parameter]
    public SafeguardLimit? AttributeChangeLimit { get; set; }

    /// <summary>People who get another userName.</summary>
    [Parameter]
    public SafeguardLimit? UserNameChangeLimit { get; set; }

    /// <summary>Rows that cannot be used.</summary>
    [Parameter]
    public SafeguardLimit? RejectLimit { get; set; }

    /// <summary>Limits that go back to their defaults.</summary>
    [Parameter]
    [ValidateSet("DisableLimit", "MissingLimit", "ShrinkLimit", "CreateLimit", "ClearLimit", "AttributeChangeLimit", "UserNameChangeLimit", "RejectLimit")]
    public string[] Reset { get; set; } = [];

    /// <summary>Emits all limits as they count then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        Dictionary<string, SafeguardLimit?> limits = SafeguardParameters.Given(this).ToDictionary(static one => one.Key, static one => (SafeguardLimit?)one.Value);
        foreach (string name in Reset)
        {
            limits[name] = null;
        }

        if (limits.Count == 0)
        {
            throw new InboundProvisioningException(
                "NoSafeguard", FaultKind.InvalidArgument, "Give at least one limit, such as -DisableLimit 3%, or -Reset with the name of one.");
        }

        string words = string.Join(", ", limits.Select(static one => $"{one.Key} {one.Value?.ToString() ?? "to its default"}"));
        StateLocation state = State;
        if (ShouldProcess(state.Path, "Keep " + words))
        {
            KeptSafeguards.Write(state, limits);
            if (PassThru)
            {
                WriteObject(KeptSafeguards.Read(state), enumerateCollection: true);
            }
        }
    });
}
