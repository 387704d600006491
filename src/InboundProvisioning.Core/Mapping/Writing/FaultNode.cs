namespace InboundProvisioning.Mapping.Writing;

/// <summary>A value that fits its attribute in no row.</summary>
internal sealed class FaultNode : ValueNode
{
    private readonly string _errorId;
    private readonly string _path;
    private readonly string _reason;

    public FaultNode(string errorId, string path, string reason)
    {
        _errorId = errorId;
        _path = path;
        _reason = reason;
    }

    public override Emission Write(Row row, RowWriter writer) => writer.Fail(_errorId, _path, _reason);
}
