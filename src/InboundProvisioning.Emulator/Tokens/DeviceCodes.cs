using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The device codes that clients wait with, and what the user does with them.</summary>
internal sealed class DeviceCodes(TimeSpan interval, bool approveAtOnce, ExchangedSecrets secrets, TimeProvider clock)
{
    /// <summary>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#device-authorization-request: 15 minutes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // No vowels, so that no words come up, and nothing that is mistaken for something else (RFC 8628 section 6.1).
    private const string UserCodeCharacters = "BCDFGHJKLMNPQRSTVWXZ23456789";

    // A client that waits the interval by its own clock may be a little early by ours.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DeviceCode> _codes = new(StringComparer.Ordinal);

    /// <summary>How long a client waits between two questions, whole seconds.</summary>
    public TimeSpan Interval => interval;

    public DeviceCode Issue(UserGrant grant)
    {
        var issued = new DeviceCode(
            secrets.Issued(Tenant.NewSecret() + Tenant.NewSecret()),
            RandomNumberGenerator.GetString(UserCodeCharacters, 9),
            grant,
            clock.GetUtcNow() + Lifetime)
        {
            Approved = approveAtOnce ? true : null,
        };
        lock (_lock)
        {
            _codes.Add(issued.Code, issued);
        }

        return issued;
    }

    /// <summary>The user enters a code and signs in, or declines.</summary>
    /// <returns>False when nobody waits with that code.</returns>
    public bool Decide(string userCode, bool approve)
    {
        lock (_lock)
        {
            DeviceCode? waiting = _codes.Values.FirstOrDefault(code =>
                string.Equals(code.UserCode, userCode, StringComparison.OrdinalIgnoreCase)
                && code.Approved is null
                && clock.GetUtcNow() < code.Expires);
            if (waiting is null)
            {
                return false;
            }

            _codes[waiting.Code] = waiting with { Approved = approve };
            return true;
        }
    }

    /// <summary>What the user has granted, once; or what the client is told instead.</summary>
    public (UserGrant? Grant, TokenError? Fault) Redeem(string deviceCode)
    {
        lock (_lock)
        {
            if (!_codes.TryGetValue(deviceCode, out DeviceCode? code))
            {
                return (null, TokenError.UnknownDeviceCode());
            }

            DateTimeOffset now = clock.GetUtcNow();
            if (now >= code.Expires)
            {
                return (null, TokenError.DeviceCodeExpired());
            }

            if (code.Approved is null)
            {
                bool tooSoon = now - code.LastPoll < interval - Tolerance;
                _codes[deviceCode] = code with { LastPoll = now };
                return (null, tooSoon ? TokenError.SlowDown() : TokenError.AuthorizationPending());
            }

            _codes.Remove(deviceCode);
            return code.Approved.Value ? (code.Grant, null) : (null, TokenError.AuthorizationDeclined());
        }
    }
}
