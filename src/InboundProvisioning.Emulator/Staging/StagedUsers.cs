using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>The users of all accepted bulk requests, in the order in which they were accepted. They stay here when a job has processed them.</summary>
internal sealed class StagedUsers
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _users = [];

    /// <summary>Stages one bulk request's users together: no other request's come between them, here and in the job's queue.</summary>
    public void Add(IReadOnlyList<JsonElement> users, PendingUsers queue)
    {
        lock (_lock)
        {
            _users.AddRange(users);
            queue.Add(users);
        }
    }

    public void Load(IEnumerable<JsonElement> users)
    {
        lock (_lock)
        {
            _users.AddRange(users);
        }
    }

    /// <summary>Reads while nothing is staged.</summary>
    public T Between<T>(Func<IReadOnlyList<JsonElement>, T> read)
    {
        lock (_lock)
        {
            return read(_users);
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
