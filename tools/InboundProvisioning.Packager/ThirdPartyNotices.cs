using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Packager;

/// <summary>The notices of what ships: from which package each file is, under which licence, and all texts that have to go along.</summary>
internal static class ThirdPartyNotices
{
    private static readonly string Line = new('=', 100);

    /// <summary>Writes them.</summary>
    /// <param name="manifest">The module.</param>
    /// <param name="origins">The package of each file that is not ours, by the file's name.</param>
    /// <param name="texts">The texts of licences that packages do not bring.</param>
    public static byte[] Write(ModuleManifest manifest, IReadOnlyDictionary<string, RestoredPackage> origins, LicenseTexts texts)
    {
        (RestoredPackage Package, string Name, string Text)[] licenses =
        [
            .. origins.Values.Distinct().OrderBy(static package => package.Id, StringComparer.Ordinal).ThenBy(static package => package.Version, StringComparer.Ordinal)
                .Select(package => (package, texts.Of(package).Name, texts.Of(package).Text)),
        ];

        var notices = new StringBuilder();
        notices.Append("THIRD-PARTY NOTICES\n\n");
        notices.Append(Invariant(
            $"{ModuleManifest.ModuleName} {manifest.Version} ships with unchanged files of the packages below, each under its own licence. The texts follow the\n"));
        notices.Append("list. This file was made with the package, from what the packages themselves say.\n");
        foreach ((RestoredPackage package, string name, _) in licenses)
        {
            notices.Append(Invariant($"\n{package}\n"));
            notices.Append(Invariant($"    Licence:   {(package.LicenseExpression is { } offered && offered != name ? $"{name} (of {offered})" : name)}\n"));
            Add(notices, "Copyright", package.Copyright);
            Add(notices, "Project", package.ProjectUrl);
            Add(notices, "Files", string.Join(
                "\n               ", origins.Where(origin => origin.Value == package).Select(static origin => origin.Key).Order(StringComparer.Ordinal)));
        }

        foreach (IGrouping<string, (RestoredPackage Package, string Name, string Text)> license in licenses.GroupBy(static license => license.Text, StringComparer.Ordinal))
        {
            Section(notices, "Licence of", license.Select(static member => member.Package), license.Key);
        }

        foreach (IGrouping<string, RestoredPackage> notice in licenses.Select(static license => license.Package)
            .Where(static package => package.Notices is not null)
            .GroupBy(static package => package.Notices!, StringComparer.Ordinal))
        {
            Section(notices, "Notices that come with", notice, notice.Key);
        }

        return Encoding.UTF8.GetBytes(notices.ToString());
    }

    private static void Section(StringBuilder notices, string title, IEnumerable<RestoredPackage> packages, string text) =>
        notices.Append(Invariant($"\n{Line}\n{title} {string.Join(", ", packages)}\n{Line}\n\n{text}\n"));

    private static void Add(StringBuilder notices, string label, string? text)
    {
        if (text is not null)
        {
            notices.Append(Invariant($"    {label + ":",-11}{text}\n"));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
