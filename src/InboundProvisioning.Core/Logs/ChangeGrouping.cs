using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Logs;

/// <summary>
/// Makes one change of the events that share a changeId, while they stream by. The events of one change lie near each other in the
/// logs, not always side by side: a change is given out when 500 further events have gone by without one of its own, or at the
/// end. Should one come still later, it makes a second change with the same id.
/// </summary>
/// <remarks>500 is about half a page: the first changes come out after the first page, and no more than 500 are held.</remarks>
public sealed class ChangeGrouping
{
    private const int Patience = 500;

    private readonly OpenGroups<(string? CycleId, string ChangeId), List<ProvisioningEvent>> _open = new(Patience);

    /// <summary>Adds an event.</summary>
    /// <param name="item">The next event of the stream.</param>
    /// <returns>The changes that are complete by now, oldest use first.</returns>
    public IReadOnlyList<ProvisioningChange> Add(ProvisioningEvent item)
    {
        if (item.ChangeId is null)
        {
            return [ProvisioningChange.Of([item])];
        }

        (string?, string) key = (item.CycleId, item.ChangeId);
        if (_open.TryUse(key, out List<ProvisioningEvent> events))
        {
            events.Add(item);
        }
        else
        {
            _open.Add(key, [item]);
        }

        return Close(all: false);
    }

    /// <summary>Ends the stream, or a part of it that shares no change with the next.</summary>
    /// <returns>The changes that were still open.</returns>
    public IReadOnlyList<ProvisioningChange> Complete() => Close(all: true);

    private List<ProvisioningChange> Close(bool all) => _open.Close(all).Select(ProvisioningChange.Of).ToList();
}
