using System;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Linq;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;
using InboundProvisioning.Mapping.Writing;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>Writes one row after the other as an operation of a bulk request, and tells what came of the row.</summary>
internal sealed class RecordConverter
{
    private readonly ConversionOptions _options;
    private readonly RowWriter _writer;
    private readonly ExternalIdFilter? _wanted;
    private UserTemplate? _template;

    /// <param name="options">How to convert.</param>
    /// <param name="json">Where the operations go.</param>
    /// <exception cref="InboundProvisioningException"><c>ExternalIdNotMapped</c>: rows cannot be told apart by it.</exception>
    public RecordConverter(ConversionOptions options, JsonBuffer json)
    {
        _options = options;
        _wanted = options.ExternalIds is null ? null : new ExternalIdFilter(options.ExternalIds);
        _writer = new RowWriter(json, options.EmptyValue, options.Unwrap) { Wanted = _wanted, Trims = options.Trim };
        if (!options.Mapping.Maps("externalId") && (options.ExternalIds is not null || options.ChoosesRows))
        {
            throw new InboundProvisioningException(
                "ExternalIdNotMapped",
                FaultKind.InvalidArgument,
                $"{(options.ExternalIds is not null ? "-ExternalId picks out rows" : "-RepeatedRecord and -Prefer choose among rows")} by their externalId, but the mapping has none.");
        }
    }

    /// <summary>Whether the current row is to be converted.</summary>
    public bool IsWanted => !_writer.IsPassedOver;

    /// <summary>What is wrong with the current row, or null.</summary>
    public RowFault? Fault => _writer.Fault;

    /// <summary>Whether the current row has an externalId.</summary>
    public bool HasExternalId => _writer.ExternalId.Length > 0;

    /// <summary>The externalId of the current row, as a JSON string.</summary>
    public ReadOnlySpan<byte> ExternalId => _writer.Json.Written.Slice(_writer.ExternalId.Start, _writer.ExternalId.Length);

    /// <summary>A fingerprint of the user that the current row makes; 0 when it has a fault.</summary>
    public uint User
    {
        get
        {
            if (Fault is not null)
            {
                return 0;
            }

            ulong hash = XxHash3.HashToUInt64(_writer.Json.Written.Slice(_writer.ExternalId.Start + _writer.ExternalId.Length));
            return Math.Max((uint)hash, 1);
        }
    }

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

    /// <summary>Writes the start of a row's operation, up to its externalId.</summary>
    public void WriteId(Row row) => Write(row, isWhole: false);

    /// <summary>Writes a row's operation.</summary>
    public void Write(Row row) => Write(row, isWhole: true);

    /// <summary>Has the current row rejected.</summary>
    public void Fail(RowFault fault) => _writer.Fail(fault.ErrorId, fault.Attribute, fault.Reason, fault.Exception);

    private void Write(Row row, bool isWhole)
    {
        row.Trims = _options.Trim;
        _writer.BeginRow();
        try
        {
            _template!.WriteId(row, _writer);
            if (isWhole && Fault is null && IsWanted)
            {
                _template.WriteUser(row, _writer);
            }
        }
        catch (RowExpressionException exception)
        {
            _writer.Fail("UnreadableValue", null, exception.Message, exception.InnerException);
        }
    }
}
