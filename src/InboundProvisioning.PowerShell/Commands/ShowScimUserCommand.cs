using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Conversion;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Conversion;
using InboundProvisioning.PowerShell.Mapping;
using InboundProvisioning.Preview;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Shows what a mapping makes of a person, attribute by attribute, where each value comes from, and what is wrong with it.</summary>
[Cmdlet(VerbsCommon.Show, "ScimUser", DefaultParameterSetName = FirstSet)]
[OutputType(typeof(ShownAttribute))]
public sealed class ShowScimUserCommand : ConversionCmdlet
{
    private const string FirstSet = "First";
    private const string ExternalIdSet = "ExternalId";
    private const string RowSet = "Row";

    private readonly Dictionary<string, List<string>> _places = new(StringComparer.OrdinalIgnoreCase);
    private SourceInput? _input;
    private UserPreview? _preview;
    private ConversionOptions _options = new();
    private ObjectRow? _object;
    private HashSet<long> _rows = [];
    private long _count;

    /// <summary>CSV files; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>CSV files, each path taken as it is.</summary>
    [Parameter]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Worker records: what Import-Csv gives, hashtables, DataRows, any object with properties. Files are read as CSV.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The externalIds of the people, case does not matter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExternalIdSet)]
    [Alias("SourceId")]
    [ValidateNotNullOrEmpty]
    public string[] ExternalId { get; set; } = [];

    /// <summary>The numbers of the rows, from 1; the header does not count. Of several files each has its own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RowSet)]
    [ValidateRange(1L, long.MaxValue)]
    public long[] Row { get; set; } = [];

    /// <summary>How many rows from the first on: 1 by default.</summary>
    [Parameter(ParameterSetName = FirstSet)]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 1;

    /// <summary>The attributes to show, as paths; wildcards are allowed. Left out, all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScimAttributeCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Attribute { get; set; } = [];

    /// <summary>Reads the mapping.</summary>
    protected override void BeginProcessing() => Guard(() =>
    {
        _input = new SourceInput(this);
        _options = ReadConversionOptions() with { ExternalIds = ParameterSetName == ExternalIdSet ? ExternalId : null };
        _rows = [.. Row];
        _preview = new UserPreview(_options);
        _input.AddFiles(Path, LiteralPath);
        if (_input.Files.Count == 0 && !MyInvocation.ExpectingInput)
        {
            throw new InboundProvisioningException("NoInput", FaultKind.InvalidArgument, "There is nothing to show: give -Path, or pipe records in.");
        }
    });

    /// <summary>Shows an object, or notes a file for the end.</summary>
    protected override void ProcessRecord() => Guard(() => _input!.Add(InputObject, record =>
    {
        _count++;
        if (_object is null)
        {
            _object = new ObjectRow(record, _options.Mapping.Columns, allowMissing: true);
            _preview!.SetColumns(_object.Columns);
        }

        _object.SetInput(record, _count);
        ShowRow(_object, _count);
    }));

    /// <summary>Shows rows of the files.</summary>
    protected override void EndProcessing() => Guard(() =>
    {
        foreach (string file in _input!.Files)
        {
            ShowFile(file);
        }

        foreach (string missing in _preview!.MissingExternalIds)
        {
            WriteFault(new InboundProvisioningException("RecordNotFound", FaultKind.NotFound, $"No row has the externalId '{missing}'. Zeros in front count.", missing));
        }

        foreach (List<string> places in _places.Values.Where(static places => places.Count > 1))
        {
            WriteWarning($"{places.Count} rows are of one person: {string.Join("; ", places)}. The first one goes and the others are rejected, unless -RepeatedRecord or -Prefer say otherwise.");
        }
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _preview?.Dispose();
        }

        base.Dispose(disposing);
    }

    // An element goes by its attribute too: name is all of the name, phoneNumbers all of them.
    private bool IsAsked(ShownAttribute shown) => Attribute.Length == 0 || Attribute.Any(wanted =>
        new WildcardPattern(wanted, WildcardOptions.IgnoreCase) is var pattern
        && (pattern.IsMatch(shown.Attribute) || UserPreview.IsWithin(shown.Attribute, wanted)));

    private void ShowFile(string path)
    {
        foreach (string warning in new CsvConversion([path], _options with { AllowMissingColumn = true }).CheckHeaders())
        {
            WriteWarning(warning);
        }

        long last = ParameterSetName switch { FirstSet => First, RowSet => _rows.Max(), _ => long.MaxValue };
        using PreviewFile file = PreviewFile.Open(path, _options.Csv);
        _preview!.SetColumns(file.Columns);
        while (file.Number < last && file.Read())
        {
            StopToken.ThrowIfCancellationRequested();
            if (file.Fault is null)
            {
                ShowRow(file.Row, file.Number);
            }
            else if (IsWanted(file.Number))
            {
                WriteFault(new InboundProvisioningException(file.Fault.ErrorId, FaultKind.InvalidData, $"Row {file.Number} ({file.Place}): {file.Fault.Reason}", file.Place.ToString()));
            }
        }

        if (ParameterSetName == RowSet && file.Number < last)
        {
            WriteFault(new InboundProvisioningException("RecordNotFound", FaultKind.NotFound, $"{path} has {file.Number} rows, and none of the number {last}.", path));
        }
    }

    private bool IsWanted(long number) => ParameterSetName switch
    {
        FirstSet => number <= First,
        RowSet => _rows.Contains(number),
        _ => false,
    };

    private void ShowRow(InboundProvisioning.Mapping.Row row, long number)
    {
        if (ParameterSetName == ExternalIdSet)
        {
            if (!_preview!.IsWanted(row, out string? externalId))
            {
                return;
            }

            if (!_places.TryGetValue(externalId!, out List<string>? places))
            {
                _places.Add(externalId!, places = []);
            }

            places.Add($"row {number} ({row.Place})");
        }
        else if (!IsWanted(number))
        {
            return;
        }

        WriteObject(_preview!.Show(row, number).Where(IsAsked), enumerateCollection: true);
    }
}
