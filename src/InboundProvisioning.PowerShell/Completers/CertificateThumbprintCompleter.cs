using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security.Cryptography.X509Certificates;
using InboundProvisioning.Authentication;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes thumbprints of certificates with a private key in the personal stores, with subject and end in the list.</summary>
public sealed class CertificateThumbprintCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern((wordToComplete ?? string.Empty).Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (X509Certificate2 certificate in CertificateStore.All())
        {
            using (certificate)
            {
                if (certificate.HasPrivateKey && pattern.IsMatch(certificate.Thumbprint) && seen.Add(certificate.Thumbprint))
                {
                    string end = certificate.NotAfter.ToString("d", CultureInfo.CurrentCulture);
                    yield return new CompletionResult(
                        certificate.Thumbprint,
                        $"{certificate.Thumbprint} {certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)}",
                        CompletionResultType.ParameterValue,
                        $"{certificate.Subject}, valid to {end}");
                }
            }
        }
    }
}
