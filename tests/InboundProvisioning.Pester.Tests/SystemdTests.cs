using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Pester.Tests;

/// <summary>The units of docs/samples/linux, as systemd reads them; it need not run.</summary>
public sealed class SystemdTests : IDisposable
{
    private const string Service = "inbound-provisioning.service";
    private const string Timer = "inbound-provisioning.timer";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("units");

    public SystemdTests()
    {
        string samples = Path.Combine(PinnedPowerShell.Root, "docs", "samples", "linux");

        // It looks whether the program is there.
        string service = File.ReadAllText(Path.Combine(samples, Service)).Replace("/usr/bin/pwsh", "/bin/sh", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.FullName, Service), service);
        File.Copy(Path.Combine(samples, Timer), Path.Combine(_folder.FullName, Timer));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [SystemdFact]
    public void FindsNoFaultInTheUnits()
    {
        (int exitCode, string text) = Analyze("verify", $"./{Service}", $"./{Timer}");

        Assert.Equal(string.Empty, text);
        Assert.Equal(0, exitCode);
    }

    [SystemdFact]
    public void FindsTheServiceShutIn()
    {
        // In tenths: anything above 2.0 of 10 fails.
        (int exitCode, string text) = Analyze("security", "--offline=true", "--threshold=20", "--no-pager", $"./{Service}");

        Assert.True(exitCode == 0, text);
    }

    private (int ExitCode, string Text) Analyze(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("systemd-analyze", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
