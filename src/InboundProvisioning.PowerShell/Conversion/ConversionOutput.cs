using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Conversion;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>
/// Brings what a conversion yields to the pipeline, on the pipeline thread: requests as strings, or as files of a directory, and
/// rejected rows as errors.
/// </summary>
internal sealed class ConversionOutput : IConversionObserver
{
    private readonly AsyncCmdlet _cmdlet;
    private readonly BulkRequestDirectory? _directory;
    private readonly bool _writesStrings;
    private ConversionProgressDisplay? _display;
    private PipelineQueue? _queue;
    private BulkRequestFileWriter? _files;

    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="directory">Where requests go as files, or null.</param>
    /// <param name="writesStrings">Whether requests go to the pipeline where there is no directory; else they go nowhere.</param>
    public ConversionOutput(AsyncCmdlet cmdlet, BulkRequestDirectory? directory, bool writesStrings)
    {
        _cmdlet = cmdlet;
        _directory = directory;
        _writesStrings = writesStrings;
    }

    /// <summary>What is being converted; told with an error.</summary>
    public object? Current { get; set; }

    /// <summary>Why the rest of a file could not be read; null where all was.</summary>
    public InboundProvisioningException? FileFault { get; private set; }

    /// <summary>Runs a conversion of files.</summary>
    /// <param name="run">The conversion.</param>
    /// <param name="runsScript">Whether it has to be on the pipeline thread, where the engine is; else it gets a worker.</param>
    public ConversionSummary Run(Func<CancellationToken, ConversionSummary> run, bool runsScript)
    {
        using var display = new ConversionProgressDisplay(_cmdlet);
        _display = display;
        if (runsScript)
        {
            return run(_cmdlet.StopToken);
        }

        ConversionSummary? summary = null;
        _cmdlet.RunOnWorker((queue, token) =>
        {
            _queue = queue;
            using BulkRequestFileWriter? files = _directory is null ? null : new BulkRequestFileWriter(_directory, paths => Post(() => WriteFiles(paths)));
            _files = files;
            summary = run(token);
            files?.Complete();
            return Task.CompletedTask;
        });
        return summary!;
    }

    public void OnRequest(BulkRequest request)
    {
        if (_files is not null)
        {
            _files.Add(request);
        }
        else
        {
            Post(() => Write(request));
        }
    }

    public void OnRejected(RejectedRow row) => Fault(new InboundProvisioningException(
        row.Fault.ErrorId,
        row.Fault.ErrorId == "ScriptBlockFailed" ? FaultKind.Script : FaultKind.InvalidData,
        row.ToString(),
        Current ?? row,
        row.Fault.Exception));

    public void OnFurtherRejected(RejectionCount count) => Fault(new InboundProvisioningException(
        "FurtherRejectedRows",
        FaultKind.InvalidData,
        FormattableString.Invariant(
            $"{count.FurtherRows:N0} further rows were rejected for {count}: {count.FirstFurther} to {count.Last}. Errors are written for the first 100 of a kind; -RejectPath keeps all."),
        count));

    public void OnFileFault(InboundProvisioningException fault)
    {
        FileFault ??= fault;
        Fault(fault);
    }

    public void OnProgress(ConversionProgress progress)
    {
        if (_queue is null)
        {
            _display?.Show(progress);
        }
        else
        {
            _queue.TryPost(() => _display?.Show(progress));
        }
    }

    private void Fault(InboundProvisioningException fault) => Post(() => _cmdlet.WriteFault(fault));

    private void Post(Action action)
    {
        if (_queue is null)
        {
            action();
        }
        else
        {
            _queue.Post(action);
        }
    }

    private void Write(BulkRequest request)
    {
        using (request)
        {
            if (_directory is not null)
            {
                WriteFile(_directory.Write(request));
            }
            else if (_writesStrings)
            {
                _cmdlet.WriteObject(request.ToString());
            }
        }
    }

    private void WriteFiles(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            WriteFile(path);
        }
    }

    // With PSPath, as the items of the file system have it: Get-Content and its kin bind to that.
    private void WriteFile(string path)
    {
        PSObject file = PSObject.AsPSObject(new FileInfo(path));
        file.Properties.Add(new PSNoteProperty("PSPath", "Microsoft.PowerShell.Core\\FileSystem::" + path));
        _cmdlet.WriteObject(file);
    }
}
