namespace InboundProvisioning.State;

/// <summary>Where a state is kept: a file of this machine, or a blob that is worked on in a private folder. Shows no secret.</summary>
public sealed class StateLocation
{
    private StateLocation(string path, IStateStore? store)
    {
        Path = path;
        Store = store;
    }

    /// <summary>The full path of the file, or the address of the blob without its query, which may hold a signature.</summary>
    public string Path { get; }

    /// <summary>What keeps the state; null where the file does.</summary>
    internal IStateStore? Store { get; }

    /// <summary>A state in a file.</summary>
    /// <param name="path">The full path.</param>
    public static implicit operator StateLocation(string path) => OfFile(path);

    /// <summary>A state in a file.</summary>
    /// <param name="path">The full path.</param>
    public static StateLocation OfFile(string path) => new(path, store: null);

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>A state that something else than a file keeps.</summary>
    internal static StateLocation OfStore(IStateStore store) => new(store.Name, store);

    /// <summary>The file that a link leads to: a state has one lock, whatever it is called.</summary>
    internal StateLocation Target() => Store is null ? OfFile(StateFile.TargetOf(Path)) : this;
}
