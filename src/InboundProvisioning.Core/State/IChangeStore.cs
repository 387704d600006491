using System;
using System.Collections.Generic;

namespace InboundProvisioning.State;

/// <summary>What a run is to change, person by person, on the disk: it may be more than memory has room for.</summary>
internal interface IChangeStore : IDisposable
{
    /// <summary>Adds a change.</summary>
    void Add(in StoredChange change);

    /// <summary>Ends a group of additions.</summary>
    void Flush();

    /// <summary>Sets how deep people are below those who are to be there before them.</summary>
    void SetDepths(IEnumerable<(long Key, int Depth)> depths);

    /// <summary>Holds people back.</summary>
    /// <param name="keys">Who.</param>
    /// <param name="reason">Why.</param>
    void Hold(IEnumerable<long> keys, string reason);

    /// <summary>Holds all changes of a kind back.</summary>
    void HoldKind(int kind, string reason);

    /// <summary>The changes that are not held, in the order in which they go: by kind, then depth, then place in the source.</summary>
    IEnumerable<StoredChange> InOrder();

    /// <summary>All changes, held ones too, in the same order.</summary>
    IEnumerable<StoredChange> All();
}
