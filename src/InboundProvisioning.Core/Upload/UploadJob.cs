using System;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Upload;

/// <summary>
/// The job that is uploaded to, for what an upload has to do with it beside the upload: warn when it does not run, and pause it
/// meanwhile where that is asked for.
/// </summary>
internal sealed class UploadJob
{
    // A look at the job is a courtesy: it must not hold the upload up.
    private static readonly RetrySettings Quiet = new() { Retries = 0, CallTimeout = TimeSpan.FromSeconds(10) };

    private readonly ServiceConnection _connection;
    private readonly GraphClient _graph;
    private readonly IUploadObserver _observer;
    private readonly TimeProvider _time;
    private ProvisioningJobAddress? _address;
    private bool _isReadable;

    /// <param name="connection">The way to the service.</param>
    /// <param name="graph">Makes the calls that matter.</param>
    /// <param name="observer">Is told of retries and of what is to be known of the job.</param>
    /// <param name="time">The clock.</param>
    public UploadJob(ServiceConnection connection, GraphClient graph, IUploadObserver observer, TimeProvider time)
    {
        _connection = connection;
        _graph = graph;
        _observer = observer;
        _time = time;
    }

    /// <summary>Whether the job was paused here and has not been started again.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The command that starts the job.</summary>
    public string StartCommand => JobAdvice.StartCommand(_address!.ServicePrincipalId, _address.JobId);

    /// <summary>Finds the job, and either warns when it does not run or pauses it.</summary>
    /// <param name="target">The job that is meant.</param>
    /// <param name="pause">Whether to pause it.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InboundProvisioningException">The job is not found, or may not be paused and started.</exception>
    public async Task<ProvisioningJobAddress> PrepareAsync(ProvisioningTarget target, bool pause, CancellationToken stop)
    {
        _address = await target.LocateAsync(_graph, _observer, stop).ConfigureAwait(false);
        if (pause)
        {
            await PauseAsync(stop).ConfigureAwait(false);
        }
        else
        {
            _isReadable = await MayReadAsync(stop).ConfigureAwait(false) && await WarnAsync(prefix: string.Empty, stop).ConfigureAwait(false);
        }

        return _address;
    }

    /// <summary>Warns after the upload when the job does not run, where it could be read before.</summary>
    public async Task WarnAfterAsync(CancellationToken stop)
    {
        if (_isReadable)
        {
            await WarnAsync("What was sent is staged, but not processed yet. ", stop).ConfigureAwait(false);
        }
    }

    /// <summary>Starts the job again.</summary>
    /// <exception cref="InboundProvisioningException"><c>JobNotStarted</c>: it stays paused; the message has the command to run.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        try
        {
            await Client(_graph).StartAsync(_address!, stop).ConfigureAwait(false);
            IsHeld = false;
            _observer.OnDetail($"Started {_address} again.");
        }
        catch (InboundProvisioningException fault)
        {
            IsHeld = false;
            throw new InboundProvisioningException(
                "JobNotStarted", fault.Kind, $"The job was paused for the upload and could not be started again. {fault.Message} Run: {StartCommand}", _address, fault);
        }
    }

    /// <summary>Makes one attempt to start the job, within a time limit; for an upload that was broken off.</summary>
    /// <returns>Whether it was started.</returns>
    public async Task<bool> TryStartAsync(TimeSpan limit)
    {
        using var stop = new CancellationTokenSource(limit);
        try
        {
            using GraphClient graph = _connection.CreateGraphClient(new RetrySettings { Retries = 0, CallTimeout = limit }, _time);
            await new ProvisioningJobClient(graph, notices: null, _time).StartAsync(_address!, stop.Token).ConfigureAwait(false);
            IsHeld = false;
            return true;
        }
        catch (Exception)
        {
            // Whatever it is, the command that starts the job is told.
            return false;
        }
    }

    private ProvisioningJobClient Client(GraphClient graph) => new(graph, _observer, _time);

    private async Task PauseAsync(CancellationToken stop)
    {
        // Pause and start need the same permission, so a token that carries it for one has the right to the other:
        // https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-pause. A trial start is no check, since a job is to be
        // started only while it is paused or in quarantine: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start.
        JobAccess access = await JobAccess.OfAsync(_connection.Tokens, stop).ConfigureAwait(false);
        if (access.MayWrite == false)
        {
            throw new InboundProvisioningException(
                "PermissionMissing",
                FaultKind.PermissionDenied,
                $"-RestartJob needs the right to start the job again, and the app lacks it: grant it {GraphPermissions.WriteSynchronization}, with admin consent, and connect again. Nothing was paused and nothing was sent.");
        }

        ProvisioningJob job = await Client(_graph).GetAsync(_address!, stop).ConfigureAwait(false);
        _address = new ProvisioningJobAddress(job.ServicePrincipalId, job.JobId);
        IsHeld = true;
        try
        {
            await Client(_graph).PauseAsync(_address, stop).ConfigureAwait(false);
        }
        catch (GraphException fault) when (fault.Status is >= 400 and < 500)
        {
            // The service refused: the job is as it was.
            IsHeld = false;
            throw;
        }

        _isReadable = true;
        _observer.OnDetail($"Paused {_address}.");
    }

    private async Task<bool> MayReadAsync(CancellationToken stop)
    {
        try
        {
            if ((await JobAccess.OfAsync(_connection.Tokens, stop).ConfigureAwait(false)).MayRead == false)
            {
                NotSeen($"the app has no permission such as {GraphPermissions.ReadSynchronization}");
                return false;
            }
        }
        catch (InboundProvisioningException)
        {
            // No token: the upload says so, and what was not sent.
            return false;
        }

        return true;
    }

    private async Task<bool> WarnAsync(string prefix, CancellationToken stop)
    {
        try
        {
            using GraphClient graph = _connection.CreateGraphClient(Quiet, _time);
            ProvisioningJob job = await new ProvisioningJobClient(graph, notices: null, _time).GetAsync(_address!, stop).ConfigureAwait(false);
            if (JobAdvice.For(job) is string advice)
            {
                _observer.OnWarning(prefix + advice);
            }

            return true;
        }
        catch (InboundProvisioningException fault)
        {
            NotSeen(fault.ErrorId == "PermissionMissing" ? $"the app has no permission such as {GraphPermissions.ReadSynchronization}" : fault.Message);
            return false;
        }
    }

    private void NotSeen(string reason) => _observer.OnDetail($"Whether the job runs was not looked up: {reason}.");
}
