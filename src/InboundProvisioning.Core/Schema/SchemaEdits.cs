using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Schema;

/// <summary>Edits of a JSON text that leave every other byte as it is.</summary>
internal sealed class SchemaEdits(SchemaText text)
{
    private readonly List<(int Start, int End, byte[] Bytes)> _splices = [];
    private readonly HashSet<SchemaNode> _filled = [];

    /// <summary>Whether anything is to be edited.</summary>
    public bool Any => _splices.Count > 0;

    /// <summary>Puts other bytes in the place of a value.</summary>
    public void Replace(SchemaNode node, byte[] value) => _splices.Add((node.Start, node.End, value));

    /// <summary>Adds an item at the end of an array, set as the items before it are.</summary>
    public void Append(SchemaNode array, byte[] item)
    {
        bool follows = array.Items.Count > 0 || !_filled.Add(array);
        int at = array.Items.Count > 0 ? array.Items[array.Items.Count - 1].End : array.Start + 1;
        byte[] indent = array.Items.Count > 0 ? text.Bytes.AsSpan(array.Start + 1, array.Items[0].Start - array.Start - 1).ToArray() : [];
        _splices.Add((at, at, follows ? [(byte)',', .. indent, .. item] : item));
    }

    /// <summary>Gives a property another value, or adds it at the end of the object.</summary>
    public void Set(SchemaNode node, string property, byte[] value)
    {
        if (text.Find(node, property) is SchemaNode present)
        {
            Replace(present, value);
            return;
        }

        bool follows = node.Properties.Count > 0 || !_filled.Add(node);
        int at = node.Properties.Count > 0 ? node.Properties[node.Properties.Count - 1].Value.End : node.Start + 1;
        byte[] member = [.. SchemaJson.Text(property), (byte)':', .. value];
        _splices.Add((at, at, follows ? [(byte)',', .. member] : member));
    }

    /// <summary>Removes the annotation <c>@odata.context</c> of the outermost object, which no request carries.</summary>
    public void RemoveContext()
    {
        List<SchemaProperty> properties = text.Root.Properties;
        bool[] goes = [.. properties.Select(property => text.HasName(property, "@odata.context"))];
        int lastKept = Array.LastIndexOf(goes, false);
        for (int i = 0; i < lastKept; i++)
        {
            if (goes[i])
            {
                _splices.Add((properties[i].NameStart, properties[i + 1].NameStart, []));
            }
        }

        if (lastKept < properties.Count - 1)
        {
            int start = lastKept < 0 ? properties[0].NameStart : properties[lastKept].Value.End;
            _splices.Add((start, properties[properties.Count - 1].Value.End, []));
        }
    }

    /// <summary>The text with the edits.</summary>
    public byte[] Apply()
    {
        using var edited = new MemoryStream(text.Bytes.Length + _splices.Sum(static splice => splice.Bytes.Length));
        int copied = 0;

        // OrderBy is stable: what is added at one place stays in the order in which it was added.
        foreach ((int start, int end, byte[] bytes) in _splices.OrderBy(static splice => splice.Start))
        {
            if (start < copied)
            {
                throw new InvalidOperationException("Two edits overlap.");
            }

            edited.Write(text.Bytes, copied, start - copied);
            edited.Write(bytes, 0, bytes.Length);
            copied = end;
        }

        edited.Write(text.Bytes, copied, text.Bytes.Length - copied);
        return edited.ToArray();
    }
}
