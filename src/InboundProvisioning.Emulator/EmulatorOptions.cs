using System;
using System.Collections.Generic;

using InboundProvisioning.Emulator.Certificates;

namespace InboundProvisioning.Emulator;

/// <summary>How an emulator behaves. The defaults are those of the documented service.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The loopback port, or 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The kind of key of the TLS certificate and of the authority that signed it. A kept authority (<see cref="DataDirectory"/>) with a key of
    /// another kind gives way to a new one.
    /// </summary>
    public ServerKeyType ServerKey { get; init; } = ServerKeyType.Ecdsa;

    /// <summary>Whether calls past the documented limits are refused.</summary>
    public LimitMode Limits { get; init; } = LimitMode.Documented;

    /// <summary>The tenant's licence, for the quota of 24 hours.</summary>
    public TenantLicense License { get; init; } = TenantLicense.P1;

    /// <summary>How many uploads the tenant has in 24 hours, in place of the licence's figure; null for that one.</summary>
    public int? CallsPerDay { get; init; }

    /// <summary>How long each answer of the token and Graph endpoints is held back after the work is done and the call is counted.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The application permissions of Microsoft Graph that the client has been granted: the <c>roles</c> claim of its access tokens.
    /// </summary>
    public IReadOnlyList<string> Roles { get; init; } =
        ["SynchronizationData-User.Upload", "Application.Read.All", "Synchronization.Read.All"];

    /// <summary>The application permissions of Microsoft Graph that the two managed identities have been granted: none, as after their creation.</summary>
    public IReadOnlyList<string> ManagedIdentityRoles { get; init; } = [];

    /// <summary>
    /// How many calls to a service principal that was just made do not find it. The service takes some seconds until it does; a count makes
    /// that the same for fast and slow clients.
    /// </summary>
    public int NotFoundAfterInstantiate { get; init; } = 2;

    /// <summary>The delegated permissions of Microsoft Graph that the client has consent for; null for all that Graph knows.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Has the user sign in as soon as a device code is issued, for scripts that cannot do it on the side.</summary>
    public bool ApproveDeviceCodes { get; init; }

    /// <summary>How long a client is told to wait between two questions about a device code: whole seconds, 0 for no wait.</summary>
    public TimeSpan DeviceCodeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The emulator's clock: token lifetimes, assertion lifetimes, delays, and, with what it was moved on by
    /// <see cref="EmulatorHost.AdvanceClock"/>, limits, cycles, retries and logs. A client that signs its own assertions by the machine's clock
    /// (MSAL does) can only sign in while this clock is within minutes of that one. The TLS certificate always follows the machine's clock.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often jobs run by themselves; zero for never. The service's interval is 40 minutes.</summary>
    public TimeSpan CycleInterval { get; init; } = TimeSpan.Zero;

    /// <summary>How long after it was written an event can be read in the provisioning logs. The service takes 5 to 10 minutes.</summary>
    public TimeSpan LogDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The verified domains of the tenant, in which sign-in names must be. The defaults are those of Microsoft's examples, and of
    /// docs/samples/AttributeMapping.psd1.
    /// </summary>
    public IReadOnlyList<string> VerifiedDomains { get; init; } =
        ["contoso.onmicrosoft.com", "contoso.com", "fabrikam.com", "example.com"];

    /// <summary>
    /// The directory where the tenant, its credentials and keys, jobs, users and logs are kept over a restart; null to keep nothing. It holds secrets
    /// of the emulator in clear text, for the current user only. The port is kept too, when <see cref="Port"/> is 0. The roles are those of the
    /// first start, and what was granted since.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>Writes one line a request to standard error.</summary>
    public bool Verbose { get; init; }
}
