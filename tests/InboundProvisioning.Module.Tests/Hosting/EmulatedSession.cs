using System;
using System.Linq;
using InboundProvisioning.Emulator;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>
/// A session of the module beside an emulator. It has <c>$emulator</c> (its address), <c>$private</c> (the endpoints, to splat),
/// <c>$secretSignIn</c> (the same with tenant, client and secret) and <c>$job</c> (service principal and job).
/// </summary>
public sealed class EmulatedSession : IDisposable
{
    private readonly EmulatorHost _emulator;
    private readonly int _staged;
    private readonly UploadCountsAtStart _counts;

    internal EmulatedSession(EmulatorHost emulator, bool keepsLimits)
    {
        _emulator = emulator;
        _staged = emulator.StagedUsers.Count;
        _counts = new UploadCountsAtStart(emulator.Requests.Calls, emulator.Requests.RefusedCalls);
        Session.Run(
            """
            $private = @{ GraphEndpoint = $emulator.Graph; AuthorityHost = $emulator.Authority; TrustedRootCertificatePath = $emulator.CaCertificatePath }
            $secretSignIn = $private + @{ TenantId = $emulator.TenantId; ClientId = $emulator.ClientId; ClientSecret = $clientSecret }
            $job = @{ ServicePrincipalId = $emulator.ServicePrincipalId; JobId = $emulator.JobId }
            if (-not $keepsLimits) { $PSDefaultParameterValues['Send-ScimBulkPayload:CallLimit'] = $PSDefaultParameterValues['Get-ProvisioningLog:CallLimit'] = 1000 }
            """,
            ("emulator", emulator.Address),
            ("keepsLimits", keepsLimits),
            ("clientSecret", EmulatedService.Secure(emulator.Address.ClientSecret)),
            ("certificatePassword", EmulatedService.Secure(emulator.Address.CertificatePassword))).ThrowIfFailed();
    }

    public PowerShellSession Session { get; } = new();

    public EmulatorAddress Address => _emulator.Address;

    /// <summary>The externalIds that have been staged since the session was opened.</summary>
    public string[] Staged => [.. _emulator.StagedUsers.Skip(_staged).Select(user => user.GetProperty("externalId").GetString()!)];

    /// <summary>The uploads since the session was opened.</summary>
    public int Calls => _emulator.Requests.Calls - _counts.Calls;

    /// <summary>Those that were refused.</summary>
    public int RefusedCalls => _emulator.Requests.RefusedCalls - _counts.RefusedCalls;

    /// <summary>All text that the host has been given.</summary>
    public string Text => Session.Host.Recorded.Text;

    /// <summary>Connects the session to the emulator's job.</summary>
    public EmulatedSession Connect()
    {
        Session.Run("Connect-InboundProvisioning @secretSignIn @job").ThrowIfFailed();
        return this;
    }

    /// <summary>Runs a script that a terminating error of a cmdlet ends, as it ends one in a <c>try</c>.</summary>
    public PowerShellResult Run(string script, params (string Name, object? Value)[] variables) =>
        Session.Run($"try {{ {script} }} catch {{ throw }}", variables);

    public void Dispose() => Session.Dispose();

    private sealed record UploadCountsAtStart(int Calls, int RefusedCalls);
}
