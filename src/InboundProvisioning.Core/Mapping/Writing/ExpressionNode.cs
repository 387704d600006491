using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A value that an expression computes.</summary>
internal sealed class ExpressionNode : ValueNode
{
    private readonly IRowExpression _expression;
    private readonly ITextExpression? _text;
    private readonly ScimAttribute? _attribute;
    private readonly string _path;

    public ExpressionNode(IRowExpression expression, ScimAttribute? attribute, string path)
    {
        _expression = expression;
        _text = TakesText(attribute) ? expression as ITextExpression : null;
        _attribute = attribute;
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        object? value;
        try
        {
            if (_text is not null)
            {
                writer.Text.Length = 0;
                if (_text.TryWrite(row, writer.Text))
                {
                    return WriteText(writer.Text.Written, writer);
                }
            }

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

    // Whether a text goes out as it is.
    private static bool TakesText(ScimAttribute? attribute) => attribute is null || (!attribute.MultiValued
        && attribute.Type is not (ScimAttributeType.Boolean or ScimAttributeType.Integer or ScimAttributeType.DateTime or ScimAttributeType.Complex));

    private Emission WriteText(ReadOnlySpan<byte> text, RowWriter writer)
    {
        if (text.IsEmpty)
        {
            return writer.WriteEmpty();
        }

        int start = writer.Json.Length;
        writer.Json.WriteString(text);
        if (_attribute is { IsIdentity: true })
        {
            IdentityCheck.Look(writer, start, _path);
        }

        return Emission.Value;
    }
}
