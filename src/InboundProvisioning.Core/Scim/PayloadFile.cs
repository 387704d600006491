using System;
using System.Collections.Generic;
using System.IO;

namespace InboundProvisioning.Scim;

/// <summary>
/// The documents of a payload file that the user names. The faults of finding, opening and reading it become a document with a fault,
/// so that they take their place in the order.
/// </summary>
public static class PayloadFile
{
    /// <summary>Reads a file, document by document.</summary>
    /// <param name="path">The full path.</param>
    public static IEnumerable<BulkRequestDocument> Read(string path)
    {
        using IEnumerator<BulkRequestDocument> documents = BulkRequestDocumentReader.ReadFile(path).GetEnumerator();
        BulkRequestDocument? fault;
        while (TryNext(documents, path, out fault))
        {
            yield return documents.Current;
        }

        if (fault is not null)
        {
            yield return fault;
        }
    }

    /// <summary>Stands for a path that names no file, or that is a payload itself.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="fault">Why nothing was found; null for the plain reason.</param>
    public static BulkRequestDocument NotFound(string path, InboundProvisioningException? fault = null) => path.TrimStart() is ['{', ..] && path.IndexOf('"') > 0
        ? Unreadable("Path", "PathIsPayload", "-Path was given a payload itself. Give it to -InputObject, or through the pipeline.")
        : fault is not null ? BulkRequestDocument.Unreadable(path, fault)
        : Unreadable(path, "PathNotFound", $"There is no file '{path}'.");

    // False at the end, and where the rest cannot be read.
    private static bool TryNext(IEnumerator<BulkRequestDocument> documents, string path, out BulkRequestDocument? fault)
    {
        fault = null;
        try
        {
            return documents.MoveNext();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = NotFound(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = Directory.Exists(path)
                ? Unreadable(path, "NotAFile", $"'{path}' is a folder. Give the files in it: -Path '{Path.Combine(path, "*.json")}'.")
                : Unreadable(path, "PathNotReadable", $"'{path}' cannot be read: {error.Message}");
        }

        return false;
    }

    private static BulkRequestDocument Unreadable(string source, string errorId, string message) =>
        BulkRequestDocument.Unreadable(source, new InboundProvisioningException(errorId, FaultKind.NotFound, message, source));
}
