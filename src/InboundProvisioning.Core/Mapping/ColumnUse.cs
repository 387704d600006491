using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping;

/// <summary>An attribute for which the mapping names a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Path">The attribute, such as <c>emails[0].type</c>.</param>
/// <param name="Attribute">Its definition, or null where no schema has it.</param>
internal sealed record ColumnUse(string Column, string Path, ScimAttribute? Attribute)
{
    /// <summary>All that a mapping names outside of script blocks.</summary>
    public static IEnumerable<ColumnUse> Of(AttributeMapping mapping)
    {
        foreach (MappedAttribute attribute in AttributeOrder.Of(mapping.Root, ScimSchemas.User.Attributes))
        {
            bool isExtension = ScimSchemas.IsUrn(attribute.Name);
            IReadOnlyList<ScimAttribute> known = isExtension ? ScimSchemas.Find(attribute.Name)?.Attributes ?? [] : ScimSchemas.User.Attributes;
            IEnumerable<ColumnUse> uses = isExtension && attribute.Value is ComplexValue extension
                ? Of(extension, known, attribute.Name + ":")
                : Of(attribute.Value, ScimAttribute.Find(known, attribute.Name), attribute.Name);
            foreach (ColumnUse use in uses)
            {
                yield return use;
            }
        }
    }

    private static IEnumerable<ColumnUse> Of(ComplexValue value, IReadOnlyList<ScimAttribute> known, string prefix)
    {
        foreach (MappedAttribute attribute in AttributeOrder.Of(value, known))
        {
            foreach (ColumnUse use in Of(attribute.Value, ScimAttribute.Find(known, attribute.Name), prefix + attribute.Name))
            {
                yield return use;
            }
        }
    }

    private static IEnumerable<ColumnUse> Of(MappingValue value, ScimAttribute? attribute, string path)
    {
        switch (value)
        {
            case ColumnValue column:
                yield return new ColumnUse(column.Column, path, attribute);
                break;
            case ComplexValue complex:
                foreach (ColumnUse use in Of(complex, attribute?.SubAttributes ?? [], path + "."))
                {
                    yield return use;
                }

                break;
            case MultiValue multi:
                for (int i = 0; i < multi.Elements.Count; i++)
                {
                    foreach (ColumnUse use in Of(multi.Elements[i], attribute, $"{path}[{i}]"))
                    {
                        yield return use;
                    }
                }

                break;
        }
    }
}
