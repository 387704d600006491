using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Sends bulk requests to a provisioning job and emits one object for each that the service has taken, in their order. It stays
/// under the limits of the service, tries again what may pass, and renews the token.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "ScimBulkPayload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(BulkUploadResult))]
public sealed class SendScimBulkPayloadCommand : JobCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";
    private const string InputObjectSource = "InputObject";

    // Requests read ahead for each one in flight: enough that a slow one does not hold up the others, and little memory.
    private const int ReadAhead = 8;

    private readonly Queue<Task<BulkUploadOutcome>> _pending = new();
    private readonly Queue<string> _files = new();
    private readonly BulkRequestLines _lines = new(InputObjectSource);
    private CancellationTokenSource? _cancellation;
    private PipelineQueue? _pipeline;
    private ServiceConnection? _connection;
    private ProvisioningTarget? _target;
    private GraphClient? _graph;
    private UploadJob? _job;
    private bool _anyAccepted;
    private Task? _jobWork;
    private BulkUploadQueue? _uploads;
    private UploadProgress? _progress;
    private IEnumerator<BulkRequestDocument>? _documents;
    private int _index;
    private bool _stopAtFault;

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

    /// <summary>The most requests in flight together. Default 4, with which the limit is reached at 300 milliseconds a call.</summary>
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

    /// <summary>
    /// The most calls of this process in any 24 hours; the run ends there. Left out, the service alone counts: 2,000 with Entra
    /// ID P1 or P2, 6,000 with Entra ID Governance.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1000000)]
    public int DailyCallLimit { get; set; }

    /// <summary>How often a call is tried again after a fault that may pass. Default 6, about a minute of outage.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 6;

    /// <summary>The longest that one call may take, in seconds. Default 100.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>
    /// Pauses the job while it is sent to, and starts it again afterwards, whatever comes: its next cycle takes all that was sent.
    /// </summary>
    [Parameter]
    [Alias("RestartService")]
    public SwitchParameter RestartJob { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        Pipeline = _pipeline = new PipelineQueue(_cancellation.Token);
        _progress = new UploadProgress(this);
        _stopAtFault = ErrorPreference() == ActionPreference.Stop;
        try
        {
            (_connection, ProvisioningTarget target) = Connect();
            _target = Target(target);
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Submit(InputObject.SelectMany(_lines.Append));
            return;
        }

        foreach (string path in Path ?? LiteralPath!)
        {
            AddFiles(path);
        }

        _progress!.AddFiles(_files.Count);
        while (_files.Count > 0)
        {
            Submit(ReadFile(_files.Dequeue()));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines.Complete() is BulkRequestDocument incomplete)
        {
            Submit([incomplete]);
        }

        while (_pending.Count > 0)
        {
            EmitNext(moreMayFollow: false);
        }

        _progress!.Complete();
        if (StartAgain() is InboundProvisioningException fault)
        {
            WriteFault(fault);
        }

        if (_anyAccepted)
        {
            OnWorker(() => _job!.WarnAfterAsync(_cancellation!.Token));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _cancellation is not null)
        {
            // However the pipeline ends: nothing is left in flight behind it.
            _cancellation.Cancel();
            foreach (Task task in _jobWork is null ? _pending : _pending.Prepend(_jobWork))
            {
                ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            }

            ReleaseJob();

            _documents?.Dispose();
            _uploads?.Dispose();
            _graph?.Dispose();
            _pipeline?.Dispose();
            _cancellation.Dispose();
        }

        base.Dispose(disposing);
    }

    private ActionPreference ErrorPreference()
    {
        object? preference = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
            ? given
            : GetVariableValue("ErrorActionPreference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) ? action : ActionPreference.Continue;
    }

    private void AddFiles(string path)
    {
        try
        {
            foreach (string file in ParameterSetName == LiteralPathSet ? [FilePaths.ResolveLiteral(this, path)] : FilePaths.Resolve(this, path))
            {
                _files.Enqueue(file);
            }
        }
        catch (InboundProvisioningException fault)
        {
            Submit([IsPayload(path) ? NotFound(path) : BulkRequestDocument.Unreadable(path, fault)]);
        }
        catch (Exception fault) when (fault is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ArgumentException or NotSupportedException)
        {
            Submit([IsPayload(path) ? NotFound(path) : Unreadable(path, "PathInvalid", $"'{path}' is not a path: {fault.Message}")]);
        }
    }

    private static bool IsPayload(string path) => path.TrimStart() is ['{', ..] && path.IndexOf('"') > 0;

    private static BulkRequestDocument NotFound(string path) => IsPayload(path)
        ? Unreadable("Path", "PathIsPayload", "-Path was given a payload itself. Give it to -InputObject, or through the pipeline.")
        : Unreadable(path, "PathNotFound", $"There is no file '{path}'.");

    private static BulkRequestDocument NotReadable(string path, Exception fault) => Directory.Exists(path)
        ? Unreadable(path, "NotAFile", $"'{path}' is a folder. Give the files in it: -Path '{System.IO.Path.Combine(path, "*.json")}'.")
        : Unreadable(path, "PathNotReadable", $"'{path}' cannot be read: {fault.Message}");

    private static BulkRequestDocument Unreadable(string source, string errorId, string message) => BulkRequestDocument.Unreadable(
        source, new InboundProvisioningException(errorId, FaultKind.NotFound, message, source));

    // The faults of opening and reading become a document with a fault, so that they take their place in the order.
    private static IEnumerable<BulkRequestDocument> ReadFile(string file)
    {
        using IEnumerator<BulkRequestDocument> documents = BulkRequestDocumentReader.ReadFile(file).GetEnumerator();
        while (true)
        {
            BulkRequestDocument? next;
            try
            {
                next = documents.MoveNext() ? documents.Current : null;
            }
            catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
            {
                next = NotFound(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                next = NotReadable(file, fault);
            }

            if (next is null)
            {
                yield break;
            }

            yield return next;
            if (next.Fault?.ErrorId is "PathNotFound" or "NotAFile" or "PathIsPayload" or "PathNotReadable")
            {
                yield break;
            }
        }
    }

    private void Submit(IEnumerable<BulkRequestDocument> documents)
    {
        _documents = documents.GetEnumerator();
        while (_documents.MoveNext())
        {
            Submit(_documents.Current);
        }

        _documents.Dispose();
        _documents = null;
    }

    private void Submit(BulkRequestDocument document)
    {
        if (document.Fault is null && !ShouldProcess(_target!.ToString(), $"Upload {document.OperationText} of {document}"))
        {
            return;
        }

        int index = ++_index;
        _pending.Enqueue(document.Fault is null
            ? Uploads().Enqueue(index, document)
            : Task.FromResult(new BulkUploadOutcome(index, document) { Fault = document.Fault }));
        while (_pending.Count > 0 && (_pending.Peek().IsCompleted || _pending.Count > ThrottleLimit * ReadAhead))
        {
            EmitNext(moreMayFollow: MyInvocation.ExpectingInput);
        }

        _pipeline!.DrainPosted();
    }

    // Made when the first request is to be sent: -WhatIf makes no call.
    private BulkUploadQueue Uploads()
    {
        if (_uploads is not null)
        {
            return _uploads;
        }

        var retries = new RetrySettings { Retries = MaximumRetryCount, CallTimeout = TimeSpan.FromSeconds(TimeoutSec) };
        var options = new CallRateLimiterOptions { CallLimit = CallLimit, Window = TimeSpan.FromSeconds(CallLimitSeconds) };
        CallLimits limits = SessionCallLimits.Of(_connection!, options, IsGiven(nameof(DailyCallLimit)) ? DailyCallLimit : null);
        _graph = _connection!.CreateGraphClient(retries, TimeProvider.System);
        _uploads = new BulkUploadQueue(_graph, limits, Job(_graph), ThrottleLimit, new RetryNotices(this), _cancellation!.Token);
        return _uploads;
    }

    private ProvisioningJobAddress Job(GraphClient graph)
    {
        _job = new UploadJob(
            _connection!,
            graph,
            new RetryNotices(this),
            text => _pipeline!.Post(() => WriteWarning(text)),
            text => _pipeline!.Post(() => WriteVerbose(text)));
        Task<ProvisioningJobAddress> search = Task.Run(() => _job.PrepareAsync(_target!, RestartJob, _cancellation!.Token));
        _jobWork = search;
        WaitOnPipeline(_pipeline!, search);
        try
        {
            ProvisioningJobAddress job = search.GetAwaiter().GetResult();
            _pipeline!.DrainPosted();
            return job;
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
            throw;
        }
    }

    private void OnWorker(Func<Task> work)
    {
        Task task = Task.Run(work);
        _jobWork = task;
        WaitOnPipeline(_pipeline!, task);
        task.GetAwaiter().GetResult();
        _pipeline!.DrainPosted();
    }

    // The fault where the job was paused here and does not start.
    private InboundProvisioningException? StartAgain()
    {
        try
        {
            if (_job?.IsHeld == true)
            {
                OnWorker(() => _job.StartAsync(_cancellation!.Token));
            }

            return null;
        }
        catch (InboundProvisioningException fault)
        {
            return fault;
        }
    }

    // However the pipeline ended: a job that was paused here is not left behind without a word. Nothing can be written to a
    // pipeline that has been stopped, so the host shows it.
    private void ReleaseJob()
    {
        if (_job?.IsHeld != true)
        {
            return;
        }

        if (!Task.Run(() => _job.TryStartAsync(TimeSpan.FromSeconds(5))).GetAwaiter().GetResult())
        {
            Host?.UI?.WriteWarningLine($"The provisioning job was paused for the upload and could not be started again. Run: {_job.StartCommand}");
        }
    }

    private void EmitNext(bool moreMayFollow)
    {
        IReadOnlyList<BulkUploadOutcome> outcomes = Next();
        if (outcomes.Any(outcome => outcome.IsUnsent || outcome.EndsRun || (_stopAtFault && !outcome.IsAccepted)))
        {
            EndRun(outcomes, moreMayFollow);
            return;
        }

        foreach (BulkUploadOutcome outcome in outcomes)
        {
            Emit(outcome);
        }
    }

    private void Emit(BulkUploadOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            EmitAccepted(outcome);
        }
        else
        {
            WriteFault(BulkUploadFault.OfRequest(outcome));
        }
    }

    // The outcome of a request, or those of its parts.
    private IReadOnlyList<BulkUploadOutcome> Next()
    {
        Task<BulkUploadOutcome> next = _pending.Peek();
        WaitOnPipeline(_pipeline!, next);
        _pending.Dequeue();
        BulkUploadOutcome outcome = next.GetAwaiter().GetResult();
        return outcome.Parts.Count > 0 ? outcome.Parts : [outcome];
    }

    private void EmitAccepted(BulkUploadOutcome outcome)
    {
        BulkUploadResult result = outcome.Result!;
        _anyAccepted = true;
        _progress!.Add(result, _files.Count, _pending.Count);
        WriteDebug($"Request {result.Index} ({outcome.Document}): {result.StatusText}, request-id {result.RequestId}, {result.Attempts} attempts, {result.Duration}");
        WriteObject(result);
    }

    /// <summary>
    /// Ends the run with one error: nothing new is sent, what is in flight is awaited, what was accepted is still emitted, and
    /// the rest is named.
    /// </summary>
    private void EndRun(IReadOnlyList<BulkUploadOutcome> first, bool moreMayFollow)
    {
        _uploads?.End();
        var outcomes = new List<BulkUploadOutcome>(first);
        while (_pending.Count > 0)
        {
            outcomes.AddRange(Next());
        }

        BulkUploadOutcome cause = outcomes.Find(static outcome => outcome.EndsRun) ?? outcomes.Find(static outcome => outcome.Fault is not null)!;
        var refused = new List<BulkUploadOutcome>();
        var unsent = new List<UnsentPayload>();
        foreach (BulkUploadOutcome outcome in outcomes)
        {
            if (outcome.IsAccepted)
            {
                EmitAccepted(outcome);
            }
            else if (outcome.IsUnsent || outcome.EndsRun)
            {
                unsent.Add(UnsentPayload.Of(outcome.Document));
            }
            else if (!_stopAtFault)
            {
                WriteFault(BulkUploadFault.OfRequest(outcome));
            }
            else if (outcome != cause)
            {
                refused.Add(outcome);
            }
        }

        while (_documents?.MoveNext() == true)
        {
            unsent.Add(UnsentPayload.Of(_documents.Current));
        }

        foreach (string file in _files)
        {
            unsent.Add(UnsentPayload.OfFile(file));
        }

        _progress!.Complete();
        if (StartAgain() is InboundProvisioningException notStarted)
        {
            WriteWarning(notStarted.Message);
        }

        ThrowFault(BulkUploadFault.OfRun(cause, refused, unsent, moreMayFollow));
    }

    /// <summary>Brings the notices of the workers to the pipeline thread.</summary>
    private sealed class RetryNotices(SendScimBulkPayloadCommand cmdlet) : IProgress<RetryNotice>
    {
        public void Report(RetryNotice value) => cmdlet._pipeline!.Post(() =>
        {
            cmdlet.WriteVerbose($"{value.Purpose}: attempt {value.Attempt} failed ({value.Reason}); trying again in {value.Delay.TotalSeconds:0.0} s.");
            cmdlet._progress!.Waiting(value);
        });
    }
}
