using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>Turns the values of a mapping into nodes that write them.</summary>
internal sealed class NodeCompiler
{
    private readonly RowColumns _columns;
    private readonly IReadOnlyList<ScimSchema> _extensions;
    private readonly Func<object?, object?> _unwrap;

    public NodeCompiler(RowColumns columns, IReadOnlyList<ScimSchema> extensions, Func<object?, object?> unwrap)
    {
        _columns = columns;
        _extensions = extensions;
        _unwrap = unwrap;
    }

    /// <summary>The node of an attribute of the user, or of an extension.</summary>
    public ValueNode Compile(MappedAttribute attribute)
    {
        if (!ScimSchemas.IsUrn(attribute.Name))
        {
            return Compile(attribute.Value, ScimSchemas.User.Find(attribute.Name), attribute.Name);
        }

        IReadOnlyList<ScimAttribute> known = (ScimSchemas.Find(attribute.Name) ?? Custom(attribute.Name))?.Attributes ?? [];
        return attribute.Value is ComplexValue extension
            ? CompileObject(extension, known, attribute.Name + ":")
            : Compile(attribute.Value, Extension(attribute.Name, known), attribute.Name);
    }

    private ValueNode Compile(MappingValue value, ScimAttribute? attribute, string path) => value switch
    {
        ColumnValue column => CompileColumn(column, attribute, path),
        ConstantValue { Value: null or "" } empty => new EmptyConstantNode(empty.Value, attribute, path),
        ConstantValue when attribute is { Type: ScimAttributeType.Complex } =>
            new FaultNode("ComplexValueExpected", path, ShapeFault.ComplexValueExpected(attribute)),
        ConstantValue constant => ConstantNode.Create(constant.Value, attribute, path, _unwrap),
        ExpressionValue expression => CompileExpression(expression, attribute, path),
        ComplexValue when attribute is not null && attribute.Type != ScimAttributeType.Complex =>
            new FaultNode("SimpleValueExpected", path, ShapeFault.SimpleValueExpected),
        ComplexValue when attribute is { MultiValued: true } => new ArrayNode([CompileElement(value, attribute, path)]),
        ComplexValue complex => CompileObject(complex, attribute?.SubAttributes ?? [], path + "."),
        MultiValue when attribute is { MultiValued: false } => new FaultNode("SingleValueExpected", path, ShapeFault.SingleValueExpected),
        MultiValue multi => new ArrayNode(
            [.. multi.Elements.Select((element, i) => CompileElement(element, attribute, $"{path}[{i}]"))],
            primaryPath: attribute is { HasPrimary: true } && multi.Elements.Count(CanBePrimary) > 1 ? path : null),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    // An element whose primary is a constant can only be false or null where it is not true.
    private static bool CanBePrimary(MappingValue element) => element is not ComplexValue complex || complex.Attributes.Any(static member =>
        string.Equals(member.Name, "primary", StringComparison.OrdinalIgnoreCase) && member.Value is not ConstantValue { Value: false or null });

    private ScimSchema? Custom(string urn) => _extensions.FirstOrDefault(schema => string.Equals(schema.Id, urn, StringComparison.OrdinalIgnoreCase));

    private ValueNode CompileElement(MappingValue value, ScimAttribute? attribute, string path) =>
        Compile(value, attribute is null ? null : ElementOf(attribute), path);

    private ValueNode CompileColumn(ColumnValue value, ScimAttribute? attribute, string path)
    {
        int column = _columns.IndexOf(value.Column);
        if (column < 0)
        {
            return new MissingColumnNode(attribute, path);
        }

        return attribute switch
        {
            { Type: ScimAttributeType.Boolean } => new BooleanColumnNode(column, attribute, path),
            { Type: ScimAttributeType.Complex } => new ComplexColumnNode(column, attribute, path),
            { IsIdentity: true } => new IdentityNode(new TextColumnNode(column, attribute, path), path),
            { Type: ScimAttributeType.Integer or ScimAttributeType.DateTime } => new TypedColumnNode(column, attribute, path),
            _ => new TextColumnNode(column, attribute, path),
        };
    }

    private ExpressionNode CompileExpression(ExpressionValue value, ScimAttribute? attribute, string path)
    {
        value.Expression.Bind(_columns);
        return new ExpressionNode(value.Expression, attribute, path);
    }

    private ObjectNode CompileObject(ComplexValue value, IReadOnlyList<ScimAttribute> known, string path) => new(
    [
        .. AttributeOrder.Of(value, known).Select(attribute => new NamedNode(
            attribute.Name,
            Compile(attribute.Value, ScimAttribute.Find(known, attribute.Name), path + attribute.Name))),
    ]);

    private static ScimAttribute Extension(string urn, IReadOnlyList<ScimAttribute> known) =>
        new(urn, ScimAttributeType.Complex, multiValued: false, readOnly: false, [], known);

    // The definition of one element of a multi-valued attribute is that of the attribute, taken once.
    private static ScimAttribute ElementOf(ScimAttribute attribute) => new(
        attribute.Name, attribute.Type, multiValued: false, attribute.ReadOnly, attribute.CanonicalValues, attribute.SubAttributes);
}
