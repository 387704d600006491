using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Resolves the paths of a cmdlet's parameters to files.</summary>
internal static class FilePaths
{
    /// <summary>The files that a path with wildcards stands for, by name: file systems list them in orders of their own.</summary>
    /// <exception cref="InboundProvisioningException">A path matches no file.</exception>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path)
    {
        Collection<string> found;
        ProviderInfo provider;
        try
        {
            found = cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
        }
        catch (ItemNotFoundException exception)
        {
            throw NotFound(path, exception);
        }
        catch (SessionStateException exception)
        {
            throw NoDrive(path, exception);
        }

        RequireFileSystem(provider, path);
        if (found.Count == 1 && Directory.Exists(found[0]) && !WildcardPattern.ContainsWildcardCharacters(path))
        {
            throw new InboundProvisioningException(
                "NotAFile", FaultKind.InvalidArgument, $"{path} is a folder; give the files in it, such as {Path.Combine(path, "*")}.", path);
        }

        List<string> files = [.. found.Where(File.Exists).OrderBy(file => file, StringComparer.Ordinal)];
        return files.Count > 0 ? files : throw NotFound(path, null);
    }

    /// <summary>The file that a path names, taken literally.</summary>
    /// <exception cref="InboundProvisioningException">The path is not one of the file system.</exception>
    public static string ResolveLiteral(PSCmdlet cmdlet, string path)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            RequireFileSystem(provider, path);
            return resolved;
        }
        catch (SessionStateException exception)
        {
            throw NoDrive(path, exception);
        }
    }

    private static void RequireFileSystem(ProviderInfo provider, string path)
    {
        if (provider.Name != FileSystemProvider.ProviderName)
        {
            throw new InboundProvisioningException(
                "NotAFile", FaultKind.InvalidArgument, $"{path} lies in the {provider.Name} provider; give the path of a file.", path);
        }
    }

    // A drive letter that a user has mapped is not there in a scheduled task.
    private static InboundProvisioningException NoDrive(string path, SessionStateException cause) => new(
        "PathNotFound",
        FaultKind.NotFound,
        $"{cause.Message} A drive that somebody has mapped is there for that person alone, and in no scheduled task: give the path of the file itself.",
        path,
        cause);

    private static InboundProvisioningException NotFound(string path, System.Exception? cause) =>
        new("PathNotFound", FaultKind.NotFound, $"There is no file {path}.", path, cause);
}
