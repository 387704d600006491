using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Upload;

/// <summary>
/// Finds the operations at fault in a request that the service refuses as a whole (its answer names none), by halving: parts
/// that are accepted are delivered, and what is left alone is at fault.
/// </summary>
/// <remarks>
/// The calls are bounded. Where nothing at all is accepted and single operations from all over the request are refused too,
/// the fault is the request's own, and the search stops.
/// </remarks>
internal sealed class BulkUploadNarrowing
{
    // Two neighbours may both be at fault; five from different places, with nothing accepted, are the rule and not the exception.
    private const int NeighboursRefused = 2;
    private const int SinglesRefused = 5;

    // Four operations at fault among n are found with 4 log2(n) cuts of two calls each. More of them get no more calls.
    private const int FaultsToFind = 4;

    private readonly BulkUploadOutcome _refused;
    private readonly Func<BulkRequestDocument, Task<BulkUploadOutcome>> _send;
    private readonly Func<bool> _ended;
    private readonly List<BulkUploadOutcome> _done = [];

    // Parts that were not sent yet, and refused ones to cut; the last is the next.
    private readonly List<BulkUploadOutcome> _open;
    private int _cutsLeft;
    private int _singlesRefused;

    /// <param name="refused">The request, as it was refused.</param>
    /// <param name="send">Sends a part.</param>
    /// <param name="ended">Whether the run has ended: nothing new is sent.</param>
    public BulkUploadNarrowing(BulkUploadOutcome refused, Func<BulkRequestDocument, Task<BulkUploadOutcome>> send, Func<bool> ended)
    {
        _refused = refused;
        _send = send;
        _ended = ended;
        _open = [refused];
        _cutsLeft = FaultsToFind * (int)Math.Ceiling(Math.Log(refused.Document.OperationCount, 2));
    }

    private bool AnyAccepted => _done.Exists(static part => part.IsAccepted);

    /// <summary>Whether a refusal is of the kind that a smaller request may escape.</summary>
    public static bool MayHelp(BulkUploadOutcome outcome) => IsRefusal(outcome) && outcome.Document.OperationCount > 1;

    /// <summary>The outcome of the request with its parts; without any, where the fault is the request's own.</summary>
    public async Task<BulkUploadOutcome> RunAsync()
    {
        while (_open.Count > 0 && !_ended())
        {
            if (_singlesRefused < NeighboursRefused || AnyAccepted)
            {
                await NarrowAsync(Take(_open.Count - 1)).ConfigureAwait(false);
            }
            else if (_singlesRefused < SinglesRefused)
            {
                await ProbeAsync(Take(Largest())).ConfigureAwait(false);
            }
            else
            {
                return Whole();
            }
        }

        if (_open.Count == 0 && _done.TrueForAll(IsRefusal))
        {
            return Whole();
        }

        return _refused with
        {
            Parts = _done.Concat(_open).OrderBy(static part => part.Document.FirstOperation).ToArray(),
            EndsRun = _done.Exists(static part => part.EndsRun),
        };
    }

    private async Task NarrowAsync(BulkUploadOutcome part)
    {
        if (part.IsUnsent)
        {
            await SendAsync(part.Document).ConfigureAwait(false);
        }
        else if (_cutsLeft == 0)
        {
            _done.Add(NotNarrowed(part));
        }
        else
        {
            await CutAsync(part.Document, (part.Document.OperationCount + 1) / 2).ConfigureAwait(false);
        }
    }

    private Task ProbeAsync(BulkUploadOutcome part) =>
        part.Document.OperationCount == 1 ? SendAsync(part.Document) : CutAsync(part.Document, 1);

    private async Task CutAsync(BulkRequestDocument part, int at)
    {
        _cutsLeft--;

        // The rest comes after all of the first part, as in the request: it may hold a later record of the same person.
        _open.Add(new BulkUploadOutcome(_refused.Index, part.Part(at, part.OperationCount - at)));
        await SendAsync(part.Part(0, at)).ConfigureAwait(false);
    }

    private async Task SendAsync(BulkRequestDocument part)
    {
        BulkUploadOutcome outcome = await _send(part).ConfigureAwait(false);
        if (MayHelp(outcome))
        {
            _open.Add(outcome);
            return;
        }

        _done.Add(outcome);
        _singlesRefused += IsRefusal(outcome) ? 1 : 0;
    }

    private BulkUploadOutcome Take(int position)
    {
        BulkUploadOutcome part = _open[position];
        _open.RemoveAt(position);
        return part;
    }

    private int Largest() => _open.IndexOf(_open.OrderByDescending(static part => part.Document.OperationCount).First());

    private BulkUploadOutcome Whole() => _refused with
    {
        Fault = new InboundProvisioningException(
            _refused.Fault!.ErrorId,
            _refused.Fault.Kind,
            _refused.Fault.Message + $" Single operations of it are refused too ({_singlesRefused} were tried): the fault is in all of them, or in the request."),
    };

    private static BulkUploadOutcome NotNarrowed(BulkUploadOutcome part) => part with
    {
        Fault = new InboundProvisioningException(
            part.Fault!.ErrorId,
            part.Fault.Kind,
            part.Fault.Message + " At least one of these operations is at fault. The request has too many such to find each of them."),
    };

    private static bool IsRefusal(BulkUploadOutcome outcome) => outcome.Fault is GraphException { ErrorId: "RequestRefused", Status: 400 or 413 };
}
