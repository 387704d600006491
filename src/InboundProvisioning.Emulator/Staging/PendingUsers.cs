using System.Collections.Generic;
using System.Text.Json;
using System.Threading;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>The users that one job has yet to process, in the order in which they were accepted.</summary>
internal sealed class PendingUsers
{
    private readonly Lock _lock = new();
    private List<JsonElement> _users = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _users.Count;
            }
        }
    }

    /// <summary>Adds one bulk request's users together: no other request's come between them.</summary>
    public void Add(IEnumerable<JsonElement> users)
    {
        lock (_lock)
        {
            _users.AddRange(users);
        }
    }

    /// <summary>Takes all of them away, for a run to process.</summary>
    public IReadOnlyList<JsonElement> Take()
    {
        lock (_lock)
        {
            List<JsonElement> taken = _users;
            _users = [];
            return taken;
        }
    }

    public IReadOnlyList<JsonElement> ToList()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }

    public void Clear() => Take();
}
