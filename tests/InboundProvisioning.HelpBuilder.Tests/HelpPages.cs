using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using InboundProvisioning.PowerShell.Commands;

namespace InboundProvisioning.HelpBuilder.Tests;

/// <summary>The pages of docs/en-US beside the cmdlets that they are about.</summary>
internal static class HelpPages
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "en-US");

    /// <summary>The names of the cmdlets that have a page.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.md")
        .Select(static path => Path.GetFileNameWithoutExtension(path))
        .Where(static name => !name.StartsWith("about_", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The cmdlets by name.</summary>
    public static IReadOnlyDictionary<string, Type> Cmdlets { get; } = typeof(TestScimAttributeMappingCommand).Assembly.GetExportedTypes()
        .Where(static type => type.GetCustomAttribute<CmdletAttribute>() is not null)
        .ToDictionary(static type =>
        {
            CmdletAttribute cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
            return $"{cmdlet.VerbName}-{cmdlet.NounName}";
        });

    public static CommandPage Read(string name)
    {
        string path = Path.Combine(Folder, name + ".md");
        return CommandPageReader.Read(File.ReadAllText(path), path);
    }
}
