using System.Collections.Concurrent;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>What becomes of the next visits to the authorization endpoint: an error each, while there are any.</summary>
internal sealed class RefusedSignIns
{
    private readonly ConcurrentQueue<string> _errors = new();

    public void Add(string error) => _errors.Enqueue(error);

    public string? Next() => _errors.TryDequeue(out string? error) ? error : null;
}
