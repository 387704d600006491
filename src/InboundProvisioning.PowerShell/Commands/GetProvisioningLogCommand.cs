using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Reads the provisioning logs of a job: what became of the records that were sent, one object a change.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningLog", DefaultParameterSetName = LastSet)]
[OutputType(typeof(ProvisioningChange), typeof(ProvisioningEvent), typeof(CycleSummary))]
public sealed class GetProvisioningLogCommand : JobCmdlet
{
    private const string LastSet = "Last";
    private const string CycleIdSet = "CycleId";
    private const string TimeSet = "Time";

    // Warnings name so many records at the most.
    private const int MostNamed = 50;

    // Each record with the time from which its outcomes count, in the order of their coming.
    private readonly Dictionary<string, DateTimeOffset?> _records = new(StringComparer.Ordinal);
    private readonly HashSet<(string? ServicePrincipalId, string JobId)> _sentTo = [];
    private bool _hasResults;

    /// <summary>The newest so many cycles of the job. Default 1; where records are named, all that the service keeps.</summary>
    [Parameter(ParameterSetName = LastSet)]
    [Alias("NumberOfCycles")]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = 1;

    /// <summary>The ids of cycles.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CycleIdSet)]
    [ValidateNotNullOrEmpty]
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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Raw && Summary)
        {
            ThrowConflict("-Raw gives events, -Summary one object a cycle. Give one of them.");
        }

        if (Wait && (IsGiven(nameof(Last)) || ParameterSetName == CycleIdSet || IsGiven(nameof(Until))))
        {
            ThrowConflict("-Wait is about outcomes to come: leave out -Last, -CycleId and -Until. -Since says from when outcomes count.");
        }

        if (Wait && !IsGiven(nameof(SourceId)) && !IsGiven(nameof(InputObject)) && !MyInvocation.ExpectingInput)
        {
            ThrowConflict("-Wait needs to know the records: give -SourceId, or pipe the output of Send-ScimBulkPayload.");
        }

        if (IsGiven(nameof(Since)) && IsGiven(nameof(Until)) && Since > Until)
        {
            ThrowConflict("-Since is later than -Until: no event is within.");
        }

        WarnOfUnknown(nameof(Status), Status, LogTerms.Statuses);
        WarnOfUnknown(nameof(Action), Action, LogTerms.Actions);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AddRecords(SourceId);
        foreach (PSObject? item in InputObject ?? [])
        {
            switch (item?.BaseObject)
            {
                case null:
                    break;
                case BulkUploadResult result:
                    AddSent(result);
                    break;
                case string or Guid or (sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double):
                    AddRecords([Text(item.BaseObject)]);
                    break;
                default:
                    AddNamed(item);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        bool namesRecords = IsGiven(nameof(SourceId)) || IsGiven(nameof(InputObject)) || MyInvocation.ExpectingInput;
        if (namesRecords && _records.Count == 0)
        {
            // Nothing came down the pipeline. All events of the job are not what was asked for.
            WriteVerbose("No record is named, so nothing is looked up.");
            return;
        }

        RunWithJob(ReadAsync, static connection => ProvisioningLogClient.RequireOffered(connection.Endpoints), JobSentTo());
        LogProgressDisplay.Complete(this);
    }

    private static string? Text(object? value) => Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture);

    private void AddNamed(PSObject item)
    {
        if ((item.Properties[nameof(SourceId)] ?? item.Properties["ExternalId"]) is PSPropertyInfo property)
        {
            // Empty in events about others than records.
            AddRecords([Text(property.Value)]);
            return;
        }

        WriteFault(
            new InboundProvisioningException(
                "InvalidInputObject",
                FaultKind.InvalidArgument,
                "The pipeline takes externalIds, objects with a property SourceId or ExternalId, and the output of Send-ScimBulkPayload; "
                    + $"this is {item.BaseObject.GetType().FullName}."),
            item);
    }

    private void AddRecords(IEnumerable<string?>? externalIds)
    {
        foreach (string? id in externalIds ?? [])
        {
            if (!string.IsNullOrEmpty(id))
            {
                AddRecord(id!, IsGiven(nameof(Since)) ? Since : null);
            }
        }
    }

    // Sent twice: the outcome of the later one is of interest.
    private void AddRecord(string id, DateTimeOffset? since) =>
        _records[id] = _records.TryGetValue(id, out DateTimeOffset? before) && !(since > before) && before is not null ? before : since;

    private void AddSent(BulkUploadResult result)
    {
        if (result.AcceptedOn is not DateTimeOffset accepted)
        {
            return;
        }

        _hasResults = true;
        _sentTo.Add((result.ServicePrincipalId, result.JobId!));
        foreach (string id in result.ExternalIds)
        {
            AddRecord(id, IsGiven(nameof(Since)) ? Since : accepted);
        }
    }

    // The results of a sending know their job.
    private ProvisioningTarget? JobSentTo()
    {
        if (_sentTo.Count == 0 || IsGiven(nameof(ServicePrincipalId)) || IsGiven(nameof(ApplicationName)) || IsGiven(nameof(JobId)) || IsGiven(nameof(ProvisioningEndpoint)))
        {
            return null;
        }

        if (_sentTo.Count > 1)
        {
            ThrowConflict("The results are of several jobs: " + string.Join(", ", _sentTo.Select(static job => $"'{job.JobId}'")) + ". Read the logs of one job at a time.");
        }

        (string? servicePrincipalId, string jobId) = _sentTo.Single();
        return new ProvisioningTarget(servicePrincipalId, jobId);
    }

    private async Task ReadAsync(GraphRun run, ProvisioningJobAddress job, CancellationToken stop)
    {
        var progress = new LogProgressDisplay(run, job);
        var limit = new CallRateLimiterOptions { CallLimit = CallLimit, Window = TimeSpan.FromSeconds(CallLimitSeconds) };
        var logs = new ProvisioningLogClient(run.Graph, SessionCallLimits.OfReports(run.Connection, limit), run.Notices) { Progress = progress };
        var output = new LogOutput(run, IsGiven(nameof(First)) ? First : int.MaxValue, Raw, Summary);
        if (Wait)
        {
            await WatchAsync(run, logs, job, output, progress, stop).ConfigureAwait(false);
        }
        else
        {
            await ReadOnceAsync(run, logs, job, output, stop).ConfigureAwait(false);
        }
    }

    private async Task ReadOnceAsync(GraphRun run, ProvisioningLogClient logs, ProvisioningJobAddress job, LogOutput output, CancellationToken stop)
    {
        bool any = false;
        await foreach (ProvisioningEvent item in logs.ReadAsync(job, Selection(), stop).ConfigureAwait(false))
        {
            any = true;
            if (item.SourceId is not string id || !_records.TryGetValue(id, out DateTimeOffset? since) || !(item.ActivityDateTime < since))
            {
                output.Add(item);
            }

            if (output.IsFull)
            {
                return;
            }
        }

        output.Complete();
        if (!any)
        {
            TellNothing(run, job);
        }
    }

    private ProvisioningLogSelection Selection() => new()
    {
        Last = ParameterSetName == LastSet && (_records.Count == 0 || IsGiven(nameof(Last))) ? Last : null,
        CycleIds = CycleId,
        Since = IsGiven(nameof(Since)) ? Since : _hasResults ? Earliest() : null,
        Until = IsGiven(nameof(Until)) ? Until : null,
        SourceIds = _records.Keys,
        Statuses = Status,
        Actions = Action,
    };

    private DateTimeOffset? Earliest() => _records.Values.Any(static time => time is null) ? null : _records.Values.Min();

    private async Task WatchAsync(
        GraphRun run, ProvisioningLogClient logs, ProvisioningJobAddress job, LogOutput output, LogProgressDisplay progress, CancellationToken stop)
    {
        var terms = new ProvisioningLogSelection { Statuses = Status, Actions = Action };
        var watch = new OutcomeWatch(
            logs, job, _records, TimeSpan.FromSeconds(PollingSeconds), TimeSpan.FromSeconds(Timeout), TimeProvider.System);
        progress.Expect(_records.Count);
        do
        {
            progress.Open = watch.Open.Count;
            await foreach (ProvisioningEvent item in watch.LookAsync(stop).ConfigureAwait(false))
            {
                if (terms.HasTerms(item))
                {
                    output.Add(item);
                }

                if (output.IsFull)
                {
                    return;
                }
            }

            // A record is not looked for again: its changes are complete.
            output.CompleteChanges();
            progress.Waiting(watch.Open.Count, PollingSeconds);
        }
        while (await watch.WaitAsync(stop).ConfigureAwait(false));

        output.Complete();
        if (watch.Open.Count > 0)
        {
            run.WriteWarning(string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} of {1:N0} records have no outcome in the logs after {2} s. They have not failed: the job may not have come to them, is paused, or the logs "
                    + "lag behind. Still open: {3}",
                watch.Open.Count,
                _records.Count,
                Timeout,
                Names(watch.Open)));
        }
    }

    private void TellNothing(GraphRun run, ProvisioningJobAddress job)
    {
        string what = $"The provisioning logs of {job} hold no events" + (_records.Count > 0 ? $" of {Names(_records.Keys)}" : string.Empty);
        if (Status.Length > 0 || Action.Length > 0)
        {
            run.WriteVerbose(what + " with this status and action.");
            return;
        }

        run.WriteWarning(
            what + (ParameterSetName == LastSet ? "." : " in this cycle or time.")
                + " The job may be paused or not have run yet, the provisioning agent may be down, or it is too early: events show up 5 to 10 minutes after a cycle.");
    }

    private static string Names(IReadOnlyCollection<string> ids) =>
        string.Join(", ", ids.Take(MostNamed).Select(static id => $"'{id}'")) + (ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : string.Empty);

    // A new member of Microsoft's enumerations is taken as it is; a slip of the pen would look as if there were no such events.
    private void WarnOfUnknown(string parameter, string[] terms, IReadOnlyList<string> known)
    {
        foreach (string term in terms.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            WriteWarning($"-{parameter} '{term}' is none of those known so far ({string.Join(", ", known)}). It is looked for as it is.");
        }
    }

    private void ThrowConflict(string message) =>
        ThrowFault(new InboundProvisioningException("LogParameterConflict", FaultKind.InvalidArgument, message));
}
