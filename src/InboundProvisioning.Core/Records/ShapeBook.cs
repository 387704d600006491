using System;
using System.Collections.Generic;

namespace InboundProvisioning.Records;

/// <summary>The shapes of the records of a state. Not for several threads at a time.</summary>
internal sealed class ShapeBook
{
    private readonly Dictionary<RecordFingerprint, RecordShape> _bySkeleton = [];
    private readonly Dictionary<int, RecordShape> _byId = [];
    private int _lastId;

    /// <summary>How many there are.</summary>
    public int Count => _byId.Count;

    /// <summary>The shape of a number.</summary>
    public RecordShape this[int id] => _byId[id];

    /// <summary>The shape of a number, or null.</summary>
    public RecordShape? Find(int id) => _byId.TryGetValue(id, out RecordShape? shape) ? shape : null;

    /// <summary>Takes a shape that a state holds.</summary>
    public void Add(int id, byte[] skeleton)
    {
        var shape = new RecordShape(id, skeleton);
        _bySkeleton[RecordFingerprint.Of(skeleton)] = shape;
        _byId[id] = shape;
        _lastId = Math.Max(_lastId, id);
    }

    /// <summary>The shape of a skeleton, which is made where it is new.</summary>
    public RecordShape Of(ReadOnlySpan<byte> skeleton)
    {
        var key = RecordFingerprint.Of(skeleton);
        if (!_bySkeleton.TryGetValue(key, out RecordShape? shape))
        {
            shape = new RecordShape(++_lastId, skeleton.ToArray());
            _bySkeleton.Add(key, shape);
            _byId.Add(shape.Id, shape);
        }

        return shape;
    }
}
