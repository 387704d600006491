using System.Collections.Generic;
using InboundProvisioning.Conversion;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>Makes the bulk requests of a run, each when its turn comes.</summary>
internal static class SyncRequests
{
    /// <summary>Requests that are in doubt, in identical bytes.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="journal">Is told that they are no new ones.</param>
    public static IEnumerable<BulkRequestDocument> OfOutbox(IReadOnlyList<OutboxRequest> requests, SyncJournal journal)
    {
        foreach (OutboxRequest request in requests)
        {
            BulkRequestDocument document = BulkRequestDocument.Read("Resumed", (int)request.Id, request.Body);
            journal.Expect(document, request.Id);
            yield return document;
        }
    }

    /// <summary>Requests of records that are to go, full but for the last.</summary>
    public static IEnumerable<BulkRequestDocument> Of(IEnumerable<StoredChange> changes)
    {
        using var writer = new BulkRequestWriter(ConversionOptions.MaxOperationsPerRequest, ConversionOptions.MaxRequestBytes);
        using var operation = new JsonBuffer();
        foreach (StoredChange change in changes)
        {
            operation.Clear();
            OperationBytes.WriteUser(operation, change.Data);
            if (writer.Add(operation.Written) is { } full)
            {
                yield return Document(full);
            }
        }

        if (writer.EndRun() is { } last)
        {
            yield return Document(last);
        }
    }

    private static BulkRequestDocument Document(BulkRequest request)
    {
        using (request)
        {
            return BulkRequestDocument.Read("Plan", request.Number, request.Json.ToArray());
        }
    }
}
