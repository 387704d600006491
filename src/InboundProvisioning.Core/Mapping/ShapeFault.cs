using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping;

/// <summary>What is wrong with a value of another shape than its attribute has. RFC 7643, sections 2.3 and 2.4.</summary>
internal static class ShapeFault
{
    public const string SimpleValueExpected = "The attribute is simple; it takes a column, a constant or a script block that gives one, not a hashtable or object.";

    public const string SingleValueExpected = "The attribute takes one value, not an array.";

    public const string SeveralPrimaries = "More than one value has primary set to true; only one of an attribute can be the primary one.";

    public const string ExtensionExpected = "An extension takes a hashtable of its attributes.";

    public static string ComplexValueExpected(ScimAttribute attribute)
    {
        string names = string.Join(", ", attribute.SubAttributes.Select(static sub => sub.Name));
        return names.Length == 0
            ? ExtensionExpected
            : $"The attribute is complex; it takes a hashtable of {names}, not a text or number.";
    }
}
