using System;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication;

/// <summary>
/// Turns what MSAL throws into a fault of ours: the text of Microsoft Entra ID, what to do, and nothing of MSAL's exception itself,
/// whose type is not the session's. Codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
/// </summary>
internal static class SignInFault
{
    public static InboundProvisioningException From(MsalException fault, string tenantId, string clientId)
    {
        string text = Regex.Replace(EntraText(fault.Message), @"\s+", " ").Trim();
        string message = $"Signing in as client '{clientId}' of tenant '{tenantId}' failed: {text}";
        string? remedy = Remedy(text);
        return new InboundProvisioningException(
            "SignInFailed",
            FaultKind.Authentication,
            remedy is null ? message : $"{message} {remedy}",
            clientId);
    }

    // MSAL puts advice of its own before the service's words.
    private static string EntraText(string message)
    {
        int start = message.IndexOf("AADSTS", StringComparison.Ordinal);
        return start < 0 ? message : message.Substring(start);
    }

    private static string? Remedy(string text) => Regex.Match(text, @"AADSTS(\d+)").Groups[1].Value switch
    {
        "7000215" => "Give the secret's value, not its id.",
        "7000222" => "The client secret has ended: add a new one to the app registration.",
        "700016" => "Check -ClientId and -TenantId: the app is not in this tenant.",
        "700027" => "Upload this certificate to the app registration, or sign in with the one that is there.",
        "700024" => "Check the clock of this computer.",
        "90002" or "900023" or "900021" => "Check -TenantId and -Environment: no such tenant is in this cloud.",
        "53003" => "A Conditional Access policy blocks the app.",
        _ => null,
    };
}
