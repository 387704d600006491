using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Schema;

/// <summary>Gathers the attributes of an extension: names with and without the URN, columns of files, each completed with what is common to all.</summary>
public sealed class ExtensionAttributes
{
    private readonly string _prefix;
    private readonly ExtensionNames _names;
    private readonly SchemaAttribute _common;
    private readonly List<SchemaAttribute> _attributes = [];
    private readonly List<string> _given = [];

    /// <summary>Creates an empty list.</summary>
    /// <param name="urn">The URN of the extension.</param>
    /// <param name="names">The names of columns whose own names SCIM does not allow.</param>
    /// <param name="common">What an attribute has that does not bring it; its name does not count.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidSchemaUrn</c>.</exception>
    public ExtensionAttributes(string urn, ExtensionNames names, SchemaAttribute common)
    {
        ScimName.RequireUrn(urn);
        Urn = urn;
        _prefix = ScimName.Qualify(urn, string.Empty);
        _names = names;
        _common = common;
    }

    /// <summary>The URN of the extension.</summary>
    public string Urn { get; }

    /// <summary>Whether there is no attribute so far.</summary>
    public bool IsEmpty => _attributes.Count == 0;

    /// <summary>Adds an attribute.</summary>
    public void Add(SchemaAttribute attribute)
    {
        string name = Unqualified(attribute.Name);
        _given.Add(name);
        _attributes.Add(attribute with
        {
            Name = _names.Of(name),
            Type = attribute.Type ?? _common.Type,
            MultiValued = attribute.MultiValued ?? _common.MultiValued,
            FlowNullValues = attribute.FlowNullValues ?? _common.FlowNullValues,
        });
    }

    /// <summary>Adds columns of files.</summary>
    /// <param name="files">The files that were read.</param>
    /// <param name="columns">The columns to take, in this order; null: all.</param>
    /// <exception cref="InboundProvisioningException"><c>ColumnNotFound</c>.</exception>
    public void Add(CsvAttributes files, IReadOnlyList<string>? columns)
    {
        foreach (SchemaAttribute column in columns is null ? files.Attributes : files.Find([.. columns.Select(Unqualified)]))
        {
            Add(column);
        }

        _given.AddRange(files.Attributes.Select(static column => column.Name));
    }

    /// <summary>The extension with all that was added.</summary>
    /// <param name="targetAttributes">The target attribute for each attribute that is to be mapped, by the name of the attribute or of its column.</param>
    /// <exception cref="InboundProvisioningException"><c>ColumnNotFound</c>: a name is given for a column that is not there.</exception>
    public SchemaExtension ToExtension(IReadOnlyDictionary<string, string> targetAttributes)
    {
        if (_names.Unused(_given) is { Count: > 0 } unused)
        {
            throw new InboundProvisioningException(
                "ColumnNotFound",
                FaultKind.NotFound,
                $"-ScimName has {string.Join(", ", unused.Select(static name => $"'{name}'"))}, which is none of the columns: {string.Join(", ", _given.Distinct())}.",
                unused[0]);
        }

        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> target in targetAttributes)
        {
            targets[_names.Of(Unqualified(target.Key))] = target.Value;
        }

        return new SchemaExtension(Urn, _attributes) { TargetAttributes = targets };
    }

    // A name can bring the URN along, as the schema has it.
    private string Unqualified(string name) =>
        name.StartsWith(_prefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(_prefix.Length) : name;
}
