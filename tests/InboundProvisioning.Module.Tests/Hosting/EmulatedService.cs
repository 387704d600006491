using System;
using System.Net;
using System.Security;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>An emulator in this process, without limits and for the tests of one class to share, unless started otherwise.</summary>
public sealed class EmulatedService : IAsyncLifetime, IAsyncDisposable
{
    private readonly EmulatorOptions _options;

    public EmulatedService()
        : this(new EmulatorOptions { Limits = LimitMode.Off })
    {
    }

    private EmulatedService(EmulatorOptions options) => _options = options;

    public EmulatorHost Host { get; private set; } = null!;

    public EmulatorAddress Address => Host.Address;

    public static SecureString Secure(string text) => new NetworkCredential(string.Empty, text).SecurePassword;

    public static async Task<EmulatedService> StartAsync(EmulatorOptions options)
    {
        var service = new EmulatedService(options);
        await service.InitializeAsync();
        return service;
    }

    public async Task InitializeAsync() => Host = await EmulatorHost.StartAsync(_options);

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>Opens a session that knows how to sign in here, and sees what is staged from now on.</summary>
    public EmulatedSession OpenSession() => new(Host, keepsLimits: _options.Limits == LimitMode.Documented);
}
