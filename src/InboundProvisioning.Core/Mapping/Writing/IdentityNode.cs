namespace InboundProvisioning.Mapping.Writing;

/// <summary>A column by whose value a person is found.</summary>
internal sealed class IdentityNode : ValueNode
{
    private readonly ValueNode _value;
    private readonly string _path;

    public IdentityNode(ValueNode value, string path)
    {
        _value = value;
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        int start = writer.Json.Length;
        Emission emission = _value.Write(row, writer);
        IdentityCheck.Look(writer, start, _path);
        return emission;
    }
}
