namespace InboundProvisioning.Mapping.Writing;

/// <summary>Writes the value of one attribute for a row.</summary>
internal abstract class ValueNode
{
    public abstract Emission Write(Row row, RowWriter writer);

    /// <summary>Adds the node to a template in which nothing is left out.</summary>
    public virtual void AddTo(FlatTemplate.Builder template) => template.Value(this);
}
