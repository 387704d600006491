using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace InboundProvisioning.Benchmarks;

/// <summary>An emulator in a process of its own, so that its work is not measured.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;
    private readonly X509Certificate2 _root;
    private readonly HttpClient _client;

    /// <param name="options">Its command line.</param>
    public EmulatorProcess(params string[] options)
    {
        string folder = Path.Combine(Pwsh.Root, "src", "InboundProvisioning.Emulator", "bin");
        string built = Directory.GetFiles(folder, "InboundProvisioning.Emulator.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;
        _process = Process.Start(new ProcessStartInfo("dotnet", [built, .. options, "--until-stdin-closes"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start.");

        _root = X509CertificateLoader.LoadCertificateFromFile(Text(Address, "caCertificatePath"));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_root);
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } })
        {
            BaseAddress = new Uri(Text(Address, "graph")),
        };
    }

    /// <summary>The line of JSON that it prints at its start.</summary>
    public string Address { get; }

    /// <summary>The script that connects a session to it.</summary>
    public static string ConnectScript(string address) => $$"""
        $secret = [System.Net.NetworkCredential]::new('', '{{Text(address, "clientSecret")}}').SecurePassword
        Connect-InboundProvisioning -TenantId '{{Text(address, "tenantId")}}' -ClientId '{{Text(address, "clientId")}}' -ClientSecret $secret `
            -GraphEndpoint '{{Text(address, "graph")}}' -AuthorityHost '{{Text(address, "authority")}}' -TrustedRootCertificatePath '{{Text(address, "caCertificatePath")}}' `
            -ServicePrincipalId '{{Text(address, "servicePrincipalId")}}' -JobId '{{Text(address, "jobId")}}' | Out-Null
        """;

    /// <summary>Has it do something.</summary>
    public void Post(string path) => _client.PostAsync(path, null).GetAwaiter().GetResult().EnsureSuccessStatusCode();

    /// <summary>What it answers, an object.</summary>
    public JsonElement Get(string path) => JsonDocument.Parse(_client.GetStringAsync(path).GetAwaiter().GetResult()).RootElement;

    public void Dispose()
    {
        _client.Dispose();
        _root.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(string address, string name) => JsonDocument.Parse(address).RootElement.GetProperty(name).GetString()!;
}
