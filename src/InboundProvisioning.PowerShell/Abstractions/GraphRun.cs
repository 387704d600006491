using System;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Connections;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>What a cmdlet's work on a worker thread has at hand: the client, and the pipeline for what it has to tell.</summary>
internal sealed class GraphRun
{
    private readonly Cmdlet _cmdlet;
    private readonly PipelineQueue _pipeline;

    public GraphRun(Cmdlet cmdlet, ServiceConnection connection, ProvisioningTarget target, GraphClient graph, PipelineQueue pipeline)
    {
        _cmdlet = cmdlet;
        _pipeline = pipeline;
        Connection = connection;
        Target = target;
        Graph = graph;
        Notices = new RetryNotices(this);
    }

    /// <summary>The connection that the calls go over.</summary>
    public ServiceConnection Connection { get; }

    /// <summary>The job that was named when the connection was made.</summary>
    public ProvisioningTarget Target { get; }

    /// <summary>Makes the calls.</summary>
    public GraphClient Graph { get; }

    /// <summary>Shows each retry in the verbose stream.</summary>
    public IProgress<RetryNotice> Notices { get; }

    /// <summary>Emits an object, after all that was posted before it.</summary>
    public void WriteObject(object item) => _pipeline.Post(() =>
    {
        SessionIds.Current.Note(item);
        _cmdlet.WriteObject(item);
    });

    /// <summary>Writes the fault of one item; the others go on.</summary>
    public void WriteFault(Exception fault, object? target = null) => _pipeline.Post(() => _cmdlet.WriteError(ErrorRecords.From(fault, target)));

    /// <summary>Writes a warning.</summary>
    public void WriteWarning(string text) => _pipeline.Post(() => _cmdlet.WriteWarning(text));

    /// <summary>Writes a line for -Verbose.</summary>
    public void WriteVerbose(string text) => _pipeline.Post(() => _cmdlet.WriteVerbose(text));

    /// <summary>Shows progress; dropped when the pipeline is behind.</summary>
    public void WriteProgress(ProgressRecord record) => _pipeline.TryPost(() => _cmdlet.WriteProgress(record));

    /// <summary>Asks whether to do it, as -WhatIf and -Confirm say.</summary>
    public Task<bool> ShouldProcessAsync(string target, string action) => _pipeline.AskAsync(() => _cmdlet.ShouldProcess(target, action));

    /// <summary>Does something on the pipeline thread and gives its result.</summary>
    public Task<T> AskAsync<T>(Func<T> question) => _pipeline.AskAsync(question);

    private sealed class RetryNotices(GraphRun run) : IProgress<RetryNotice>
    {
        public void Report(RetryNotice value) => run.WriteVerbose(
            $"{value.Purpose}: attempt {value.Attempt} failed ({value.Reason}); trying again in {value.Delay.TotalSeconds:0.0} s.");
    }
}
