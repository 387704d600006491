using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// What was issued and presented at sign-in and must show nowhere at the client, for tests that look for it there.
/// </summary>
internal sealed class ExchangedSecrets
{
    // RFC 6749, RFC 7521 section 4.2, RFC 7636 section 4.5 and RFC 8628 section 3.4.
    private static readonly string[] Fields =
        ["client_secret", "client_assertion", "assertion", "code", "code_verifier", "device_code", "refresh_token", "password"];

    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);

    /// <summary>A copy of all of them.</summary>
    public IReadOnlyCollection<string> ToList() => [.. _secrets.Keys];

    /// <summary>Keeps a token or code that is issued.</summary>
    /// <returns>The same.</returns>
    public string Issued(string secret)
    {
        _secrets.TryAdd(secret, 0);
        return secret;
    }

    /// <summary>Keeps what a token request presents, also of one that is refused or that a fault strikes.</summary>
    public async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.HasFormContentType && context.Request.Path.Value!.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal))
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            foreach (string field in Fields)
            {
                if (form.TryGetValue(field, out StringValues value) && value.ToString() is { Length: > 0 } secret)
                {
                    _secrets.TryAdd(secret, 0);
                }
            }
        }

        await next(context);
    }
}
