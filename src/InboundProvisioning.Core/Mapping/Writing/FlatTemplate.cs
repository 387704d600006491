using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>
/// A user as text with gaps. Where nothing is ever left out, all but the values of the row is the same for every row and is copied
/// in long pieces.
/// </summary>
internal sealed class FlatTemplate
{
    private readonly byte[][] _texts;
    private readonly ValueNode[] _values;

    private FlatTemplate(byte[][] texts, ValueNode[] values)
    {
        _texts = texts;
        _values = values;
    }

    public void Write(Row row, RowWriter writer)
    {
        byte[][] texts = _texts;
        ValueNode[] values = _values;
        JsonBuffer json = writer.Json;
        for (int i = 0; i < values.Length; i++)
        {
            json.WriteRaw(texts[i]);
            values[i].Write(row, writer);
        }

        json.WriteRaw(texts[values.Length]);
    }

    /// <summary>Gathers a template; the nodes of a mapping add themselves.</summary>
    public sealed class Builder
    {
        private readonly JsonBuffer _text;
        private readonly List<byte[]> _texts = [];
        private readonly List<ValueNode> _values = [];

        public Builder(JsonBuffer text)
        {
            _text = text;
        }

        public void Text(System.ReadOnlySpan<byte> text) => _text.WriteRaw(text);

        public void Value(ValueNode value)
        {
            EndText();
            _values.Add(value);
        }

        public FlatTemplate Build()
        {
            EndText();
            return new FlatTemplate([.. _texts], [.. _values]);
        }

        private void EndText()
        {
            _texts.Add(_text.Written.ToArray());
            _text.Length = 0;
        }
    }
}
