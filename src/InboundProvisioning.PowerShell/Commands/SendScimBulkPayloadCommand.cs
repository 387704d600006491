using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Sends bulk requests to a provisioning job and emits one object for each that the service has taken, in their order. It stays
/// under the limits of the service, tries again what may pass, and renews the token.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "ScimBulkPayload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(BulkUploadResult))]
public sealed class SendScimBulkPayloadCommand : JobCmdlet, IUploadParameters
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";
    private const string InputObjectSource = "InputObject";

    private readonly Queue<string> _files = new();
    private readonly BulkRequestLines _lines = new(InputObjectSource);
    private CancellationTokenSource? _cancellation;
    private PipelineQueue? _pipeline;
    private ProvisioningTarget? _target;
    private UploadRun? _run;
    private UploadProgressDisplay? _progress;
    private bool _askedForRestart;

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
        _progress = new UploadProgressDisplay(this);
        try
        {
            (ServiceConnection connection, ProvisioningTarget target) = Connect();
            _target = Target(target);
            UploadRunSettings settings = UploadParameters.Read(this, connection, _target, IsGiven(nameof(DailyCallLimit)) ? DailyCallLimit : null) with
            {
                StopAtFault = StopsAtFault,
            };
            _run = new UploadRun(settings, new UploadObserver(this, _pipeline, _progress, StopsAtFault), _cancellation.Token);
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
            Send(InputObject.SelectMany(_lines.Append));
            return;
        }

        foreach (string path in Path ?? LiteralPath!)
        {
            AddFiles(path);
        }

        _progress!.AddFiles(_files.Count);
        while (_files.Count > 0)
        {
            _progress.TakeFile();
            Send(PayloadFile.Read(_files.Dequeue()));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines.Complete() is BulkRequestDocument incomplete)
        {
            Send([incomplete]);
        }

        Complete(rest: [], moreMayFollow: false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _cancellation is not null)
        {
            // However the pipeline ends: nothing is left in flight behind it.
            _cancellation.Cancel();
            Release();
            _pipeline?.Dispose();
            _cancellation.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AddFiles(string path)
    {
        foreach (string file in PayloadPaths.Resolve(this, path, ParameterSetName == LiteralPathSet, fault => Send([fault])))
        {
            _files.Enqueue(file);
        }
    }

    private void Send(IEnumerable<BulkRequestDocument> documents)
    {
        using IEnumerator<BulkRequestDocument> next = documents.GetEnumerator();
        while (next.MoveNext())
        {
            BulkRequestDocument document = next.Current;
            if (document.Fault is null)
            {
                AskForRestart();
                if (!ShouldProcess(_target!.ToString(), $"Upload {document.OperationText} of {document}"))
                {
                    continue;
                }
            }

            if (!Await(_pipeline!, () => _run!.SendAsync(document)))
            {
                Complete(Rest(next), MyInvocation.ExpectingInput);
            }
        }
    }

    // Asked once, before the first request: a "no" sends to the job while it runs.
    private void AskForRestart()
    {
        if (RestartJob && !_askedForRestart && !ShouldProcess(_target!.ToString(), "Pause the job while it is sent to, and start it again"))
        {
            _run!.LeaveJobRunning();
        }

        _askedForRestart = true;
    }

    // What is known by name and was not given to the run.
    private IEnumerable<UnsentPayload> Rest(IEnumerator<BulkRequestDocument> documents)
    {
        while (documents.MoveNext())
        {
            yield return UnsentPayload.Of(documents.Current);
        }

        foreach (string file in _files)
        {
            yield return UnsentPayload.OfFile(file);
        }
    }

    private void Complete(IEnumerable<UnsentPayload> rest, bool moreMayFollow)
    {
        UploadRunResult result = Await(_pipeline!, () => _run!.CompleteAsync(rest, moreMayFollow));
        _progress!.Complete();
        if (result.Fault is null && result.JobFault is not null)
        {
            WriteFault(result.JobFault);
        }
        else if (result.Fault is not null)
        {
            if (result.JobFault is not null)
            {
                WriteWarning(result.JobFault.Message);
            }

            ThrowFault(result.Fault);
        }
    }

    // However the pipeline ended: a job that was paused here is not left behind without a word. Nothing can be written to a
    // pipeline that has been stopped, so the host shows it.
    private void Release()
    {
        if (_run is null)
        {
            return;
        }

        WaitForStep();
        try
        {
            Task.Run(async () => await _run.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
        }
        finally
        {
            if (_run.StartCommand is string start)
            {
                Host?.UI?.WriteWarningLine($"The provisioning job was paused for the upload and could not be started again. Run: {start}");
            }
        }
    }
}
