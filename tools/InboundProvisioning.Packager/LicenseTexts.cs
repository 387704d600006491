using System;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Packager;

/// <summary>
/// The texts of licences that packages name without bringing them. None is written down here: that of MIT is the module's own licence
/// without its copyright, that of Apache 2.0 is at the start of a package of the Apache Software Foundation.
/// </summary>
internal sealed class LicenseTexts
{
    private const string MitTitle = "MIT License";
    private const string MitStart = "Permission is hereby granted";
    private const string ApacheEnd = "END OF TERMS AND CONDITIONS";

    private readonly string _mit;
    private readonly string _apache;

    private LicenseTexts(string mit, string apache)
    {
        _mit = mit;
        _apache = apache;
    }

    /// <summary>Reads the texts.</summary>
    /// <param name="ownLicense">The module's own licence.</param>
    public static LicenseTexts Read(string ownLicense)
    {
        string own = ownLicense.ReplaceLineEndings("\n");
        int start = own.IndexOf(MitStart, StringComparison.Ordinal);
        if (start < 0 || !own.StartsWith(MitTitle, StringComparison.Ordinal))
        {
            throw new PackagingFault("The module's own licence is not MIT any more, so the text for packages under MIT has to come from elsewhere.");
        }

        string apache = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Apache-2.0.txt")).ReplaceLineEndings("\n");
        int end = apache.IndexOf(ApacheEnd, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new PackagingFault("The package that brings the text of the Apache License does not bring it any more.");
        }

        return new LicenseTexts(own[start..].Trim('\n'), apache[..(end + ApacheEnd.Length)].Trim('\n'));
    }

    /// <summary>Under which licence the files of a package ship, and its text. Of several that it offers it is one whose text is there.</summary>
    /// <exception cref="PackagingFault">No text is there.</exception>
    public (string Name, string Text) Of(RestoredPackage package)
    {
        string[] offered = package.LicenseExpression?.Split(" OR ", StringSplitOptions.TrimEntries) ?? [];
        if (package.License is { } text && offered.Length < 2)
        {
            return (offered.SingleOrDefault() ?? "the licence of the package", text);
        }

        return offered.FirstOrDefault(static name => name is "MIT" or "Apache-2.0") switch
        {
            "MIT" => ("MIT", $"{MitTitle}\n\n{package.Copyright ?? throw Missing(package, "copyright")}\n\n{_mit}"),
            "Apache-2.0" => ("Apache-2.0", _apache),
            _ => throw Missing(package, "text of its licence"),
        };
    }

    private static PackagingFault Missing(RestoredPackage package, string what) =>
        new($"The package {package} ({package.LicenseExpression ?? "no licence as an expression"}) brings no {what}, and its licence asks for it: {nameof(LicenseTexts)} must know from where it comes.");
}
