using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Certificates;

namespace InboundProvisioning.Framework.Tests.Mono;

/// <summary>
/// One run of tests/FrameworkHost under Mono, against an emulator whose keys Mono can read. It starts when the first result is wanted.
/// </summary>
public sealed class FrameworkHostRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lazy<Task<IReadOnlyDictionary<string, string?>>> _faults = new(RunAsync);

    /// <summary>The checks that ran, by name, each with what was wrong; or null.</summary>
    public Task<IReadOnlyDictionary<string, string?>> Faults => _faults.Value;

    private static async Task<IReadOnlyDictionary<string, string?>> RunAsync()
    {
        await using EmulatorHost emulator = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            ServerKey = ServerKeyType.Rsa,
            Limits = LimitMode.Off,
            Roles = ["SynchronizationData-User.Upload", "Synchronization.ReadWrite.All", "Application.Read.All", "ProvisioningLog.Read.All"],
        });
        string configuration = typeof(FrameworkHostRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string host = Path.Combine(Folders.Root, "tests", "FrameworkHost", "bin", configuration, "net472", "InboundProvisioning.FrameworkHost.exe");
        using JsonDocument address = JsonDocument.Parse(emulator.Address.ToJson());
        using Process process = Process.Start(new ProcessStartInfo(
            "mono",
            [host, Folders.Staged, "root=" + Folders.Root, .. address.RootElement.EnumerateObject().Select(value => $"{value.Name}={value.Value}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        Dictionary<string, string?> faults = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|', 3))
            .ToDictionary(parts => parts[1], parts => parts.Length > 2 ? parts[2].Replace(" / ", "\n", StringComparison.Ordinal) : null);
        Assert.True(process.ExitCode == 0, $"The host ended with {process.ExitCode} after {faults.Count} checks.\n{await errors}");
        return faults;
    }
}
