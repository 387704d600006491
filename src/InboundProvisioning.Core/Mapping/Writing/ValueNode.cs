namespace InboundProvisioning.Mapping.Writing;

/// <summary>Writes the value of one attribute for a row.</summary>
internal abstract class ValueNode
{
    public abstract Emission Write(Row row, RowWriter writer);
}
