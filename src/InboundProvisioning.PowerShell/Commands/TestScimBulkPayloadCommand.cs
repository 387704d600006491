using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Applications;
using InboundProvisioning.Checks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Conversion;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Says before anything is sent what the directory would refuse, and what it would take otherwise than meant. Needs no connection; with one it goes by
/// the job's own mappings and the verified domains of the tenant.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ScimBulkPayload", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PayloadFinding), typeof(bool))]
public sealed class TestScimBulkPayloadCommand : JobCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";

    private readonly BulkRequestLines _lines = new(InputObjectSet);
    private PayloadCheck? _check;
    private bool _isReadable = true;

    /// <summary>Payload files; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Payload files, taken as they are written; files of the pipeline come here.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Bulk requests in JSON, as ConvertTo-ScimBulkPayload gives them, or the lines of a payload file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowEmptyString]
    public string[]? InputObject { get; set; }

    /// <summary>The directory that the job writes to; by default that of the job, and Entra ID where none is known.</summary>
    [Parameter]
    [Alias("TargetSystem")]
    public new TargetSystem Target { get; set; }

    /// <summary>The domains that sign-in names may be in; by default those of the tenant, and any where there is no connection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? VerifiedDomain { get; set; }

    /// <summary>The schema of the job with its mappings: a file of Export-ProvisioningSchema, or its text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProvisioningSchema { get; set; }

    /// <summary>Rules that are not applied; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckRuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>The findings to write: errors, warnings, or both.</summary>
    [Parameter]
    public FindingSeverity[] Severity { get; set; } = [];

    /// <summary>Writes $true where no record has an error, else $false, in place of the findings.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _check = new PayloadCheck(ReadOptions());
        }
        catch (Exception fault) when (fault is InboundProvisioningException or System.IO.IOException or UnauthorizedAccessException)
        {
            ThrowFault(fault);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Check(InputObject.SelectMany(_lines.Append));
            return;
        }

        foreach (string path in Path ?? LiteralPath!)
        {
            foreach (string file in PayloadPaths.Resolve(this, path, ParameterSetName == LiteralPathSet, fault => Check([fault])))
            {
                Check(PayloadFile.Read(file));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines.Complete() is BulkRequestDocument incomplete)
        {
            Check([incomplete]);
        }

        _check!.Complete(Tell);
        WriteVerbose(FormattableString.Invariant($"{_check.Records:N0} records were checked: {_check.Errors:N0} errors, {_check.Warnings:N0} warnings."));
        if (Quiet)
        {
            WriteObject(_isReadable && _check.Errors == 0);
        }
    }

    private void Check(IEnumerable<BulkRequestDocument> documents)
    {
        foreach (BulkRequestDocument document in documents)
        {
            if (StopToken.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            if (document.Fault is not null)
            {
                _isReadable = false;
                WriteFault(document.Fault);
                continue;
            }

            _check!.Check(document, Tell);
        }
    }

    private void Tell(PayloadFinding finding)
    {
        if (!Quiet && (Severity.Length == 0 || Array.IndexOf(Severity, finding.Severity) >= 0))
        {
            WriteObject(finding);
        }
    }

    private CheckOptions ReadOptions()
    {
        TargetSystem? target = IsGiven(nameof(Target)) ? Target : null;
        JobMappings? mappings = ProvisioningSchema is null ? null : JobMappings.Of(ConversionParameters.ReadSchema(ProvisioningSchema, this), target);
        CheckOptions? options = null;
        if ((mappings is null || VerifiedDomain is null) && IsConnected())
        {
            RunWithGraph(async (run, stop) => options = await Source(run.WriteWarning, run.Notices).ReadAsync(run.Connection, Named(run), stop).ConfigureAwait(false));
        }

        return options ?? Source(WriteWarning, notices: null).ReadGiven();

        CheckSource Source(Action<string> say, IProgress<RetryNotice>? notices) => new(say, notices)
        {
            Mappings = mappings,
            VerifiedDomains = VerifiedDomain,
            Target = target,
            ExcludedRules = CheckParameters.Rules(ExcludeRule),
        };
    }

    // That no job is named is no fault here.
    private ProvisioningTarget Named(GraphRun run)
    {
        ProvisioningTarget target = ProvisioningTarget.From(ServicePrincipalId, ApplicationName, JobId, ParsedEndpoint).Or(run.Target);
        if (!target.IsNamed)
        {
            run.WriteVerbose("No job is named: the mappings of a new job are taken as the job's.");
        }

        return target;
    }

    private bool IsConnected()
    {
        try
        {
            Connect();
            return true;
        }
        catch (InboundProvisioningException fault) when (fault.ErrorId == "NotConnected")
        {
            WriteVerbose("There is no connection: the mappings of a new job are taken as the job's, and sign-in names may be in any domain. -ProvisioningSchema and -VerifiedDomain tell more.");
            return false;
        }
    }
}
