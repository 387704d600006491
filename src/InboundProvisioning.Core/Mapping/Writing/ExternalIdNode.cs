namespace InboundProvisioning.Mapping.Writing;

/// <summary>The externalId among the attributes: the same text that stands as bulkId already, so that it is computed once.</summary>
internal sealed class ExternalIdNode : ValueNode
{
    private int _start;
    private int _length;

    public void StandsAt(int start, int length)
    {
        _start = start;
        _length = length;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        writer.Json.Repeat(_start, _length);
        return Emission.Value;
    }
}
