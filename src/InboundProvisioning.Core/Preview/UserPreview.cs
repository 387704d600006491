using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Checks;
using InboundProvisioning.Conversion;
using InboundProvisioning.Mapping;
using InboundProvisioning.Mapping.Writing;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Preview;

/// <summary>
/// Shows what a mapping makes of a row, attribute by attribute: each is converted as a whole run converts it, but alone, so that the fault of
/// one does not hide the others.
/// </summary>
public sealed class UserPreview : IDisposable
{
    private readonly ConversionOptions _options;
    private readonly JsonBuffer _json = new();
    private readonly RowWriter _writer;
    private readonly RecordConverter _whole;
    private readonly ILookup<string, MappingFinding> _findings;
    private readonly UserChecker _checker = new(new CheckOptions());
    private readonly List<(MappedLeaf Leaf, UserTemplate Template)> _leaves = [];

    /// <param name="options">How rows are converted; a column that is not there, and may not be missing, is a problem of its attributes alone.</param>
    public UserPreview(ConversionOptions options)
    {
        _options = options;
        _writer = new RowWriter(_json, options.EmptyValue, options.Unwrap) { Trims = options.Trim };
        _whole = new RecordConverter(options);
        _findings = AttributeMappingValidator.Validate(options.Mapping)
            .Where(static finding => !finding.IsMended)
            .ToLookup(static finding => finding.Attribute, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Those of <see cref="ConversionOptions.ExternalIds"/> of which no row has come so far.</summary>
    public IReadOnlyList<string> MissingExternalIds => _whole.MissingExternalIds;

    /// <summary>Makes ready for rows with these columns.</summary>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public void SetColumns(RowColumns columns)
    {
        _whole.SetColumns(columns);
        _leaves.Clear();
        ComplexValue root = _options.ScimSchemaNamespace is string urn
            ? UserTemplate.WithExtension(_options.Mapping.Root, urn, ConversionOptions.ExtensionColumns(columns), _options.ScimNames)
            : _options.Mapping.Root;
        foreach (MappedLeaf leaf in MappedLeaf.Of(_options.Mapping, root))
        {
            AttributeMapping alone = new AttributeMapping(new ComplexValue([leaf.Alone], isOrdered: true)).WithExtensions(_options.Mapping.Extensions);
            _leaves.Add((leaf, UserTemplate.Compile(alone, columns, extensionUrn: null, [], ExtensionNames.Own, _options.Unwrap)));
        }
    }

    /// <summary>Whether a row is one of <see cref="ConversionOptions.ExternalIds"/>, and the externalId that it has.</summary>
    public bool IsWanted(Row row, out string? externalId)
    {
        _whole.Clear();
        ConvertedRecord record = _whole.ConvertId(row);
        externalId = ExternalId(record);
        return !record.IsPassedOver && (_options.ExternalIds is null || externalId is not null);
    }

    /// <summary>What becomes of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number, from 1.</param>
    public IReadOnlyList<ShownAttribute> Show(Row row, long number)
    {
        row.Number = number;
        _whole.Clear();
        ConvertedRecord record = _whole.Convert(row);
        string? externalId = ExternalId(record);
        RowFault? fault = record.Fault;
        IReadOnlyList<(string Attribute, string Message)> found = fault is null ? Check() : [(fault.Attribute ?? string.Empty, fault.Reason)];
        var shown = new List<ShownAttribute>();
        foreach ((MappedLeaf leaf, UserTemplate template) in _leaves)
        {
            RowFault? own = Convert(row, template);
            string? json = own is null ? TokenOf(leaf) : null;
            shown.Add(new ShownAttribute
            {
                ExternalId = externalId,
                Row = row.Number,
                Place = row.Place.ToString(),
                Attribute = leaf.Attribute,
                Value = json is null ? null : UserRecord.TextOf(Encoding.UTF8.GetBytes(json)),
                Json = json,
                Type = TypeOf(leaf.Definition),
                Origin = leaf.Value switch { ColumnValue => ValueOrigin.Column, ExpressionValue => ValueOrigin.Script, _ => ValueOrigin.Constant },
                Mapping = leaf.Value switch
                {
                    ColumnValue column => column.Column,
                    ExpressionValue expression => expression.Text,
                    ConstantValue { Value: { } constant } => string.Format(CultureInfo.InvariantCulture, "{0}", constant),
                    _ => "null",
                },
                Columns = [.. ColumnsOf(leaf.Value).Select(name => ColumnOf(row, name))],
                Problems = [.. Problems(leaf, row, own)],
            });
        }

        // What concerns several attributes, or none of the mapping, and what the directory would refuse, is found in the whole only.
        foreach ((string attribute, string message) in found.Where(one => !shown.Any(other => other.Problems.Contains(one.Message))))
        {
            int at = Math.Max(0, shown.FindIndex(one => IsWithin(one.Attribute, attribute) || IsWithin(BySelector(one.Attribute, shown), attribute)));
            shown[at] = shown[at] with { Problems = [.. shown[at].Problems, message] };
        }

        return shown;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _whole.Dispose();
    }

    /// <summary>Whether an attribute is another, or a part of it.</summary>
    public static bool IsWithin(string attribute, string whole) => attribute.StartsWith(whole, StringComparison.OrdinalIgnoreCase)
        && (attribute.Length == whole.Length || attribute[whole.Length] is '.' or '[' or ':');

    private string? ExternalId(in ConvertedRecord record) =>
        record.HasExternalId ? UserRecord.TextOf(_whole.Json.Slice(record.ExternalIdStart, record.ExternalIdLength)) : null;

    // emails[0].value is emails[type eq "work"].value where that is the type of the element.
    private static string BySelector(string attribute, List<ShownAttribute> shown)
    {
        int open = attribute.IndexOf('[');
        int close = attribute.IndexOf(']');
        if (open <= 0 || close < open || shown.Find(one => one.Attribute == attribute.Remove(close + 1) + ".type") is not { Value: { } type })
        {
            return attribute;
        }

        return $"{attribute.Remove(open)}[type eq \"{type}\"]{attribute.Substring(close + 1)}";
    }

    private static IReadOnlyCollection<string> ColumnsOf(MappingValue value) => value switch
    {
        ColumnValue column => [column.Column],
        ExpressionValue expression => expression.Expression.Columns,
        _ => [],
    };

    private static ShownColumn ColumnOf(Row row, string name)
    {
        int index = row.Columns.IndexOf(name);
        return index < 0
            ? new ShownColumn(name, null)
            : new ShownColumn(row.Columns.Spelled[index], row.GetValue(index) is { } value ? string.Format(CultureInfo.InvariantCulture, "{0}", value) : null);
    }

    private static string? TypeOf(ScimAttribute? definition) => definition?.Type switch
    {
        null => null,
        ScimAttributeType.DateTime => "dateTime",
        { } type => type.ToString().ToLowerInvariant(),
    };

    // What the directory would refuse of the whole user, by the mappings that a job has at first.
    private List<(string Attribute, string Message)> Check()
    {
        using JsonDocument operation = JsonDocument.Parse(_whole.Json.ToArray());
        byte[] user = Encoding.UTF8.GetBytes(operation.RootElement.GetProperty("data").GetRawText());
        return [.. _checker.Check(user).Findings.Select(static finding => (finding.Attribute, $"{finding.Message} {finding.Rule.Remedy}"))];
    }

    private RowFault? Convert(Row row, UserTemplate template)
    {
        _json.Length = 0;
        _writer.BeginRow();
        row.Trims = _options.Trim;
        try
        {
            template.WriteId(row, _writer);
            if (_writer.Fault is null)
            {
                template.WriteUser(row, _writer);
            }
        }
        catch (RowExpressionException exception)
        {
            return new RowFault("UnreadableValue", null, exception.Message, exception);
        }

        return _writer.Fault;
    }

    private string? TokenOf(MappedLeaf leaf)
    {
        using JsonDocument operation = JsonDocument.Parse(_json.Written.ToArray());
        JsonElement value = operation.RootElement.GetProperty("data");
        foreach (object step in leaf.JsonPath)
        {
            bool isThere = step is string name
                ? value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out value)
                : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;
            if (!isThere)
            {
                return null;
            }

            value = step is int place ? value[place] : value;
        }

        return value.ValueKind == JsonValueKind.Null ? "null" : value.GetRawText();
    }

    private IEnumerable<string> Problems(MappedLeaf leaf, Row row, RowFault? fault)
    {
        foreach (string column in ColumnsOf(leaf.Value).Where(column => !_options.AllowMissingColumn && row.Columns.IndexOf(column) < 0))
        {
            yield return $"There is no column '{column}', so a run stops before it begins.";
        }

        foreach (MappingFinding finding in _findings[leaf.Attribute])
        {
            yield return finding.Message;
        }

        // The fault of a neighbour in the same element is told there.
        if (fault is not null && (fault.Attribute is null || IsWithin(leaf.AttributeAlone, fault.Attribute)
            || !_leaves.Any(other => ReferenceEquals(other.Leaf.Alone, leaf.Alone) && IsWithin(other.Leaf.AttributeAlone, fault.Attribute))))
        {
            yield return fault.Reason;
        }
    }
}
