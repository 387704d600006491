using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication.Tokens;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>
/// A person who signs in with the system's browser; the app has the redirect URI <c>http://localhost</c>:
/// https://learn.microsoft.com/entra/msal/dotnet/acquiring-tokens/using-web-browsers.
/// </summary>
public sealed class InteractiveCredential : DelegatedCredential
{
    private readonly Func<Uri, Task>? _openBrowser;

    /// <summary>Sets up the sign-in.</summary>
    /// <param name="tenantId">The tenant's id or one of its domains; null for that of the person who signs in.</param>
    /// <param name="clientId">The app's id; the app allows public client flows.</param>
    /// <param name="permissions">The delegated permissions to ask for, such as <c>ProvisioningLog.Read.All</c>.</param>
    /// <param name="openBrowser">Opens the page of the sign-in and returns at once; null for the system's browser.</param>
    public InteractiveCredential(string? tenantId, string clientId, IReadOnlyList<string> permissions, Func<Uri, Task>? openBrowser = null)
        : base(tenantId, clientId, permissions)
    {
        _openBrowser = openBrowser;
    }

    /// <inheritdoc/>
    public override string Description => "Interactive";

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context) => CreateTokenSource(context, SignInAsync);

    private Task<AuthenticationResult> SignInAsync(IPublicClientApplication application, string[] scopes, CancellationToken stop) => application
        .AcquireTokenInteractive(scopes)
        .WithUseEmbeddedWebView(false)
        .WithSystemWebViewOptions(new SystemWebViewOptions
        {
            OpenBrowserAsync = _openBrowser,
            HtmlMessageSuccess = "<html><body>You are signed in. Close this page and go back to PowerShell.</body></html>",
            HtmlMessageError = "<html><body>Signing in failed: {0}. Close this page and go back to PowerShell.</body></html>",
        })
        .ExecuteAsync(stop);
}
