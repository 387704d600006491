using System;
using System.Linq;
using System.Management.Automation;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>A script under way in a <see cref="PowerShellSession"/>.</summary>
public sealed class RunningScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PowerShell _powerShell;
    private readonly IAsyncResult _invocation;

    internal RunningScript(PowerShell powerShell)
    {
        _powerShell = powerShell;
        Output = new PSDataCollection<PSObject>();
        _invocation = _powerShell.BeginInvoke<PSObject, PSObject>(input: null, Output);
    }

    /// <summary>What has come out so far; grows while the script runs.</summary>
    public PSDataCollection<PSObject> Output { get; }

    /// <summary>The script's other streams; they grow while it runs.</summary>
    public PSDataStreams Streams => _powerShell.Streams;

    /// <summary>Stops the script as Ctrl+C does, and returns when it has ended.</summary>
    public PowerShellResult Stop()
    {
        _powerShell.BeginStop(callback: null, state: null);
        return Wait();
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="TimeoutException">The script does not end; it hangs.</exception>
    public PowerShellResult Wait()
    {
        if (!_invocation.AsyncWaitHandle.WaitOne(Patience))
        {
            throw new TimeoutException($"The script has not ended after {Patience}: {_powerShell.Commands.Commands[0].CommandText}");
        }

        using (_powerShell)
        {
            ErrorRecord? failure = Failure();
            return new PowerShellResult(
                [.. Output],
                [.. _powerShell.Streams.Error],
                [.. _powerShell.Streams.Warning.Select(record => record.Message)],
                [.. _powerShell.Streams.Verbose.Select(record => record.Message)],
                [.. _powerShell.Streams.Progress],
                failure,
                _powerShell.InvocationStateInfo.State == PSInvocationState.Stopped)
            {
                Debug = [.. _powerShell.Streams.Debug.Select(record => record.Message)],
                Information = [.. _powerShell.Streams.Information.Select(record => record.MessageData)],
            };
        }
    }

    private ErrorRecord? Failure()
    {
        try
        {
            _powerShell.EndInvoke(_invocation);
            return null;
        }
        catch (PipelineStoppedException)
        {
            return null;
        }
        catch (RuntimeException exception)
        {
            return exception.ErrorRecord;
        }
    }
}
