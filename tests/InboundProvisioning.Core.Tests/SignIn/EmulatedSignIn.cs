using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Emulator;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>An emulator to sign in to, and a way to it as a browser has one.</summary>
internal sealed class EmulatedSignIn : IAsyncDisposable
{
    private readonly TrustedRoot _root;
    private readonly HttpMessageHandler _handler;

    private EmulatedSignIn(EmulatorHost emulator)
    {
        Emulator = emulator;
        _root = TrustedRoot.Read(emulator.Address.CaCertificatePath);
        _handler = ServiceHttpHandler.Create(trustedRoot: _root);
        Browser = new HttpClient(_handler, disposeHandler: false) { BaseAddress = new Uri(emulator.Address.Authority) };
    }

    public EmulatorHost Emulator { get; }

    public EmulatorAddress Address => Emulator.Address;

    public string Tenant => Address.TenantId.ToString();

    public string Client => Address.ClientId.ToString();

    public HttpClient Browser { get; }

    public static async Task<EmulatedSignIn> StartAsync(EmulatorOptions? options = null) => new(await EmulatorHost.StartAsync(
        (options ?? new EmulatorOptions()) with { DeviceCodeInterval = TimeSpan.Zero }));

    /// <summary>Opens a connection whose retries wait next to nothing.</summary>
    public ServiceConnection Open(Credential credential, int retries = 3) => ServiceConnection.Open(
        new ConnectionSettings
        {
            Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(Address.Graph), new Uri(Address.Authority)),
            TrustedRootCertificatePath = Address.CaCertificatePath,
            Credential = credential,
            Retries = new RetrySettings { SignInRetries = retries, FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(5) },
        },
        TimeProvider.System);

    /// <summary>Has the person decide on a code.</summary>
    public async Task DecideAsync(DeviceCodePrompt code, string what = "approve") =>
        (await Browser.PostAsync(new Uri($"/emulator/devicecode/{what}?user_code={code.UserCode}", UriKind.Relative), content: null)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        _handler.Dispose();
        _root.Dispose();
        await Emulator.DisposeAsync();
    }
}
