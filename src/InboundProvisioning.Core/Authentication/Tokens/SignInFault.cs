using System;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Turns what MSAL throws into a fault of ours: the text of Microsoft Entra ID, what to do, and nothing of MSAL's exception itself,
/// whose type is not the session's. Codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
/// </summary>
internal static class SignInFault
{
    // Errors of the device code flow: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors.
    private const string Declined = "authorization_declined";
    private const string CodeEnded = "expired_token";

    /// <summary>The fault of a sign-in.</summary>
    /// <param name="fault">What MSAL threw.</param>
    /// <param name="subject">Who signs in, in words.</param>
    public static InboundProvisioningException From(MsalException fault, string subject)
    {
        (string errorId, string? remedy) = Meaning(fault);
        string message = $"Signing in as {subject} failed: {Words(fault)}";
        return new InboundProvisioningException(
            errorId, FaultKind.Authentication, remedy is null ? message : $"{message} {remedy}", subject);
    }

    /// <summary>The fault of a renewal that needs the person again.</summary>
    public static InboundProvisioningException Ended(MsalException fault, string subject) => new(
        "SignInEnded",
        FaultKind.Authentication,
        $"The sign-in of {subject} cannot be renewed: {Words(fault)} Run Connect-InboundProvisioning again; for runs without a person use a certificate, "
            + "a managed identity or workload identity federation.",
        subject);

    /// <summary>The fault of a machine without a managed identity.</summary>
    public static InboundProvisioningException NoManagedIdentity(Uri endpoint, string reason) => new(
        "ManagedIdentityNotFound",
        FaultKind.Authentication,
        $"No managed identity is here: {endpoint.GetLeftPart(UriPartial.Authority)} does not answer ({reason}). -Identity works on Azure resources that have "
            + "a managed identity: Automation accounts, App Service, Functions, virtual machines and others. Switch the identity on there, or sign in in another way.",
        endpoint.Authority);

    /// <summary>A fault of ours that went through MSAL, which may have wrapped it; or null.</summary>
    public static InboundProvisioningException? Inner(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is InboundProvisioningException ours)
            {
                return ours;
            }
        }

        return null;
    }

    // MSAL puts advice of its own before the service's words.
    private static string Words(MsalException fault)
    {
        int start = fault.Message.IndexOf("AADSTS", StringComparison.Ordinal);
        return Regex.Replace(start < 0 ? fault.Message : fault.Message.Substring(start), @"\s+", " ").Trim();
    }

    private static (string ErrorId, string? Remedy) Meaning(MsalException fault) => fault.ErrorCode switch
    {
        Declined or MsalError.AccessDenied or MsalError.AuthenticationCanceledError =>
            ("SignInDeclined", "The person declined the sign-in or a permission, or closed the page."),
        CodeEnded or MsalError.CodeExpired => ("SignInCodeExpired", "Nobody entered the code in time: run the cmdlet again."),
        MsalError.LinuxXdgOpen => ("BrowserNotOpened", "No browser can be opened here: use -UseDeviceCode."),
        MsalError.RequestTimeout => ("ServiceTimeout", null),
        MsalError.UserAssignedManagedIdentityNotSupported => ("SignInFailed", "Leave -ClientId out: this resource has a system-assigned identity only."),
        MsalError.ManagedIdentityRequestFailed => (
            "SignInFailed", "Check that the identity is switched on for this resource; with -ClientId, that the user-assigned identity is assigned to it."),
        _ => ("SignInFailed", Remedy(fault.Message)),
    };

    private static string? Remedy(string text) => Regex.Match(text, @"AADSTS(\d+)").Groups[1].Value switch
    {
        "7000215" => "Give the secret's value, not its id.",
        "7000222" => "The client secret has ended: add a new one to the app registration.",
        "700016" => "Check -ClientId and -TenantId: the app is not in this tenant.",
        "700027" => "Upload this certificate to the app registration, or sign in with the one that is there.",
        "700024" => "Check the clock of this computer; a federated token may have ended, so look at what writes it.",
        "90002" or "900023" or "900021" => "Check -TenantId and -Environment: no such tenant is in this cloud.",
        "70021" or "700211" or "700212" or "700213" =>
            "Issuer, subject and audience of the federated credential of the app must be exactly those of the token, upper and lower case included.",
        "7000218" => "The app is not a public client: in its registration, under Authentication, allow public client flows.",
        "50011" => "Add the redirect URI http://localhost to the app registration, under Mobile and desktop applications.",
        "65001" or "90094" => "An administrator must consent to the delegated permissions of the app; or ask for fewer with -Scope.",
        "65004" => "The person declined a permission that is asked for; ask for fewer with -Scope, or have an administrator consent.",
        "70011" => "A permission of -Scope is not one of Microsoft Graph, or is spelled otherwise.",
        "50105" => "Assign the person to the enterprise application.",
        "50034" => "Check the user name, and -TenantId: the person is not in this tenant.",
        "50076" or "50079" or "50158" => "Multifactor authentication is due: sign in again.",
        "53000" or "53001" or "53002" or "53003" => "A Conditional Access policy blocks this sign-in.",
        "700082" or "700084" or "50173" => "The sign-in has ended: run Connect-InboundProvisioning again.",
        _ => null,
    };
}
