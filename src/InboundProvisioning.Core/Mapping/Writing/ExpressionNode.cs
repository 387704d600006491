using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A value that an expression computes.</summary>
internal sealed class ExpressionNode : ValueNode
{
    private readonly IRowExpression _expression;
    private readonly ScimAttribute? _attribute;
    private readonly string _path;

    public ExpressionNode(IRowExpression expression, ScimAttribute? attribute, string path)
    {
        _expression = expression;
        _attribute = attribute;
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        object? value;
        try
        {
            value = _expression.Evaluate(row);
        }
        catch (RowExpressionException exception) when (exception.ErrorId is not null)
        {
            return writer.Fail(exception.ErrorId, _path, exception.Message);
        }
        catch (RowExpressionException exception)
        {
            return writer.Fail("ScriptBlockFailed", _path, "The script block failed: " + exception.Message, exception.InnerException);
        }

        return ObjectWriter.Write(value, _attribute, _path, writer);
    }
}
