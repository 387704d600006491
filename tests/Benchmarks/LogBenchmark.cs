using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// Reading 100,000 events of an emulator in a process of its own: the time, when the first object is out, and what the process grows
/// by. Without the limit of 5 calls in 10 seconds, under which 101 calls take 200 seconds.
/// </summary>
internal static class LogBenchmark
{
    private const int Events = 100_000;

    public static void Run()
    {
        using Process emulator = StartEmulator();
        try
        {
            string address = emulator.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start.");
            Fill(JsonDocument.Parse(address).RootElement);
            foreach (string kind in new[] { string.Empty, "-Raw", "-Summary" })
            {
                string[] figures = Report.RunSelf("--read-logs", address, kind).Split('|');
                Report.Line(
                    string.Create(CultureInfo.InvariantCulture, $"{Events:N0} log events, Get-ProvisioningLog {kind}"),
                    $"{figures[0]} s, first after {figures[1]} s, {figures[2]} MB",
                    kind == "-Summary" ? "flat memory" : "first after the first page, flat memory");
            }
        }
        finally
        {
            emulator.StandardInput.Close();
            emulator.WaitForExit();
        }
    }

    public static int RunChild(string address, string kind)
    {
        JsonElement emulator = JsonDocument.Parse(address).RootElement;
        using var session = new Session();
        session.Run($$"""
            $secret = [System.Net.NetworkCredential]::new('', '{{Text(emulator, "clientSecret")}}').SecurePassword
            Connect-InboundProvisioning -TenantId '{{Text(emulator, "tenantId")}}' -ClientId '{{Text(emulator, "clientId")}}' -ClientSecret $secret `
                -GraphEndpoint '{{Text(emulator, "graph")}}' -AuthorityHost '{{Text(emulator, "authority")}}' -TrustedRootCertificatePath '{{Text(emulator, "caCertificatePath")}}' `
                -ServicePrincipalId '{{Text(emulator, "servicePrincipalId")}}' -JobId '{{Text(emulator, "jobId")}}' | Out-Null
            Get-ProvisioningLog -CallLimit 1000 {{kind}} -First 1 | Out-Null
            """);
        using var self = Process.GetCurrentProcess();
        self.Refresh();
        long idle = self.WorkingSet64;
        string answer = session.Run($$"""
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $first = $null
            $count = 0
            Get-ProvisioningLog -Last 1 -CallLimit 1000 {{kind}} | ForEach-Object { if ($count++ -eq 0) { $first = $watch.Elapsed.TotalSeconds } }
            [string]::Format([cultureinfo]::InvariantCulture, '{0:F1}|{1:F2}', $watch.Elapsed.TotalSeconds, $first)
            """).Single().ToString()!;
        self.Refresh();
        Console.WriteLine(answer + "|" + ((self.PeakWorkingSet64 - idle) / 1e6).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    }

    private static string Text(JsonElement address, string name) => address.GetProperty(name).GetString()!;

    private static Process StartEmulator()
    {
        string folder = Path.Combine(Path.GetDirectoryName(Session.ModulePath)!, "..", "..", "src", "InboundProvisioning.Emulator", "bin");
        string built = Directory.GetFiles(folder, "InboundProvisioning.Emulator.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;
        return Process.Start(new ProcessStartInfo("dotnet", [built, "--limits", "off", "--roles", "ProvisioningLog.Read.All", "--until-stdin-closes"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    private static void Fill(JsonElement address)
    {
        using X509Certificate2 root = X509CertificateLoader.LoadCertificateFromFile(Text(address, "caCertificatePath"));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        using var client = new HttpClient(handler);
        client.PostAsync($"{Text(address, "graph")}/emulator/logs?count={Events}&eventsPerCycle={Events}", null).GetAwaiter().GetResult().EnsureSuccessStatusCode();
    }
}
