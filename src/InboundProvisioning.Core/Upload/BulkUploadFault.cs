using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Upload;

/// <summary>Words the faults of an upload: which batch, which people, and what was not sent.</summary>
public static class BulkUploadFault
{
    // A message stays readable; the rest is in the error's target object.
    private const int MostNames = 10;

    /// <summary>The fault of one request, with the externalIds that it holds.</summary>
    public static InboundProvisioningException OfRequest(BulkUploadOutcome outcome)
    {
        InboundProvisioningException fault = outcome.Fault!;
        return new InboundProvisioningException(
            fault.ErrorId, fault.Kind, fault.Message + People(outcome.Document), (object?)outcome.Result ?? fault.Target ?? outcome.Document.Source);
    }

    /// <summary>The fault that ends a run.</summary>
    /// <param name="cause">The request whose fault ended it.</param>
    /// <param name="alsoRefused">Others that were refused meanwhile.</param>
    /// <param name="unsent">What was not sent.</param>
    /// <param name="moreMayFollow">Whether there was more to come that is not known by name.</param>
    public static BulkUploadStoppedException OfRun(
        BulkUploadOutcome cause, IReadOnlyList<BulkUploadOutcome> alsoRefused, IReadOnlyList<UnsentPayload> unsent, bool moreMayFollow)
    {
        InboundProvisioningException fault = OfRequest(cause);
        string message = fault.Message;
        if (alsoRefused.Count > 0)
        {
            message += " Also not accepted: " + Capped(alsoRefused.Select(other => Name(other.Index, other.Document) + ", " + other.Fault!.ErrorId)) + ".";
        }

        message += unsent.Count == 0
            ? " Nothing else was waiting to be sent"
            : string.Format(CultureInfo.InvariantCulture, " Not sent ({0}): ", unsent.Count) + Capped(unsent.Select(static payload => payload.ToString()));
        message += moreMayFollow ? "; what was still to come from the pipeline was not sent either." : ".";
        return new BulkUploadStoppedException(fault.ErrorId, fault.Kind, message, unsent);
    }

    private static string Name(int index, BulkRequestDocument document) =>
        string.Format(CultureInfo.InvariantCulture, "request {0} ({1})", index, document);

    // A refused operation is known by its externalId, else by its bulkId.
    private static string People(BulkRequestDocument document) => document.Operations is [{ BulkId: string bulkId } only]
        ? (only.ExternalId is null ? " " : $" ExternalId: {only.ExternalId}, ") + $"bulkId: {bulkId}."
        : document.ExternalIds.Count == 0 ? string.Empty
        : " ExternalIds: " + Capped(document.ExternalIds) + ".";

    private static string Capped(IEnumerable<string> names)
    {
        List<string> all = names.ToList();
        string shown = string.Join(", ", all.Take(MostNames));
        return all.Count <= MostNames
            ? shown
            : shown + string.Format(CultureInfo.InvariantCulture, " and {0} more", all.Count - MostNames);
    }
}
