using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.PowerShell.Logs;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Reads the provisioning logs of a job: what became of the records that were sent, one object a change.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningLog", DefaultParameterSetName = LastSet)]
[OutputType(typeof(ProvisioningChange), typeof(ProvisioningEvent), typeof(CycleSummary))]
public sealed class GetProvisioningLogCommand : JobCmdlet
{
    private const string LastSet = "Last";
    private const string CycleIdSet = "CycleId";
    private const string TimeSet = "Time";

    private LogRecords _records = new(since: null);

    /// <summary>The newest so many cycles of the job. Default 1; where records are named, all that the service keeps.</summary>
    [Parameter(ParameterSetName = LastSet)]
    [Alias("NumberOfCycles")]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = 1;

    /// <summary>The ids of cycles.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CycleIdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CycleIdCompleter))]
    public string[] CycleId { get; set; } = [];

    /// <summary>The earliest time, itself included.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public DateTimeOffset Since { get; set; }

    /// <summary>The latest time, itself included.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public DateTimeOffset Until { get; set; }

    /// <summary>The externalIds of records, case sensitive.</summary>
    [Parameter]
    [Alias("ExternalId")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? SourceId { get; set; }

    /// <summary>
    /// ExternalIds; objects with a property SourceId or ExternalId; or what Send-ScimBulkPayload gives: its records, from the time that
    /// they were accepted.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>The statuses of events.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LogStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Status { get; set; } = [];

    /// <summary>The actions of events.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LogActionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Action { get; set; } = [];

    /// <summary>Emits so many objects and asks for no more pages.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>Emits single events instead of changes.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Emits one object a cycle, with its figures.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Looks again and again until each record has an outcome.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait, in seconds. Default 3600: a cycle comes every 40 minutes, its events 5 to 10 minutes later.</summary>
    [Parameter]
    [ValidateRange(0, 7 * 24 * 3600)]
    public int Timeout { get; set; } = 3600;

    /// <summary>The time between two looks of -Wait, in seconds. Default 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int PollingSeconds { get; set; } = 30;

    /// <summary>The most calls in any CallLimitSeconds. Default 5, the service's figure.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int CallLimit { get; set; } = ProvisioningLogClient.DocumentedLimit.CallLimit;

    /// <summary>The seconds that CallLimit is about. Default 10, the service's figure.</summary>
    [Parameter]
    [ValidateRange(0.1, 3600)]
    public double CallLimitSeconds { get; set; } = ProvisioningLogClient.DocumentedLimit.Window.TotalSeconds;

    private bool NamesRecords => IsGiven(nameof(SourceId)) || IsGiven(nameof(InputObject)) || MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        RefuseIf(Raw && Summary, "-Raw gives events, -Summary one object a cycle. Give one of them.");
        RefuseIf(
            Wait && (IsGiven(nameof(Last)) || ParameterSetName == CycleIdSet || IsGiven(nameof(Until))),
            "-Wait is about outcomes to come: leave out -Last, -CycleId and -Until. -Since says from when outcomes count.");
        RefuseIf(Wait && !NamesRecords, "-Wait needs to know the records: give -SourceId, or pipe the output of Send-ScimBulkPayload.");
        RefuseIf(IsGiven(nameof(Since)) && IsGiven(nameof(Until)) && Since > Until, "-Since is later than -Until: no event is within.");
        WarnOfUnknown(nameof(Status), Status, LogTerms.Statuses);
        WarnOfUnknown(nameof(Action), Action, LogTerms.Actions);
        _records = new LogRecords(IsGiven(nameof(Since)) ? Since : null);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _records.Add(SourceId ?? []);
        foreach (PSObject item in (InputObject ?? []).OfType<PSObject>())
        {
            if (item.BaseObject is BulkUploadResult result)
            {
                if (result is { AcceptedOn: DateTimeOffset accepted, ServicePrincipalId: string servicePrincipalId, JobId: string jobId })
                {
                    _records.AddSent(result.ExternalIds, accepted, new ProvisioningJobAddress(servicePrincipalId, jobId));
                }
            }
            else if (ExternalIdReader.TryRead(item, out string? id))
            {
                _records.Add([id]);
            }
            else
            {
                WriteFault(ExternalIdReader.Refuse(item), item);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (NamesRecords && _records.Count == 0)
        {
            // Nothing came down the pipeline. All events of the job are not what was asked for.
            WriteVerbose("No record is named, so nothing is looked up.");
            return;
        }

        try
        {
            RunWithJob(ReadAsync, static connection => ProvisioningLogClient.RequireOffered(connection.Endpoints), JobSentTo());
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
        }

        LogDisplay.Complete(this);
    }

    // The results of a sending know their job.
    private ProvisioningTarget? JobSentTo()
    {
        bool isNamed = IsGiven(nameof(ServicePrincipalId)) || IsGiven(nameof(ApplicationName)) || IsGiven(nameof(JobId)) || IsGiven(nameof(ProvisioningEndpoint));
        return !isNamed && _records.SentTo() is ProvisioningJobAddress job ? new ProvisioningTarget(job.ServicePrincipalId, job.JobId) : null;
    }

    private Task ReadAsync(GraphRun run, ProvisioningJobAddress job, CancellationToken stop)
    {
        var limit = new CallRateLimiterOptions { CallLimit = CallLimit, Window = TimeSpan.FromSeconds(CallLimitSeconds) };
        var logs = new ProvisioningLogRun(
            run.Graph, SessionCallLimits.OfReports(run.Connection, limit), job, _records, new LogDisplay(run, job), run.Notices, TimeProvider.System)
        {
            Form = Raw ? LogForm.Events : Summary ? LogForm.Summaries : LogForm.Changes,
            Most = IsGiven(nameof(First)) ? First : int.MaxValue,
            Selection = new ProvisioningLogSelection
            {
                Last = ParameterSetName == LastSet && (_records.Count == 0 || IsGiven(nameof(Last))) ? Last : null,
                CycleIds = CycleId,
                Since = IsGiven(nameof(Since)) ? Since : null,
                Until = IsGiven(nameof(Until)) ? Until : null,
                Statuses = Status,
                Actions = Action,
            },
        };
        return Wait ? logs.WatchAsync(TimeSpan.FromSeconds(PollingSeconds), TimeSpan.FromSeconds(Timeout), stop) : logs.ReadAsync(stop);
    }

    // A new member of Microsoft's enumerations is taken as it is; a slip of the pen would look as if there were no such events.
    private void WarnOfUnknown(string parameter, string[] terms, IReadOnlyList<string> known)
    {
        foreach (string term in terms.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            WriteWarning($"-{parameter} '{term}' is none of those known so far ({string.Join(", ", known)}). It is looked for as it is.");
        }
    }

    private void RefuseIf(bool conflict, string message)
    {
        if (conflict)
        {
            ThrowFault(new InboundProvisioningException("LogParameterConflict", FaultKind.InvalidArgument, message));
        }
    }
}
