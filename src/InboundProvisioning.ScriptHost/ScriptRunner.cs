using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using Microsoft.PowerShell;

namespace InboundProvisioning.ScriptHost;

/// <summary>Runs one script in a runspace of its own and shows on a terminal what it does.</summary>
internal sealed class ScriptRunner
{
    private readonly Terminal _terminal;
    private readonly string? _moduleManifest;

    public ScriptRunner(Terminal terminal, string? moduleManifest)
    {
        _terminal = terminal;
        _moduleManifest = moduleManifest;
    }

    /// <summary>Runs the script to its end, to Ctrl+C, or to the first error that nothing catches.</summary>
    /// <param name="scriptPath">The full path of the script.</param>
    /// <param name="arguments">The script's arguments, as given to the process.</param>
    /// <returns>The exit code.</returns>
    public int Run(string scriptPath, IReadOnlyList<string> arguments)
    {
        var userInterface = new ConsoleUserInterface(_terminal);
        var host = new ConsoleHost(userInterface);

        // Run as a script block, not as a command: only then does the engine hand an "exit" to the host.
        ScriptBlockAst script = Parser.ParseFile(scriptPath, out _, out ParseError[] parseErrors);
        if (parseErrors.Length > 0)
        {
            foreach (ParseError error in parseErrors)
            {
                userInterface.WriteErrorLine(ErrorText.Of(error));
            }

            return ExitCode.Usage;
        }

        using Runspace runspace = OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace);
        var shown = new HashSet<ErrorRecord>(ReferenceEqualityComparer.Instance);
        void Show(ErrorRecord error)
        {
            if (shown.Add(error))
            {
                userInterface.WriteErrorLine(ErrorText.Of(error));
            }
        }

        powerShell.Streams.Error.DataAdding += (_, e) => Show((ErrorRecord)e.ItemAdded);
        powerShell
            .AddScript($"param($ScriptBlock) & $ScriptBlock{ScriptCommandLine.Format(arguments)}")
            .AddParameter("ScriptBlock", script.GetScriptBlock())
            .AddCommand("Out-Default");

        int? signalled = null;
        void Stop(PosixSignalContext signal)
        {
            // A second signal ends the process, whatever the script is doing.
            signal.Cancel = signalled is null;
            signalled = signal.Signal == PosixSignal.SIGINT ? ExitCode.Interrupted : ExitCode.Terminated;
            powerShell.BeginStop(null, null);
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            powerShell.Invoke();
        }
        catch (RuntimeException) when (signalled is not null)
        {
            // The script was asked to end; the exit code says so.
        }
        catch (RuntimeException exception)
        {
            Show(exception.ErrorRecord);
            return host.ExitCode ?? ExitCode.Failed;
        }
        finally
        {
            userInterface.Progress?.Clear();
        }

        return signalled ?? host.ExitCode ?? ExitCode.Success;
    }

    private Runspace OpenRunspace(ConsoleHost host)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        // The modules of an installed PowerShell do not work in this engine, so none is loaded unasked.
        state.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, string.Empty));
        if (_moduleManifest is not null)
        {
            state.ImportPSModule(_moduleManifest);
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }
}
