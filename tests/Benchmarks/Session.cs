using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace InboundProvisioning.Benchmarks;

/// <summary>A session of the real engine with the module imported.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    public Session(bool import = true)
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        Run("$ProgressPreference = 'SilentlyContinue'; $WarningPreference = 'SilentlyContinue'");
        if (import)
        {
            Run($"Import-Module '{ModulePath}' -ErrorAction Stop");
        }
    }

    public static string ModulePath { get; } = Path.Combine(Root(), "output", "InboundProvisioning", "InboundProvisioning.psd1");

    public Collection<PSObject> Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        Collection<PSObject> output = shell.AddScript(script).Invoke();
        return shell.Streams.Error.Count == 0 ? output : throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }

    public void Dispose() => _runspace.Dispose();

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InboundProvisioning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("InboundProvisioning.sln was not found above " + AppContext.BaseDirectory);
    }
}
