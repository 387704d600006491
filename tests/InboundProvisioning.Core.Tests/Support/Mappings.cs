using System.Linq;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Core.Tests.Support;

/// <summary>Short ways to write attribute mappings.</summary>
internal static class Mappings
{
    public const string CustomUrn = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";

    /// <summary>A mapping in the order given.</summary>
    public static AttributeMapping Of(params (string Name, object? Value)[] attributes) => new(Complex(attributes));

    public static ComplexValue Complex(params (string Name, object? Value)[] attributes) =>
        new([.. attributes.Select(attribute => new MappedAttribute(attribute.Name, Value(attribute.Value)))], isOrdered: true);

    /// <summary>Attributes whose order the author did not give, as in a hashtable.</summary>
    public static ComplexValue Unordered(params (string Name, object? Value)[] attributes) =>
        new(Complex(attributes).Attributes, isOrdered: false);

    public static MultiValue Array(params object?[] elements) => new([.. elements.Select(Value)]);

    public static ConstantValue Constant(object? value) => new(value);

    /// <summary>An expression of the columns that it reads.</summary>
    public static ExpressionValue Expression(System.Func<Row, object?> evaluate, params string[] columns) =>
        new(new DelegateExpression(evaluate, columns));

    // A string names a column, as in the mappings that users write.
    private static MappingValue Value(object? value) => value switch
    {
        MappingValue mapping => mapping,
        string column => new ColumnValue(column),
        _ => new ConstantValue(value),
    };
}
