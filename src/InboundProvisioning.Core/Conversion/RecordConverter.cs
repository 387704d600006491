using System;
using System.Collections.Generic;
using System.IO.Hashing;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;
using InboundProvisioning.Mapping.Writing;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>Writes one row after the other as an operation of a bulk request, and tells what came of each.</summary>
internal sealed class RecordConverter : IDisposable
{
    private static readonly int LargestOperation = BulkRequestWriter.LargestOperation(ConversionOptions.MaxRequestBytes);

    private readonly ConversionOptions _options;
    private readonly JsonBuffer _json = new();
    private readonly RowWriter _writer;
    private readonly ExternalIdFilter? _wanted;
    private UserTemplate? _template;

    /// <param name="options">How to convert.</param>
    /// <exception cref="InboundProvisioningException"><c>ExternalIdNotMapped</c>: rows cannot be told apart by it.</exception>
    public RecordConverter(ConversionOptions options)
    {
        _options = options;
        _wanted = options.ExternalIds is null ? null : new ExternalIdFilter(options.ExternalIds);
        _writer = new RowWriter(_json, options.EmptyValue, options.Unwrap) { Wanted = _wanted, Trims = options.Trim };
        if (!options.Mapping.Maps("externalId") && (options.ExternalIds is not null || options.ChoosesRows))
        {
            throw new InboundProvisioningException(
                "ExternalIdNotMapped",
                FaultKind.InvalidArgument,
                $"{(options.ExternalIds is not null ? "-ExternalId picks out rows" : "-RepeatedRecord and -Prefer choose among rows")} by their externalId, but the mapping has none.");
        }
    }

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Json => _json.Written;

    /// <summary>Those of <see cref="ConversionOptions.ExternalIds"/> of which no row has come so far.</summary>
    public IReadOnlyList<string> MissingExternalIds => _wanted?.Missing ?? [];

    /// <summary>Makes ready for rows with these columns.</summary>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public void SetColumns(RowColumns columns)
    {
        _template = UserTemplate.Compile(
            _options.Mapping, columns, _options.ScimSchemaNamespace, ConversionOptions.ExtensionColumns(columns), _options.ScimNames, _options.Unwrap);
        _options.Prefer?.Bind(columns);
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _json.Clear();

    /// <summary>Writes the start of a row's operation, up to its externalId.</summary>
    public ConvertedRecord ConvertId(Row row) => Convert(row, isWhole: false);

    /// <summary>Writes a row's operation.</summary>
    public ConvertedRecord Convert(Row row) => Convert(row, isWhole: true);

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private ConvertedRecord Convert(Row row, bool isWhole)
    {
        int start = _json.Length;
        row.Trims = _options.Trim;
        _writer.BeginRow();
        try
        {
            _template!.WriteId(row, _writer);
            if (isWhole && _writer.Fault is null && !_writer.IsPassedOver)
            {
                _template.WriteUser(row, _writer);
            }
        }
        catch (RowExpressionException exception)
        {
            _writer.Fail("UnreadableValue", null, exception.Message, exception.InnerException);
        }

        int length = _json.Length - start;
        if (length > LargestOperation)
        {
            _writer.Fail("RecordTooLarge", null, "The record alone is larger than the 4 MB that a request may have.");
        }

        (int idStart, int idLength) = _writer.ExternalId;
        return new ConvertedRecord
        {
            Start = start,
            Length = length,
            ExternalIdStart = idStart,
            ExternalIdLength = idLength,
            Id = idLength > 0 ? ExternalIdFingerprint.Of(_json.Written.Slice(idStart, idLength)) : default,
            User = idLength > 0 && _writer.Fault is null ? UserOf(_json.Written.Slice(idStart + idLength)) : 0,
            Fault = _writer.Fault,
            IsPassedOver = _writer.IsPassedOver,
        };
    }

    private static uint UserOf(ReadOnlySpan<byte> user) => Math.Max((uint)XxHash3.HashToUInt64(user), 1);
}
