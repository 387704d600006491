using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Schema;

/// <summary>Reads the attributes of an extension from CSV files: the columns, and what type their values have.</summary>
public sealed class CsvAttributes
{
    private readonly CsvFileOptions _options;
    private readonly bool _inferType;
    private readonly List<string> _paths = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, ColumnValues> _columns = new(ColumnName.Comparer);
    private readonly List<string> _warnings = [];

    /// <summary>Creates a reader.</summary>
    /// <param name="options">How the files are written.</param>
    /// <param name="inferType">Looks at every row, instead of the header alone.</param>
    public CsvAttributes(CsvFileOptions options, bool inferType)
    {
        _options = options;
        _inferType = inferType;
    }

    /// <summary>The attributes in the order of the columns; those of several files once, with what was seen in all.</summary>
    public IReadOnlyList<SchemaAttribute> Attributes => [.. _names.Select(Attribute)];

    /// <summary>What the user should know of the files.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The attributes of some columns, in their order.</summary>
    /// <exception cref="InboundProvisioningException"><c>ColumnNotFound</c>.</exception>
    public IReadOnlyList<SchemaAttribute> Find(IReadOnlyList<string> columns) =>
    [
        .. columns.Select(column => _names.Find(name => ColumnName.Comparer.Equals(name, column)) is string found
            ? Attribute(found)
            : throw new InboundProvisioningException(
                "ColumnNotFound", FaultKind.NotFound, $"-Column '{column}' is none of the columns of {string.Join(", ", _paths)}: {string.Join(", ", _names)}.", column)),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InboundProvisioningException">The file has no header, or one that cannot be used; see the conversion.</exception>
    public void Read(string path, CancellationToken cancellationToken)
    {
        _paths.Add(path);
        using CsvFile file = CsvFile.Open(path, _options);
        if (file.UnnamedColumns > 0)
        {
            _warnings.Add($"{path}: {file.UnnamedColumns} columns have no name and are called H1, H2 and so on.");
        }

        ColumnValues[] columns = [.. file.Columns.Names.Select(Column)];
        long unread = 0;
        while (_inferType && file.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Fault is not null)
            {
                unread++;
                continue;
            }

            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].Add(file.Row.TryGetText(i, out ReadOnlySpan<byte> value) ? value : default);
            }
        }

        if (unread > 0)
        {
            _warnings.Add(string.Format(
                CultureInfo.InvariantCulture,
                "{0}: {1} rows cannot be read and were not looked at. ConvertTo-ScimBulkPayload names them.",
                path,
                unread));
        }
    }

    private SchemaAttribute Attribute(string name)
    {
        if (!_inferType)
        {
            return new SchemaAttribute(name);
        }

        ColumnValues values = _columns[name];
        return values.Type == SchemaAttributeType.Integer && IdentifierName.Matches(name)
            ? new SchemaAttribute(name) { Type = SchemaAttributeType.String, Seen = $"{values}; by its name an identifier, so String" }
            : new SchemaAttribute(name) { Type = values.Type, Seen = values.ToString() };
    }

    private ColumnValues Column(string name)
    {
        if (!_columns.TryGetValue(name, out ColumnValues? values))
        {
            values = new ColumnValues();
            _columns.Add(name, values);
            _names.Add(name);
        }

        return values;
    }
}
