using System;
using System.Collections.Concurrent;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>Access tokens that are refused before their time, because a fault said so.</summary>
internal sealed class RevokedTokens
{
    private readonly ConcurrentDictionary<string, byte> _tokens = new(StringComparer.Ordinal);

    public void Add(string compact) => _tokens.TryAdd(compact, 0);

    public bool Contains(string compact) => _tokens.ContainsKey(compact);
}
