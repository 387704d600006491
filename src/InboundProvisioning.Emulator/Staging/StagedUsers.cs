using System.Collections.Generic;
using System.Text.Json;
using System.Threading;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>The users of the accepted bulk requests, in the order in which they were accepted.</summary>
internal sealed class StagedUsers
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _users = [];

    /// <summary>Stages one bulk request's users together: no other request's come between them.</summary>
    public void Add(IReadOnlyList<JsonElement> users)
    {
        lock (_lock)
        {
            _users.AddRange(users);
        }
    }

    public IReadOnlyList<JsonElement> ToList()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }
}
