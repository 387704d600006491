using System.Collections.Generic;
using System.IO;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Upload;

/// <summary>Something that a run which ended early did not send: a document, or a whole file that was not opened.</summary>
/// <param name="Source">The full path of the file, or <c>InputObject</c> for strings.</param>
/// <param name="Document">The number of the document within its source, or null for the whole file.</param>
/// <param name="ExternalIds">The externalIds of the document; empty for a whole file.</param>
public sealed record UnsentPayload(string Source, int? Document, IReadOnlyList<string> ExternalIds)
{
    /// <summary>The number of the first operation that was not sent, from 1; or null for all of the document.</summary>
    public int? FirstOperation { get; init; }

    /// <summary>How many operations were not sent; 0 for a whole file, of which nothing was read.</summary>
    public int OperationCount { get; init; }

    /// <summary>A document that was read, or a part of one.</summary>
    public static UnsentPayload Of(BulkRequestDocument document) => new(document.Source, document.Number, document.ExternalIds)
    {
        FirstOperation = document.IsPart ? document.FirstOperation : null,
        OperationCount = document.OperationCount,
    };

    /// <summary>A file, of which nothing was read.</summary>
    public static UnsentPayload OfFile(string path) => new(path, null, []);

    /// <inheritdoc/>
    public override string ToString() =>
        Document is not int number ? Path.GetFileName(Source)
        : FirstOperation is not int first ? BulkRequestDocument.Label(Source, number)
        : BulkRequestDocument.Label(Source, number) + " " + BulkRequestDocument.OperationRange(first, OperationCount);
}
