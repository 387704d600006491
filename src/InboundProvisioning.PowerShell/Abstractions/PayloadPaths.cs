using System;
using System.Collections.Generic;
using System.Management.Automation;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Finds the payload files that a path of a cmdlet names.</summary>
internal static class PayloadPaths
{
    /// <summary>The files of a path.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">What it was given.</param>
    /// <param name="isLiteral">Whether the path is taken as it is; else wildcards are resolved.</param>
    /// <param name="notFound">Takes a document that stands for a path that names no file.</param>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral, Action<BulkRequestDocument> notFound)
    {
        try
        {
            return isLiteral ? [FilePaths.ResolveLiteral(cmdlet, path)] : [.. FilePaths.Resolve(cmdlet, path)];
        }
        catch (InboundProvisioningException fault) when (fault.InnerException is SessionStateException and not ItemNotFoundException)
        {
            notFound(Invalid(path, fault));
        }
        catch (InboundProvisioningException fault)
        {
            notFound(PayloadFile.NotFound(path, fault));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            notFound(Invalid(path, fault));
        }

        return [];
    }

    private static BulkRequestDocument Invalid(string path, Exception fault) => PayloadFile.NotFound(
        path, new InboundProvisioningException("PathInvalid", FaultKind.NotFound, $"'{path}' is not a path: {fault.Message}", path));
}
