using System;
using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping;

/// <summary>Which column, constant or expression each attribute of a SCIM user comes from.</summary>
public sealed class AttributeMapping
{
    /// <param name="root">The attributes of the user, extensions among them under their URN.</param>
    public AttributeMapping(ComplexValue root)
    {
        Root = root;
    }

    /// <summary>externalId, userName and active from columns of these names: what counts when no mapping is given.</summary>
    public static AttributeMapping Default { get; } = new(new ComplexValue(
        [
            new MappedAttribute("externalId", new ColumnValue("externalId")),
            new MappedAttribute("userName", new ColumnValue("userName")),
            new MappedAttribute("active", new ColumnValue("active")),
        ],
        isOrdered: true));

    /// <summary>The attributes of the user.</summary>
    public ComplexValue Root { get; }

    /// <summary>
    /// The schemas of custom extensions, as far as they are known: their attributes go out in the types that they have there. Others
    /// go out as they come.
    /// </summary>
    public IReadOnlyList<ScimSchema> Extensions { get; private init; } = [];

    /// <summary>Whether the mapping names an attribute of the core user.</summary>
    public bool Maps(string attribute) => Find(attribute) is not null;

    /// <summary>The columns that the mapping names, each once, in the order in which their attributes go out.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            var columns = new List<string>();
            var seen = new HashSet<string>(ColumnName.Comparer);
            foreach (MappingValue value in Values(Root, ScimSchemas.User.Attributes))
            {
                IEnumerable<string> names = value switch
                {
                    ColumnValue column => [column.Column],
                    ExpressionValue expression => expression.Expression.Columns,
                    _ => [],
                };
                foreach (string name in names)
                {
                    if (seen.Add(name))
                    {
                        columns.Add(name);
                    }
                }
            }

            return columns;
        }
    }

    /// <summary>Whether a script has to run for each row, even of a CSV file.</summary>
    public bool RunsScript
    {
        get
        {
            foreach (MappingValue value in Values(Root, ScimSchemas.User.Attributes))
            {
                if (value is ExpressionValue { Expression.RunsScript: true })
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The same mapping, with the schemas of custom extensions.</summary>
    public AttributeMapping WithExtensions(IReadOnlyList<ScimSchema> extensions) => new(Root) { Extensions = extensions };

    internal MappingValue? Find(string attribute)
    {
        foreach (MappedAttribute mapped in Root.Attributes)
        {
            if (string.Equals(mapped.Name, attribute, StringComparison.OrdinalIgnoreCase))
            {
                return mapped.Value;
            }
        }

        return null;
    }

    private static IEnumerable<MappingValue> Values(MappingValue value, IReadOnlyList<ScimAttribute> known)
    {
        yield return value;
        if (value is ComplexValue complex)
        {
            foreach (MappedAttribute attribute in AttributeOrder.Of(complex, known))
            {
                IReadOnlyList<ScimAttribute> members = ScimSchemas.IsUrn(attribute.Name)
                    ? ScimSchemas.Find(attribute.Name)?.Attributes ?? []
                    : ScimAttribute.Find(known, attribute.Name)?.SubAttributes ?? [];
                foreach (MappingValue descendant in Values(attribute.Value, members))
                {
                    yield return descendant;
                }
            }
        }
        else if (value is MultiValue multi)
        {
            foreach (MappingValue element in multi.Elements)
            {
                foreach (MappingValue descendant in Values(element, known))
                {
                    yield return descendant;
                }
            }
        }
    }
}
