using System;
using System.Collections.Generic;
using System.IO;

namespace InboundProvisioning.Proposal;

/// <summary>The tables of this folder, which are part of the assembly.</summary>
internal static class EmbeddedLines
{
    /// <summary>The lines of a table that are neither empty nor a comment.</summary>
    public static IEnumerable<string> Read(string file)
    {
        using Stream stream = typeof(EmbeddedLines).Assembly.GetManifestResourceStream("InboundProvisioning.Proposal." + file)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    /// <summary>The words of a line.</summary>
    public static string[] Words(string line) => line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
