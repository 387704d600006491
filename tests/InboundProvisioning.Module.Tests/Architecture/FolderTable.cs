using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Architecture;

/// <summary>The table of a project in docs/architecture.md, section "Which folder may use which".</summary>
internal static class FolderTable
{
    /// <summary>What each folder may use, by folder.</summary>
    /// <param name="project">The heading above the table.</param>
    public static IReadOnlyDictionary<string, string[]> Of(string project)
    {
        IEnumerable<string> lines = File.ReadLines(Path.Combine(Repository.Root, "docs", "architecture.md"))
            .SkipWhile(static line => line != "## Which folder may use which").Skip(1).TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
            .SkipWhile(line => line != "### " + project).Skip(1).TakeWhile(static line => !line.StartsWith("### ", StringComparison.Ordinal));
        return lines.Where(static line => line.StartsWith('|')).Skip(2)
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(
                static cells => cells[1],
                static cells => cells[2] == "-" ? [] : cells[2].Split(',', StringSplitOptions.TrimEntries),
                StringComparer.Ordinal);
    }
}
