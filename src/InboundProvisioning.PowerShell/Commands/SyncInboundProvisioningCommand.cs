using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Checks;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.PowerShell.Sync;
using InboundProvisioning.Reports;
using InboundProvisioning.RunLogs;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Sends who is new or changed since the last run, after the changes have passed the safeguards, and keeps what was accepted.
/// </summary>
[Cmdlet(VerbsData.Sync, "InboundProvisioning", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SyncResult), typeof(ProvisioningPlan))]
public sealed class SyncInboundProvisioningCommand : SyncCmdlet, IUploadParameters
{
    private const string PlanSet = "Plan";

    private UploadRunSettings? _upload;
    private ProvisioningTarget? _target;
    private ServiceConnection? _connection;
    private ProvisioningJobAddress? _job;
    private SyncResult? _early;
    private RunLog? _log;
    private RunLogObserver? _told;
    private bool _isWhatIf;
    private IReadOnlyList<PlannedChange> _changes = [];
    private Exception? _reportFault;

    /// <summary>A plan of Get-ProvisioningPlan -PlanPath that is carried out exactly, in place of a source.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    public string? Plan { get; set; }

    /// <summary>Sends all people to begin with; for an empty state.</summary>
    [Parameter]
    public SwitchParameter Initial { get; set; }

    /// <summary>Takes all people as accepted to begin with, without a call; for an empty state.</summary>
    [Parameter]
    public SwitchParameter Baseline { get; set; }

    /// <summary>How many seconds to wait for another run that holds the state.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int WaitForLock { get; set; }

    /// <summary>How long the run may take; what is left goes with the next one.</summary>
    [Parameter]
    public TimeSpan MaximumDuration { get; set; }

    /// <summary>How long to wait for what becomes of the records that were sent; a cycle of the job comes every 40 minutes.</summary>
    [Parameter]
    public TimeSpan WaitOutcome { get; set; }

    /// <summary>The most requests in flight together.</summary>
    [Parameter]
    [ValidateRange(1, 16)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The most calls in any CallLimitSeconds. Default 40, the service's figure.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int CallLimit { get; set; } = 40;

    /// <summary>The seconds that CallLimit is about. Default 5, the service's figure.</summary>
    [Parameter]
    [ValidateRange(0.1, 3600)]
    public double CallLimitSeconds { get; set; } = 5;

    /// <summary>How often a call is tried again after a fault that may pass. Default 6, about a minute of outage.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 6;

    /// <summary>The longest that one call may take, in seconds. Default 100.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Pauses the job while it is sent to, and starts it again afterwards, whatever comes.</summary>
    [Parameter]
    public SwitchParameter RestartJob { get; set; }

    /// <summary>A file that takes a report of the run, however it ends: .html, .md or .json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>How much of people the report tells.</summary>
    [Parameter]
    public ReportDetail ReportDetail { get; set; } = ReportDetail.Records;

    /// <summary>A file of JSON lines that takes the log of the run: numbers, ids of errors and requests, nothing about people.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Writes how the run ends, and what goes wrong, to the event log of Windows.</summary>
    [Parameter]
    public SwitchParameter EventLog { get; set; }

    /// <summary>Writes messages, which can name people, to the log too.</summary>
    [Parameter]
    public SwitchParameter LogMessage { get; set; }

    internal override bool KeepsRejected => !_isWhatIf;

    /// <inheritdoc/>
    protected override void BeginProcessing() => GuardRun(() =>
    {
        Prepare();
        _isWhatIf = IsWhatIf();
        OpenLog();
        if (Initial && Baseline)
        {
            throw new InboundProvisioningException(
                "InitialOrBaseline", FaultKind.InvalidArgument, "-Initial sends all people and -Baseline sends nobody. Give one of them.");
        }

        if (ParameterSetName != PlanSet)
        {
            ReadMapping();
        }

        SyncSettings settings = Settings() with
        {
            Initial = Initial,
            Baseline = Baseline,
            WaitForLock = TimeSpan.FromSeconds(WaitForLock),
            MaximumDuration = IsGiven(nameof(MaximumDuration)) ? MaximumDuration : null,
        };
        OutcomeWait.Check(WaitOutcome, IsGiven(nameof(WaitOutcome)));
        (ServiceConnection connection, ProvisioningTarget named) = Connect();
        _connection = connection;
        _target = Target(named);
        Session = Await(Pipeline!, () => Task.Run(() => _isWhatIf
            ? SyncSession.OpenForPlan(settings, _told!, Cancellation)
            : SyncSession.Open(settings, _told!, Cancellation)));
        ProvisioningJobAddress job = _job = Await(Pipeline!, () => Task.Run(() => LocateAsync(connection)));
        Session.RequireIdentity(new StateIdentity(job.JobId, job.ServicePrincipalId, connection.Endpoints.Graph.Host));
        _log!.OnStarted(job.JobId);
        WriteVerbose($"{_target} at {connection.Endpoints.Graph.Host}.");
        _upload = UploadParameters.Read(this, connection, new ProvisioningTarget(job.ServicePrincipalId, job.JobId), callsPerDay: null);
        if (!_isWhatIf)
        {
            Await(Pipeline!, () => Task.Run(() => WithLogsAsync(Session.SettleAsync, HalfOfTime)));
            _early = Await(Pipeline!, () => Task.Run(() => Session.ResumeAsync(_upload, Cancellation)));
        }
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_early is null)
        {
            GuardRun(TakeInput);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        GuardRun(() =>
        {
            if (_early is null)
            {
                Synchronize();
            }
        });
        Progress?.Complete();
        if (_early is not null)
        {
            Report();

            // Of a run that did not even begin it was told where it came.
            if (_early is { Fault: { } fault, RunId: > 0 })
            {
                WriteFault(fault);
            }

            _log?.OnEnded(_early);
            WriteVerbose(RunStory.Of(_early));
            WriteObject(_early);
            if (_reportFault is not null)
            {
                WriteFault(_reportFault);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _log?.Dispose();
        }
    }

    private void Synchronize()
    {
        SourceFacts facts = ParameterSetName == PlanSet ? Session!.ReadPlan(FilePaths.ResolveLiteral(this, Plan!)) : EndInput();
        CheckOptions? checks = ReadChecks(_connection, new ProvisioningTarget(_job!.ServicePrincipalId, _job.JobId));
        ProvisioningPlan plan = Await(Pipeline!, () => Task.Run(() => Session!.Review(facts, checks)));
        bool isStopped = Session!.IsStopped;
        WriteVerbose(RunStory.Of(plan));
        WriteVerbose(RunStory.Safeguards(plan, isStopped));
        if (!ShouldProcess(_target!.ToString(), StopMessage.Summary(plan)) && plan.Records > 0)
        {
            WriteObject(plan);
            return;
        }

        if (_isWhatIf)
        {
            WriteObject(plan);
            return;
        }

        if (ReportPath is not null && ReportDetail == ReportDetail.Values)
        {
            // Afterwards the old values are gone.
            _changes = Session.Changes(RunReport.MostValues);
        }

        _early = Await(Pipeline!, () => Task.Run(() => Session!.CarryOutAsync(_upload, Cancellation)));
        ReportInTime();
        foreach (InboundProvisioningException stop in StopMessage.Of(plan, StatePath, sent: !isStopped))
        {
            WriteFault(stop);
        }

        SyncResult result = _early;
        TimeSpan wait = IsGiven(nameof(MaximumDuration)) && MaximumDuration - result.Duration < WaitOutcome ? MaximumDuration - result.Duration : WaitOutcome;
        if (wait > TimeSpan.Zero && result.Accepted > 0)
        {
            Await(Pipeline!, () => Task.Run(() => WithLogsAsync(async (logs, job, stop) =>
                _early = await Session!.FollowAsync(result, logs, job, wait, stop).ConfigureAwait(false))));
        }
    }

    // A terminating error would leave the result out, and a script that ends with its exit code would end with 0: Guard makes one of it.
    internal override void ThrowFault(Exception exception, object? target = null) => ExceptionDispatchInfo.Capture(exception).Throw();

    // The other half is the records' own.
    private TimeSpan? HalfOfTime => IsGiven(nameof(MaximumDuration)) ? TimeSpan.FromTicks(MaximumDuration.Ticks / 2) : null;

    // What became of people is worth knowing, and no reason to leave the others waiting.
    private async Task<bool> WithLogsAsync(Func<ProvisioningLogClient, ProvisioningJobAddress, CancellationToken, Task> work, TimeSpan? most = null)
    {
        using GraphClient graph = _connection!.CreateGraphClient(new RetrySettings(), TimeProvider.System);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        if (most is TimeSpan limit)
        {
            time.CancelAfter(limit);
        }

        try
        {
            var logs = new ProvisioningLogClient(graph, SessionCallLimits.OfReports(_connection!, ProvisioningLogClient.DocumentedLimit), _told);
            await work(logs, _job!, time.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            _told!.OnWarning("The provisioning logs were not read to their end within -MaximumDuration. What was read counts, and the run goes on.");
            return false;
        }
        catch (InboundProvisioningException fault) when (!fault.ErrorId.StartsWith("State", StringComparison.Ordinal))
        {
            _told!.OnWarning($"What became of the records is not known, and the run goes on without: {fault.Message}");
            return false;
        }
    }

    private async Task<ProvisioningJobAddress> LocateAsync(ServiceConnection connection)
    {
        using GraphClient graph = connection.CreateGraphClient(new RetrySettings(), TimeProvider.System);
        return await _target!.LocateAsync(graph, _told, Cancellation).ConfigureAwait(false);
    }

    // A fault is an error and a result: a scheduled script that ends with its exit code must not end with 0 for want of one.
    private void GuardRun(Action action)
    {
        if (_early is not null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (Exception fault) when (fault is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            Fail(fault);
        }
        catch (RuntimeException fault) when (fault.ErrorRecord.Exception is InboundProvisioningException own)
        {
            Fail(own);
        }
        catch (Exception fault) when (IsUnforeseen(fault))
        {
            Fail(fault);
        }
    }

    // What the engine throws to end a pipeline (Ctrl+C, -ErrorAction Stop) is its own; that a question cannot be asked, as -Debug does without
    // anybody there, is none of that.
    private static bool IsUnforeseen(Exception fault) =>
        fault is not OperationCanceledException && (fault.GetType().Assembly != typeof(PSCmdlet).Assembly || fault is PSInvalidOperationException);

    private void Fail(Exception fault)
    {
        _early = new SyncResult
        {
            Status = SyncStatus.Failed,
            StartedOn = DateTimeOffset.UtcNow,
            Reason = fault.Message,
            Fault = fault as InboundProvisioningException,
        };
        ReportInTime();
        _log?.OnFault(fault);
        WriteFault(fault);
    }

    // Before an error is written that ends the cmdlet.
    private void ReportInTime()
    {
        if (StopsAtFault)
        {
            Report();
        }
    }

    // A report never makes a run fail.
    private void Report()
    {
        if (ReportPath is null || _isWhatIf)
        {
            return;
        }

        _reportFault = null;
        try
        {
            string path = FilePaths.ResolveLiteral(this, ReportPath);

            // Until it is resolved, the address of a blob may have a signature.
            string state = BlobStates.IsUrl(StatePath) ? BlobStates.Shown(StatePath) : StatePath;
            ReportFacts facts = RunReport.Of(Session, _early!, state, ReportDetail, _changes, TimeProvider.System);
            ReportFile.Write(path, facts, ReportFile.FormatOf(path), replacesAny: false);
        }
        catch (Exception fault) when (fault is not PipelineStoppedException)
        {
            _reportFault = new InboundProvisioningException(
                "ReportNotWritten",
                FaultKind.InvalidData,
                $"The report {ReportPath} was not written: {fault.Message} The run is not touched by that, and its result is as it is. Export-ProvisioningReport makes the report from the state.",
                ReportPath,
                fault);
        }
    }

    private void OpenLog()
    {
        if (EventLog && System.Environment.OSVersion.Platform != PlatformID.Win32NT)
        {
            throw new InboundProvisioningException(
                "EventLogNotHere", FaultKind.InvalidArgument, "-EventLog is for Windows. Use -LogPath; under systemd its entries go to the journal too.");
        }

        _log = new RunLog(LogMessage, TimeProvider.System, text => Pipeline!.Do(() => WriteWarning(text)));
        if (LogPath is not null && !_isWhatIf)
        {
            _log.AddFile(FilePaths.ResolveLiteral(this, LogPath));
        }

        if (EventLog && !_isWhatIf)
        {
            _log.AddEventLog();
        }

        _told = new RunLogObserver(Observer!, _log);
    }

    private bool IsWhatIf()
    {
        object? preference = MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : GetVariableValue("WhatIfPreference");
        return LanguagePrimitives.IsTrue(preference);
    }
}
