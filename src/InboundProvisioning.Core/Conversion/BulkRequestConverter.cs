using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;
using InboundProvisioning.Mapping.Writing;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Turns rows into bulk requests, one after the other and in order: a request comes out when it is full. The same rows and settings
/// give the same bytes. Not for several threads at a time.
/// </summary>
public sealed class BulkRequestConverter : IDisposable
{
    private readonly ConversionOptions _options;
    private readonly BulkRequestWriter _requests;
    private readonly RowWriter _writer;
    private readonly ExternalIdSet _externalIds = new();
    private readonly ExternalIdFilter? _wanted;
    private UserTemplate? _template;

    /// <summary>Creates a converter for one run.</summary>
    /// <exception cref="InboundProvisioningException"><c>ExternalIdNotMapped</c>: rows cannot be picked out by it.</exception>
    public BulkRequestConverter(ConversionOptions options)
    {
        if (options.ExternalIds is not null)
        {
            _wanted = options.Mapping.Maps("externalId")
                ? new ExternalIdFilter(options.ExternalIds)
                : throw new InboundProvisioningException(
                    "ExternalIdNotMapped", FaultKind.InvalidArgument, "-ExternalId picks out rows by their externalId, but the mapping has none.");
        }

        _options = options;
        _requests = new BulkRequestWriter(options.OperationsPerRequest, ConversionOptions.MaxRequestBytes);
        _writer = new RowWriter(_requests.Json, options.EmptyValue, options.Unwrap) { Wanted = _wanted };
    }

    /// <summary>Rows so far, rejected ones among them.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that were rejected so far.</summary>
    public long RejectedRows { get; private set; }

    /// <summary>Those of <see cref="ConversionOptions.ExternalIds"/> of which no row has come so far.</summary>
    public IReadOnlyList<string> MissingExternalIds => _wanted?.Missing ?? [];

    /// <summary>The columns that the mapping names and a source does not have.</summary>
    public static IReadOnlyList<string> MissingColumns(AttributeMapping mapping, RowColumns columns) =>
        [.. mapping.Columns.Where(column => columns.IndexOf(column) < 0)];

    /// <summary>Makes ready for rows with these columns.</summary>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public void SetColumns(RowColumns columns)
    {
        IReadOnlyList<string> extensionColumns = [.. columns.Names.Where(name => !RejectFile.IsReasonColumn(name))];
        _template = UserTemplate.Compile(
            _options.Mapping, columns, _options.ScimSchemaNamespace, extensionColumns, _options.Unwrap);
    }

    /// <summary>Counts a row that could not be read.</summary>
    public void Reject()
    {
        Rows++;
        RejectedRows++;
    }

    /// <summary>Converts a row.</summary>
    /// <param name="row">The row, of the columns last set.</param>
    /// <param name="fault">Why the row is rejected, or null.</param>
    /// <returns>A request that is full now, or null.</returns>
    public BulkRequest? Convert(Row row, out RowFault? fault)
    {
        row.Number = ++Rows;
        _requests.BeginOperation();
        _writer.BeginRow();
        try
        {
            _template!.Write(row, _writer, _externalIds);
        }
        catch (RowExpressionException exception)
        {
            _writer.Fail("UnreadableValue", null, exception.Message, exception.InnerException);
        }

        if (_writer.Fault is null && _requests.OperationBytes > _requests.MaxOperationBytes)
        {
            _writer.Fail("RecordTooLarge", null, "The record alone is larger than the 4 MB that a request may have.");
        }

        fault = _writer.Fault;
        if (fault is null && !_writer.IsPassedOver)
        {
            return _requests.EndOperation();
        }

        if (fault is not null)
        {
            RejectedRows++;
        }

        _requests.DropOperation();
        return null;
    }

    /// <summary>Ends the run.</summary>
    /// <returns>The last request, or null when no operation is left.</returns>
    public BulkRequest? End() => _requests.EndRun();

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();
}
