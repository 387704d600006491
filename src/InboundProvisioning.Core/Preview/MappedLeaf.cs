using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Preview;

/// <summary>A value of a mapping that is made of no others, and a mapping that has it alone, but for the element of an array that it is part of.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="Definition">Its definition; null where no schema is known.</param>
/// <param name="Value">Where its value comes from.</param>
/// <param name="Alone">The attribute of the user that holds it and no more than must go with it.</param>
/// <param name="AttributeAlone">Its path there: an array has one element.</param>
/// <param name="JsonPath">The way to it through the JSON of that attribute: names and, in arrays, places.</param>
internal sealed record MappedLeaf(
    string Attribute, ScimAttribute? Definition, MappingValue Value, MappedAttribute Alone, string AttributeAlone, IReadOnlyList<object> JsonPath)
{
    /// <summary>The leaves of a mapping, in the order in which they go out.</summary>
    public static IEnumerable<MappedLeaf> Of(AttributeMapping mapping, ComplexValue root)
    {
        foreach (MappedAttribute attribute in AttributeOrder.Of(root, ScimSchemas.User.Attributes))
        {
            ScimAttribute? definition;
            IReadOnlyList<ScimAttribute> members;
            string separator = ".";
            if (ScimSchemas.IsUrn(attribute.Name))
            {
                ScimSchema? schema = ScimSchemas.Find(attribute.Name)
                    ?? mapping.Extensions.FirstOrDefault(one => string.Equals(one.Id, attribute.Name, StringComparison.OrdinalIgnoreCase));
                definition = null;
                members = schema?.Attributes ?? [];
                separator = ":";
            }
            else
            {
                definition = ScimSchemas.User.Find(attribute.Name);
                members = definition?.SubAttributes ?? [];
            }

            var place = new Place(attribute.Name, [attribute.Name], value => new MappedAttribute(attribute.Name, value));
            foreach (MappedLeaf leaf in Below(attribute.Value, definition, members, separator, place))
            {
                yield return leaf;
            }
        }
    }

    private static IEnumerable<MappedLeaf> Below(
        MappingValue value, ScimAttribute? definition, IReadOnlyList<ScimAttribute> members, string separator, Place place) => value switch
    {
        MultiValue multi => multi.Elements.SelectMany((element, i) => Element(element, definition, members, place, $"{place.Attribute}[{i}]", new MultiValue([element]))),
        ComplexValue one when definition is { MultiValued: true } => Element(one, definition, members, place, place.Attribute + "[0]", one),
        ComplexValue complex => AttributeOrder.Of(complex, members).SelectMany(member =>
        {
            ScimAttribute? known = ScimAttribute.Find(members, member.Name);
            return Below(member.Value, known, known?.SubAttributes ?? [], ".", new Place(
                place.Attribute + separator + member.Name,
                [.. place.JsonPath, member.Name],
                inner => place.Alone(new ComplexValue([new MappedAttribute(member.Name, inner)], isOrdered: true))));
        }),
        _ => [new MappedLeaf(place.Attribute, definition, value, place.Alone(value), place.Attribute, place.JsonPath)],
    };

    // What stands beside a value in its element decides whether the element goes.
    private static IEnumerable<MappedLeaf> Element(
        MappingValue element, ScimAttribute? definition, IReadOnlyList<ScimAttribute> members, Place place, string attribute, MappingValue alone)
    {
        MappedAttribute whole = place.Alone(alone);
        object[] path = [.. place.JsonPath, 0];
        string attributeAlone = place.Attribute + "[0]";
        return element is ComplexValue complex
            ? AttributeOrder.Of(complex, members).Select(member => new MappedLeaf(
                attribute + "." + member.Name,
                ScimAttribute.Find(members, member.Name),
                member.Value,
                whole,
                attributeAlone + "." + member.Name,
                [.. path, member.Name]))
            : [new MappedLeaf(attribute, definition, element, whole, attributeAlone, path)];
    }

    private sealed record Place(string Attribute, IReadOnlyList<object> JsonPath, Func<MappingValue, MappedAttribute> Alone);
}
