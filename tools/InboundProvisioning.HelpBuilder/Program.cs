using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace InboundProvisioning.HelpBuilder;

/// <summary>
/// Builds the module's help from its pages: <c>&lt;Cmdlet&gt;.md</c> become one MAML file, each <c>about_*.md</c> a text file.
/// </summary>
internal static class Program
{
    private const string HelpFile = "InboundProvisioning.PowerShell.dll-Help.xml";
    private const string AboutPrefix = "about_";

    public static int Main(string[] args)
    {
        if (args is not [string pages, string target])
        {
            Console.Error.WriteLine("Usage: InboundProvisioning.HelpBuilder <folder of the pages> <folder of the help>");
            return 2;
        }

        try
        {
            Build(pages, target);
            return 0;
        }
        catch (PageException fault)
        {
            // The form in which MSBuild recognises an error with its place.
            Console.Error.WriteLine($"{fault.Path}({fault.Line}): error HELP001: {fault.Message}");
            return 1;
        }
    }

    private static void Build(string pages, string target)
    {
        Directory.CreateDirectory(target);
        var commands = new List<CommandPage>();
        foreach (string path in Directory.EnumerateFiles(pages, "*.md").OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            string markdown = File.ReadAllText(path);
            if (name.StartsWith(AboutPrefix, StringComparison.Ordinal))
            {
                // Windows PowerShell takes a file without a byte order mark for the system's code page.
                File.WriteAllText(Path.Combine(target, name + ".help.txt"), AboutTopic.ToText(markdown, path), new UTF8Encoding(true));
            }
            else
            {
                commands.Add(CommandPageReader.Read(markdown, path));
            }
        }

        MamlWriter.Write(commands, Path.Combine(target, HelpFile));
    }
}
