namespace InboundProvisioning.Mapping.Writing;

/// <summary>An attribute whose column the source does not have.</summary>
internal sealed class MissingColumnNode : ValueNode
{
    public override Emission Write(Row row, RowWriter writer) => writer.WriteMissing();

    public override void AddTo(FlatTemplate.Builder template) => template.Text("null"u8);
}
