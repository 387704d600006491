using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>
/// A session of the real engine with the staged module imported. It has PowerShell's own commands, from
/// Microsoft.PowerShell.SDK; the machine's execution policy and its other modules play no part.
/// </summary>
/// <remarks>One script at a time; sessions are apart from each other, so that test classes can run at once.</remarks>
public sealed class PowerShellSession : IDisposable
{
    private readonly Runspace _runspace;

    /// <summary>Opens a session.</summary>
    /// <param name="importModule">False for tests that import the module themselves.</param>
    public PowerShellSession(bool importModule = true)
    {
        // CreateDefault has the commands of the Utility and Management modules as well; CreateDefault2 would load them from $PSHOME.
        var state = InitialSessionState.CreateDefault();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        state.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, string.Empty));
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        if (importModule)
        {
            Run("Import-Module -Name $manifest -ErrorAction Stop", ("manifest", Repository.ModuleManifest)).ThrowIfFailed();
        }
    }

    /// <summary>The session's host: what was written to it, and the answers that it gives.</summary>
    public RecordingHost Host { get; } = new();

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="variables">Variables of the session that are set first, such as <c>("path", file)</c> for <c>$path</c>.</param>
    /// <returns>All that it wrote, and the error that ended it, if one did.</returns>
    public PowerShellResult Run(string script, params (string Name, object? Value)[] variables) =>
        Start(script, variables).Wait();

    /// <summary>Starts a script, for tests that stop it or look at it from outside.</summary>
    public RunningScript Start(string script, params (string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }

        return new RunningScript(PowerShell.Create(_runspace).AddScript(script));
    }

    /// <summary>A shell on this session, for what takes one (completion); the caller disposes it.</summary>
    public PowerShell NewPowerShell() => PowerShell.Create(_runspace);

    /// <summary>The value of a variable of the session.</summary>
    public object? Variable(string name) => _runspace.SessionStateProxy.GetVariable(name);

    public void Dispose() => _runspace.Dispose();
}
