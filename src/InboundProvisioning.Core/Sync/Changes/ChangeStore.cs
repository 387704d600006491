using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Sync.Changes;

/// <summary>
/// What a run is to change, person by person: the records in a temporary file, since they may be more than memory has room for, and 32
/// bytes of each in memory. The file has no name any more once it is open (on Windows it goes with its handle, also when the process is
/// killed), so that nobody else can read it and nothing is left of it.
/// </summary>
internal sealed class ChangeStore : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly FileStream _file;
    private readonly List<Entry> _entries = [];
    private readonly List<string> _reasons = [];
    private long _end;

    public ChangeStore()
    {
        string path = Path.Combine(Path.GetTempPath(), "InboundProvisioning-" + Guid.NewGuid().ToString("N") + ".tmp");
        _file = Open(path);
    }

    /// <summary>The changes without their records, in the order of the source.</summary>
    public IEnumerable<(long Key, ChangeKind Kind, string? Held)> Entries => _entries.Select(entry => (entry.Key, entry.Kind, ReasonOf(entry)));

    /// <summary>Adds a change.</summary>
    public void Add(in StoredChange change)
    {
        _file.Position = _end;
        _file.Write(change.Attributes, 0, change.Attributes.Length);
        _file.Write(change.Data, 0, change.Data.Length);
        _entries.Add(new Entry(change.Key, _end, change.Data.Length, (ushort)change.Attributes.Length, change.Kind, Reason(change.Held), Depth: 0));
        _end += change.Attributes.Length + change.Data.Length;
    }

    /// <summary>Sets how deep people are below those who are to be there before them; among the same depth the order of the source counts.</summary>
    public void SetDepths(IReadOnlyDictionary<long, int> depths)
    {
        for (int i = 0; depths.Count > 0 && i < _entries.Count; i++)
        {
            if (depths.TryGetValue(_entries[i].Key, out int depth))
            {
                _entries[i] = _entries[i] with { Depth = (ushort)Math.Min(depth, ushort.MaxValue) };
            }
        }
    }

    /// <summary>Holds people back who are not held for another reason.</summary>
    public void Hold(IReadOnlyCollection<long> keys, string reason)
    {
        if (keys.Count > 0)
        {
            HashSet<long> people = keys as HashSet<long> ?? [.. keys];
            Hold(entry => people.Contains(entry.Key), reason);
        }
    }

    /// <summary>Holds all changes of a kind back.</summary>
    public void Hold(ChangeKind kind, string reason) => Hold(entry => entry.Kind == kind, reason);

    /// <summary>The changes that go, in the order in which they go: by kind, then depth, then place in the source.</summary>
    public IEnumerable<StoredChange> InOrder() => Ranked(static entry => entry.Reason == 0 && entry.Kind != ChangeKind.Same);

    /// <summary>All changes, held ones too, in the order in which they would go.</summary>
    public IEnumerable<StoredChange> Ranked() => Ranked(static entry => entry.Kind != ChangeKind.Same);

    /// <summary>All changes with their records, held ones too, in the order of the source.</summary>
    public IEnumerable<StoredChange> All() => Enumerable.Range(0, _entries.Count).Select(place => Read(_entries[place]));

    /// <summary>All changes with their records, held ones too, by key: in this order a table takes them fastest.</summary>
    public IEnumerable<StoredChange> ByKey() => _entries.OrderBy(static entry => entry.Key).Select(entry => Read(entry));

    /// <summary>The first changes of some people, in the order of the source.</summary>
    public IEnumerable<StoredChange> Of(ICollection<long> keys) =>
        Enumerable.Range(0, _entries.Count).Where(place => keys.Contains(_entries[place].Key)).Select(place => Read(_entries[place]));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = BufferSize,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
#else
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferSize, FileOptions.DeleteOnClose);
#endif
        if (Path.DirectorySeparatorChar == '/')
        {
            File.Delete(path);
        }

        return file;
    }

    private void Hold(Func<Entry, bool> isConcerned, string reason)
    {
        byte number = Reason(reason);
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Reason == 0 && isConcerned(_entries[i]))
            {
                _entries[i] = _entries[i] with { Reason = number };
            }
        }
    }

    private IEnumerable<StoredChange> Ranked(Func<Entry, bool> isMeant)
    {
        int[] order = [.. Enumerable.Range(0, _entries.Count).Where(place => isMeant(_entries[place]))];
        Array.Sort(order, (left, right) => Rank(left).CompareTo(Rank(right)));
        return order.Select(place => Read(_entries[place]));
    }

    private (ChangeKind Kind, int Depth, int Place) Rank(int place) => (_entries[place].Kind, _entries[place].Depth, place);

    private StoredChange Read(in Entry entry)
    {
        byte[] attributes = new byte[entry.AttributesLength];
        byte[] data = new byte[entry.DataLength];
        _file.Position = entry.Offset;
        ReadExactly(attributes);
        ReadExactly(data);
        return new StoredChange(entry.Key, entry.Kind, attributes, data, ReasonOf(entry));
    }

    private void ReadExactly(byte[] target)
    {
        int read = 0;
        while (read < target.Length)
        {
            int more = _file.Read(target, read, target.Length - read);
            read += more > 0 ? more : throw new EndOfStreamException("The temporary file of the run was cut.");
        }
    }

    private byte Reason(string? reason)
    {
        if (reason is null)
        {
            return 0;
        }

        int known = _reasons.IndexOf(reason);
        if (known < 0)
        {
            known = _reasons.Count;
            _reasons.Add(reason);
        }

        // A run has a dozen reasons at the most, but for ids that share a key, which nobody will ever see.
        return (byte)Math.Min(known + 1, byte.MaxValue);
    }

    private string? ReasonOf(in Entry entry) => entry.Reason == 0 ? null : _reasons[entry.Reason - 1];

    private readonly record struct Entry(
        long Key, long Offset, int DataLength, ushort AttributesLength, ChangeKind Kind, byte Reason, ushort Depth);
}
