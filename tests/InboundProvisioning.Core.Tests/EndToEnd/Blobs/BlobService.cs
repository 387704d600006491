using System;
using System.Net.Http;
using System.Threading.Tasks;
using InboundProvisioning.Azurite;
using InboundProvisioning.Core.Tests.EndToEnd.Nights;
using InboundProvisioning.Emulator;
using InboundProvisioning.Http;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;

namespace InboundProvisioning.Core.Tests.EndToEnd.Blobs;

/// <summary>The emulator of the service and, where it is installed, that of Azure Storage, under one root.</summary>
public sealed class BlobService : IAsyncLifetime
{
    /// <summary>The container of all states.</summary>
    public const string Container = "provisioning";

    private readonly EmulatedService _service = new();
    private AzuriteServer? _azurite;
    private TrustedRoot? _root;

    internal EmulatedService Service => _service;

    internal EmulatorHost Emulator => _service.Emulator;

    internal AzuriteServer Azurite => _azurite!;

    public async Task InitializeAsync()
    {
        await _service.InitializeAsync();
        if (AzuriteServer.IsInstalled)
        {
            _root = TrustedRoot.Read(Emulator.Address.CaCertificatePath);
            _azurite = await AzuriteServer.StartAsync(Emulator.Address.CaCertificatePath, Emulator.WriteServerCertificate);
            await _azurite.CreateContainerAsync(Container);
        }
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        _root?.Dispose();
        await _service.DisposeAsync();
    }

    /// <summary>A state in a blob, to which the connection's identity signs in.</summary>
    internal StateLocation OfIdentity(string blob) => BlobStates.Locate(Azurite.Url(Container, blob), _service.Connection);

    /// <summary>A state in a blob, with a signature.</summary>
    internal StateLocation Signed(string blob) => BlobStates.Locate(Azurite.SignedUrl(Container, blob), _service.Connection);

    /// <summary>A state in a blob, with a signature, over a way with faults.</summary>
    internal StateLocation Over(FaultyWay way, string blob)
    {
        way.InnerHandler = ServiceHttpHandler.Create(trustedRoot: _root);
        return StateLocation.OfStore(new BlobStateStore(BlobAddress.Parse(Azurite.SignedUrl(Container, blob)), way, tokens: null));
    }
}
