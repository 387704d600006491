namespace InboundProvisioning.Mapping.Writing;

/// <summary>The externalId among the attributes: the same text that stands as bulkId already, so that it is computed once.</summary>
internal sealed class ExternalIdNode : ValueNode
{
    public override Emission Write(Row row, RowWriter writer)
    {
        (int start, int length) = writer.ExternalId;
        writer.Json.Repeat(start, length);
        return Emission.Value;
    }
}
