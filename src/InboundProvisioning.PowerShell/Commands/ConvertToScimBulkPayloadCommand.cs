using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Conversion;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Conversion;
using InboundProvisioning.PowerShell.Schema;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Turns worker records, from CSV files or from the pipeline, into SCIM bulk requests for API-driven inbound provisioning.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "ScimBulkPayload", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ConvertToScimBulkPayloadCommand : ConversionCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";

    private SourceInput? _input;
    private HashSet<string>? _wanted;
    private ConversionOptions _options = new();
    private BulkRequestDirectory? _directory;
    private RejectFile? _rejects;
    private ObjectConversion? _objects;

    /// <summary>CSV files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>CSV files, each path taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Worker records: what Import-Csv gives, hashtables, DataRows, any object with properties. Files are read as CSV.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The externalIds whose rows are converted, case does not matter; also from the pipeline, as SourceId of what Get-ProvisioningLog
    /// gives. With none of them nothing is converted.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("SourceId")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? ExternalId { get; set; }

    /// <summary>Operations per request, 1 to 50.</summary>
    [Parameter]
    [ValidateRange(1, ConversionOptions.MaxOperationsPerRequest)]
    public int OperationsPerRequest { get; set; } = ConversionOptions.MaxOperationsPerRequest;

    /// <summary>A directory that takes the requests as files, instead of strings on the pipeline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputDirectory { get; set; }

    /// <summary>Replaces the requests that an earlier run left in the output directory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>A CSV file that takes the rejected rows, each with the reason, to be corrected and fed in again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RejectPath { get; set; }

    /// <summary>Adds to the file of -RejectPath instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Reads the mapping and looks at where the output goes.</summary>
    protected override void BeginProcessing() => Guard(() =>
    {
        _input = new SourceInput(this);
        if (OutputDirectory is null && Force)
        {
            WriteWarning("-Force has no effect without -OutputDirectory.");
        }

        if (RejectPath is null && Append)
        {
            WriteWarning("-Append has no effect without -RejectPath.");
        }

        // Something to pick out by that turns out to be nothing must not become all rows.
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ExternalId)) || (MyInvocation.ExpectingInput && Path.Length + LiteralPath.Length > 0))
        {
            _wanted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        }

        _options = ReadConversionOptions() with { ExternalIds = _wanted, OperationsPerRequest = OperationsPerRequest };
        if (OutputDirectory is not null)
        {
            OutputDirectory = FilePaths.ResolveLiteral(this, OutputDirectory);
            BulkRequestDirectory.Check(OutputDirectory, Force);
        }
    });

    /// <summary>Converts an object, or notes files for the end.</summary>
    protected override void ProcessRecord() => Guard(() =>
    {
        if (ParameterSetName == InputObjectSet)
        {
            _input!.Add(InputObject, row => (_objects ??= BeginObjects(row)).Add(row));
            return;
        }

        if (_wanted is not null)
        {
            _wanted.UnionWith((ExternalId ?? []).Where(static id => !string.IsNullOrEmpty(id)));
            if (_input!.Files.Count > 0)
            {
                return;
            }
        }

        _input!.AddFiles(Path, LiteralPath);
    });

    /// <summary>Converts the files and ends the run.</summary>
    protected override void EndProcessing() => Guard(() =>
    {
        ConversionSummary? summary = null;
        if (_input!.Files.Count > 0)
        {
            summary = ConvertFiles();
        }
        else if (_objects is not null)
        {
            summary = _objects.End();
        }
        else
        {
            // No input: what an earlier run left must not look like the result of this one.
            OpenOutput();
        }

        _rejects?.Dispose();
        if (_wanted is { Count: 0 } && _input!.Files.Count > 0)
        {
            WriteWarning("-ExternalId names no record, so nothing is converted.");
        }

        foreach (string warning in summary?.Warnings(_rejects is null ? null : RejectPath) ?? [])
        {
            WriteWarning(warning);
        }
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rejects?.Dispose();
            _objects?.Dispose();
        }

        base.Dispose(disposing);
    }

    private ObjectConversion BeginObjects(PSObject first)
    {
        foreach (string warning in ObjectConversion.Check(first, _options))
        {
            WriteWarning(warning);
        }

        return new ObjectConversion(first, _options, OpenOutput(), _rejects);
    }

    private ConversionSummary ConvertFiles()
    {
        var conversion = new CsvConversion(_input!.Files, _options);
        foreach (string warning in conversion.CheckHeaders())
        {
            WriteWarning(warning);
        }

        if (RejectPath is not null)
        {
            RejectFile.RefuseInput(FilePaths.ResolveLiteral(this, RejectPath), _input!.Files);
        }

        ConversionOutput output = OpenOutput();
        return output.Run(token => conversion.Run(output, _rejects, token), _options.RunsScript);
    }

    private ConversionOutput OpenOutput()
    {
        // First what can still fail without a loss: preparing the directory deletes an earlier run's files.
        if (RejectPath is not null)
        {
            RejectPath = FilePaths.ResolveLiteral(this, RejectPath);
            if (ShouldProcess(RejectPath, Append ? "Add rejected rows" : "Write rejected rows"))
            {
                _rejects = RejectFile.Open(RejectPath, _options.Csv.Delimiter, Append);
            }
        }

        if (OutputDirectory is not null && ShouldProcess(OutputDirectory, Force ? "Replace SCIM bulk requests" : "Write SCIM bulk requests"))
        {
            _directory = BulkRequestDirectory.Prepare(OutputDirectory, Force);
        }

        return new ConversionOutput(this, _directory, writesStrings: OutputDirectory is null);
    }
}
