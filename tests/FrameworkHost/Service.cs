using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.FrameworkHost;

/// <summary>The emulator and the ways to sign in to it.</summary>
internal sealed class Service : IDisposable
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly TrustedRoot _root;
    private readonly HttpClient _inspection;

    public Service(IReadOnlyDictionary<string, string> values)
    {
        // As Connect-InboundProvisioning's handler does for the calls of the module.
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;
        _values = values;
        _root = TrustedRoot.Read(values["caCertificatePath"]);
        _inspection = new HttpClient(ServiceHttpHandler.Create(trustedRoot: _root)) { BaseAddress = new Uri(values["graph"]) };
    }

    public ProvisioningJobAddress Job => new(_values["servicePrincipalId"], _values["jobId"]);

    public string this[string name] => _values[name];

    public SecretCredential Secret(string? secret = null) => new(
        _values["tenantId"], _values["clientId"], new NetworkCredential(string.Empty, secret ?? _values["clientSecret"]).SecurePassword);

    public ServiceConnection Open(Credential? credential = null, bool trusts = true) => ServiceConnection.Open(
        new ConnectionSettings
        {
            Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(_values["graph"]), new Uri(_values["authority"])),
            TrustedRootCertificatePath = trusts ? _values["caCertificatePath"] : null,
            Credential = credential ?? Secret(),
        },
        TimeProvider.System);

    /// <summary>Has the emulator do something.</summary>
    public async Task PostAsync(string path, string json = "{}")
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _inspection.PostAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    public Task<string> GetAsync(string path) => _inspection.GetStringAsync(new Uri(path, UriKind.Relative));

    public void Dispose()
    {
        _inspection.Dispose();
        _root.Dispose();
    }
}
