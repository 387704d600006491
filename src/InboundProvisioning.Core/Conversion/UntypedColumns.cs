using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Finds columns that go out as texts in a custom extension, although their first values look like dates or Booleans: a job whose
/// schema has these types for them does not take texts. Whole numbers are not among them, since most are ids.
/// </summary>
internal sealed class UntypedColumns
{
    /// <summary>How many rows are worth a look.</summary>
    public const int Rows = 100;

    private readonly List<(string Attribute, int Column, ColumnValues Values)> _columns = [];

    /// <param name="mapping">The mapping; where it knows the schemas of extensions, there is nothing to find.</param>
    /// <param name="urn">The URN under which all columns go as well, or null.</param>
    /// <param name="columns">The columns of the source.</param>
    public UntypedColumns(AttributeMapping mapping, string? urn, RowColumns columns)
    {
        if (mapping.Extensions.Count > 0)
        {
            return;
        }

        if (urn is not null)
        {
            _columns.AddRange(ConversionOptions.ExtensionColumns(columns).Select(name => (name, columns.IndexOf(name), new ColumnValues())));
        }

        foreach (MappedAttribute extension in mapping.Root.Attributes.Where(static attribute => ScimSchemas.IsUrn(attribute.Name) && ScimSchemas.Find(attribute.Name) is null))
        {
            foreach (MappedAttribute attribute in (extension.Value as ComplexValue)?.Attributes ?? [])
            {
                if (attribute.Value is ColumnValue column && columns.IndexOf(column.Column) is >= 0 and int index && _columns.TrueForAll(known => known.Column != index))
                {
                    _columns.Add((attribute.Name, index, new ColumnValues()));
                }
            }
        }
    }

    /// <summary>Whether there is any column to look at.</summary>
    public bool IsEmpty => _columns.Count == 0;

    /// <summary>Looks at one of the first rows.</summary>
    public void Look(Row row)
    {
        try
        {
            foreach ((_, int column, ColumnValues values) in _columns)
            {
                values.Add(row.TryGetText(column, out System.ReadOnlySpan<byte> text) ? text : default);
            }
        }
        catch (RowExpressionException)
        {
            // A property that fails: the row is rejected for it when its turn comes.
        }
    }

    /// <summary>What to tell the user, or null.</summary>
    /// <param name="source">Where the rows are from: a path, or words.</param>
    public string? Warning(string source)
    {
        string typed = string.Join(", ", _columns
            .Where(static column => column.Values.Type is SchemaAttributeType.Boolean or SchemaAttributeType.DateTime)
            .Select(static column => $"{column.Attribute} ({column.Values.Type})"));
        return typed.Length == 0
            ? null
            : $"{source}: in the first rows {typed} look typed, and go out as texts. If the job's schema has these types for them, give it with "
                + "-ProvisioningSchema: (Export-ProvisioningSchema), or the path of an exported file.";
    }
}
