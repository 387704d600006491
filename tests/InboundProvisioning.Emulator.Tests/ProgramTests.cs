using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Certificates;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>The program, in a process of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _timeout = new(Patience);
    private Process? _process;

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }

        _process?.Dispose();
        _timeout.Dispose();
    }

    [Fact]
    public async Task It_prints_its_address_as_one_line_of_JSON_then_serves_until_stdin_closes()
    {
        Process process = Start("--port", "0", "--until-stdin-closes");
        string first = (await process.StandardOutput.ReadLineAsync(_timeout.Token))!;

        Assert.Equal(
            [
                "graph", "authority", "tenantId", "clientId", "clientSecret", "certificatePath", "certificatePassword", "caCertificatePath",
                "servicePrincipalId", "appId", "jobId", "federatedTokenPath", "managedIdentityEndpoint", "managedIdentityHeader", "imdsHost",
                "systemAssignedPrincipalId", "userAssignedPrincipalId", "userAssignedClientId", "userAssignedResourceId",
            ],
            JsonElement.Parse(first).EnumerateObject().Select(member => member.Name));
        EmulatorAddress address = JsonSerializer.Deserialize<EmulatorAddress>(first, JsonSerializerOptions.Web)!;
        using HttpClient client = RunningEmulator.ClientTrusting(address);
        Assert.True((await client.GetAsync(new Uri("/emulator/requests", UriKind.Relative), _timeout.Token)).IsSuccessStatusCode);

        process.StandardInput.Close();

        await process.WaitForExitAsync(_timeout.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(_timeout.Token));
        Assert.Equal("", await process.StandardError.ReadToEndAsync(_timeout.Token));
        Assert.False(File.Exists(address.CertificatePath));
    }

    [Fact]
    public async Task A_signal_to_terminate_stops_it_cleanly()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows has no such signal for a process without a console.
        }

        Process process = Start();
        string first = (await process.StandardOutput.ReadLineAsync(_timeout.Token))!;
        EmulatorAddress address = JsonSerializer.Deserialize<EmulatorAddress>(first, JsonSerializerOptions.Web)!;

        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(_timeout.Token);
        }

        await process.WaitForExitAsync(_timeout.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.False(File.Exists(address.CertificatePath));
    }

    [Theory]
    [InlineData("Unknown option '--limit'.", "--limit", "off")]
    [InlineData("Option '--port' needs a value.", "--port")]
    [InlineData("Option '--port' takes a whole number from 0 to 65535, not '70000'.", "--port", "70000")]
    [InlineData("Option '--latency-ms' takes a whole number from 0 to 2147483647, not '-1'.", "--latency-ms", "-1")]
    [InlineData("Option '--server-key' takes Ecdsa or Rsa, not 'dsa'.", "--server-key", "dsa")]
    [InlineData("Option '--limits' takes Documented or Off, not 'none'.", "--limits", "none")]
    [InlineData("Option '--license' takes P1 or Governance, not '1'.", "--license", "1")]
    public void A_wrong_option_is_named(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => CommandLine.Parse(arguments)).Message);

    [Fact]
    public void Options_say_how_the_emulator_behaves()
    {
        CommandLine parsed = CommandLine.Parse([
            "--port", "8443", "--limits", "off", "--license", "governance", "--latency-ms", "250", "--roles", "A.Read,B.Write", "--managed-identity-roles", "C.Read",
            "--not-found-calls", "4", "--scopes", "D.Read, E.Read", "--approve-device-codes", "--device-code-interval", "2", "--verbose",
            "--server-key", "rsa", "--calls-per-day", "12",
        ]);

        Assert.Equal(8443, parsed.Options.Port);
        Assert.Equal(ServerKeyType.Rsa, parsed.Options.ServerKey);
        Assert.Equal(LimitMode.Off, parsed.Options.Limits);
        Assert.Equal(12, parsed.Options.CallsPerDay);
        Assert.Equal(TenantLicense.Governance, parsed.Options.License);
        Assert.Equal(TimeSpan.FromMilliseconds(250), parsed.Options.Latency);
        Assert.Equal(["A.Read", "B.Write"], parsed.Options.Roles);
        Assert.Equal(["C.Read"], parsed.Options.ManagedIdentityRoles);
        Assert.Equal(4, parsed.Options.NotFoundAfterInstantiate);
        Assert.Equal(["D.Read", "E.Read"], parsed.Options.Scopes);
        Assert.True(parsed.Options.ApproveDeviceCodes);
        Assert.Equal(TimeSpan.FromSeconds(2), parsed.Options.DeviceCodeInterval);
        Assert.True(parsed.Options.Verbose);
    }

    [Fact]
    public async Task A_wrong_option_ends_the_program_with_the_usage()
    {
        Process process = Start("--nonsense");

        await process.WaitForExitAsync(_timeout.Token);

        Assert.Equal(2, process.ExitCode);
        string error = await process.StandardError.ReadToEndAsync(_timeout.Token);
        Assert.StartsWith("Unknown option '--nonsense'.", error, StringComparison.Ordinal);
        Assert.Contains("Usage:", error, StringComparison.Ordinal);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(_timeout.Token));
    }

    private Process Start(params string[] arguments)
    {
        // The dotnet command says where it is to what it runs.
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [Path.ChangeExtension(typeof(EmulatorHost).Assembly.Location, "dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return _process = Process.Start(start)!;
    }
}
