using System;
using System.Collections.Concurrent;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>
/// New service principals are not found at once everywhere, because the directory replicates them
/// (https://learn.microsoft.com/graph/best-practices-concept#handling-expected-errors names 404 among what to retry by this reason). Here the first calls
/// to each fail, however soon they come: a count does not depend on anybody's speed.
/// </summary>
/// <param name="calls">How many calls do not find a new service principal.</param>
internal sealed class FreshApplications(int calls)
{
    private readonly ConcurrentDictionary<Guid, int> _left = new();

    public void Add(Guid servicePrincipalId)
    {
        if (calls > 0)
        {
            _left[servicePrincipalId] = calls;
        }
    }

    /// <summary>Whether this call comes too early for the service principal. It counts.</summary>
    public bool Hides(string id)
    {
        if (!Guid.TryParse(id, out Guid servicePrincipalId) || !_left.TryGetValue(servicePrincipalId, out _))
        {
            return false;
        }

        int left = _left.AddOrUpdate(servicePrincipalId, 0, (_, before) => before - 1);
        if (left <= 0)
        {
            _left.TryRemove(servicePrincipalId, out _);
        }

        return left >= 0;
    }
}
