using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Files that a command line names so far.</summary>
internal static class GivenPaths
{
    /// <summary>The files of a parameter, wherever the session is; none where it is not given, or names something else than files.</summary>
    public static IEnumerable<string> Of(IDictionary given, string parameter, bool isLiteral = false)
    {
        if (given[parameter] is not { } value || LanguagePrimitives.ConvertTo<string[]>(value) is not { } paths)
        {
            yield break;
        }

        foreach (string path in paths.Where(static path => !path.Contains("://")))
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand("Microsoft.PowerShell.Management\\Resolve-Path").AddParameter(isLiteral ? "LiteralPath" : "Path", path);
            foreach (PathInfo found in shell.Invoke<PathInfo>())
            {
                if (File.Exists(found.ProviderPath))
                {
                    yield return found.ProviderPath;
                }
            }
        }
    }
}
