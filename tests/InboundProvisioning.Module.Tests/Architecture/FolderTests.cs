using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Architecture;

/// <summary>
/// The tables of docs/architecture.md and the code say the same of which folder uses which, and no arrows form a circle. The code is the
/// compiled assemblies, and for constants, of which they keep no trace, the using directives of the files.
/// </summary>
public sealed partial class FolderTests
{
    [Theory]
    [InlineData("InboundProvisioning.Core")]
    [InlineData("InboundProvisioning.PowerShell")]
    [InlineData("InboundProvisioning.Emulator")]
    public void Each_folder_has_a_row_in_the_table(string project)
    {
        IEnumerable<string> folders = Files(project).Select(file => Folder(project, file)).Distinct();

        Assert.Equal(folders.Order(StringComparer.Ordinal), FolderTable.Of(project).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("InboundProvisioning.Core")]
    [InlineData("InboundProvisioning.PowerShell")]
    [InlineData("InboundProvisioning.Emulator")]
    public void The_code_uses_what_the_table_says_no_more_and_no_less(string project)
    {
        string[] written = [.. FolderTable.Of(project).SelectMany(row => row.Value.Select(used => row.Key + " -> " + used))];
        string[] found = [.. Arrows(project).Select(arrow => arrow.From + " -> " + arrow.To)];

        Assert.True(
            found.ToHashSet().SetEquals(written),
            $"Only in the code: {Sorted(found.Except(written))}. Only in the table: {Sorted(written.Except(found))}.");
    }

    [Theory]
    [InlineData("InboundProvisioning.Core")]
    [InlineData("InboundProvisioning.PowerShell")]
    [InlineData("InboundProvisioning.Emulator")]
    public void No_folders_use_each_other_in_a_circle(string project)
    {
        HashSet<(string From, string To)> arrows = [.. Arrows(project)];
        while (arrows.RemoveWhere(arrow => !arrows.Any(next => next.From == arrow.To)) > 0)
        {
        }

        Assert.True(arrows.Count == 0, Sorted(arrows.Select(arrow => arrow.From + " -> " + arrow.To)));
    }

    [Fact]
    public void An_arrow_that_the_code_of_a_method_alone_makes_is_seen()
    {
        using AssemblyFolders seen = AssemblyFolders.Read(typeof(FolderTests).Assembly.Location, "InboundProvisioning.Module.Tests");

        Assert.Contains(("Architecture", "Hosting"), seen.Arrows);
        Assert.DoesNotContain(("Hosting", "Architecture"), seen.Arrows);
    }

    private static IEnumerable<(string From, string To)> Arrows(string project)
    {
        using AssemblyFolders compiled = AssemblyFolders.Read(Assembly(project), RootNamespace(project));
        return [.. compiled.Arrows.Concat(Files(project).SelectMany(file => Imports(project, file))).Distinct()];
    }

    private static IEnumerable<(string From, string To)> Imports(string project, string file)
    {
        string folder = Folder(project, file);
        return Using().Matches(File.ReadAllText(file))
            .Select(match => AssemblyFolders.FolderOf(RootNamespace(project), match.Groups[1].Value))
            .Where(used => used is not null && used != folder)
            .Select(used => (folder, used!));
    }

    private static string[] Files(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        return [.. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))];
    }

    private static string Folder(string project, string file)
    {
        string folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src", project), Path.GetDirectoryName(file)!);
        return folder == "." ? "(root)" : folder.Replace(Path.DirectorySeparatorChar, '/');
    }

    private static string RootNamespace(string project) => project == "InboundProvisioning.Core" ? "InboundProvisioning" : project;

    private static string Assembly(string project) => project == "InboundProvisioning.Emulator"
        ? Path.Combine(AppContext.BaseDirectory, project + ".dll")
        : Path.Combine(Repository.ModuleFolder, "bin", "net8.0", project + ".dll");

    private static string Sorted(IEnumerable<string> arrows) => string.Join(", ", arrows.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^using (?:static |\w+ = )?(InboundProvisioning[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
