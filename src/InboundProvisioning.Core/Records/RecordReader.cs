using System;
using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Records;

/// <summary>Takes SCIM users apart into shape and values, one after the other. Not for several threads at a time.</summary>
internal sealed class RecordReader
{
    private readonly ShapeBook _shapes;
    private readonly List<(int Start, int Length)> _values = [];
    private readonly List<(bool IsArray, bool IsElement)> _open = [];
    private byte[] _skeleton = new byte[1024];
    private int _skeletonLength;

    /// <param name="shapes">Where shapes are kept.</param>
    public RecordReader(ShapeBook shapes)
    {
        _shapes = shapes;
    }

    /// <summary>Reads a record.</summary>
    /// <param name="data">The SCIM user, one JSON object in UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public UserRecord Read(ReadOnlySpan<byte> data)
    {
        _values.Clear();
        _open.Clear();
        _skeletonLength = 0;
        int copied = 0;
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (IsStructure(reader.GetString()!, _open.Count == 1, _open[_open.Count - 1].IsElement))
                    {
                        reader.Read();
                        reader.Skip();
                    }

                    break;
                case JsonTokenType.StartObject:
                    _open.Add((IsArray: false, IsElement: _open.Count > 0 && _open[_open.Count - 1].IsArray));
                    break;
                case JsonTokenType.StartArray:
                    _open.Add((IsArray: true, IsElement: false));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.RemoveAt(_open.Count - 1);
                    break;
                default:
                    int start = (int)reader.TokenStartIndex;
                    Copy(data.Slice(copied, start - copied));
                    Copy([RecordShape.Gap]);
                    copied = (int)reader.BytesConsumed;
                    _values.Add((start, copied - start));
                    break;
            }
        }

        Copy(data.Slice(copied));
        return new UserRecord(_shapes.Of(_skeleton.AsSpan(0, _skeletonLength)), RecordValues.Encode(data, _values), RecordFingerprint.Of(data));
    }

    /// <summary>Whether a member tells what kind of value stands beside it, so that it belongs to the shape.</summary>
    internal static bool IsStructure(string name, bool isRoot, bool isElement) =>
        (isRoot && name == "schemas") || (isElement && (name is "type" or "primary"));

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        if (_skeletonLength + bytes.Length > _skeleton.Length)
        {
            Array.Resize(ref _skeleton, Math.Max(_skeleton.Length * 2, _skeletonLength + bytes.Length));
        }

        bytes.CopyTo(_skeleton.AsSpan(_skeletonLength));
        _skeletonLength += bytes.Length;
    }
}
