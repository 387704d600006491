using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>A fresh process that runs a script in InboundProvisioning.ScriptHost.</summary>
public sealed class ScriptHostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Program = Repository.BuiltFile(
        "src/InboundProvisioning.ScriptHost", "net10.0", "InboundProvisioning.ScriptHost.dll");

    private readonly Process _process;
    private readonly Task<string> _error;

    private ScriptHostProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The process's id, to send it a signal.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the host with arguments; its three streams are redirected.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">Variables that the process has beside this one's, or in their place; null for none.</param>
    /// <param name="workingFolder">Where it starts; null for where this process is.</param>
    public static ScriptHostProcess Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        // DOTNET_HOST_PATH is the dotnet that runs the tests; another on the path may lack the runtime.
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? string.Empty,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ScriptHostProcess(Process.Start(start)!);
    }

    /// <summary>Runs the host to its end, with nothing to read on standard input.</summary>
    public static ProcessResult Run(params string[] arguments) => Run(arguments, input: string.Empty);

    /// <summary>Runs the host to its end.</summary>
    public static ProcessResult Run(string[] arguments, string input)
    {
        using ScriptHostProcess host = Start(arguments);
        host._process.StandardInput.Write(input);
        return host.Wait();
    }

    /// <summary>Waits for the next line of standard output; null at its end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code and what has not yet been read.</returns>
    /// <exception cref="TimeoutException">The process does not end; it is killed.</exception>
    public ProcessResult Wait()
    {
        _process.StandardInput.Close();
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The script host has not ended after {Patience}.");
        }

        return new ProcessResult(_process.ExitCode, output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    public void Dispose() => _process.Dispose();
}
