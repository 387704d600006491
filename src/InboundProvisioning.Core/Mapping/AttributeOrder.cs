using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping;

/// <summary>The order in which the attributes of a mapping go out: the author's, or that of RFC 7643.</summary>
internal static class AttributeOrder
{
    /// <summary>
    /// The attributes in order. Where the author's order is not known (a plain hashtable has none): those that the schema knows,
    /// in its order, then unknown ones by ordinal, then extensions, the enterprise one first.
    /// </summary>
    public static IEnumerable<MappedAttribute> Of(ComplexValue value, IReadOnlyList<ScimAttribute> known) => value.IsOrdered
        ? value.Attributes
        : value.Attributes
            .OrderBy(attribute => Rank(attribute.Name, known))
            .ThenBy(attribute => attribute.Name, StringComparer.Ordinal);

    /// <summary>The place of a name among those that the schema knows; unknown ones and then extensions come after.</summary>
    public static int Rank(string name, IReadOnlyList<ScimAttribute> known)
    {
        if (ScimSchemas.IsUrn(name))
        {
            bool isEnterprise = string.Equals(name, ScimSchemas.EnterpriseUserUrn, StringComparison.OrdinalIgnoreCase);
            return isEnterprise ? int.MaxValue - 1 : int.MaxValue;
        }

        for (int i = 0; i < known.Count; i++)
        {
            if (string.Equals(known[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return known.Count;
    }
}
