using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Conversion;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Turns worker records, from CSV files or from the pipeline, into SCIM bulk requests for API-driven inbound provisioning.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "ScimBulkPayload", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ConvertToScimBulkPayloadCommand : MappingCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";

    // Warnings name so many externalIds at the most.
    private const int MostNamed = 50;

    private readonly List<string> _files = [];
    private HashSet<string>? _wanted;
    private ConversionOptions _options = new();
    private BulkRequestDirectory? _directory;
    private RejectFile? _rejects;
    private BulkRequestConverter? _converter;
    private ObjectRow? _row;
    private RowColumns? _rejectColumns;
    private IReadOnlyList<string> _mappedColumns = [];
    private long _rows;
    private long _rejectedRows;
    private IReadOnlyList<string> _missing = [];

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
    /// The externalIds whose rows are converted, case sensitive; also from the pipeline, as SourceId of what Get-ProvisioningLog
    /// gives. With none of them nothing is converted.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("SourceId")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? ExternalId { get; set; }

    /// <summary>
    /// Where each attribute comes from: a hashtable, an ordered dictionary or the path of a .psd1 file. Left out, externalId,
    /// userName and active come from columns of these names.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public object? AttributeMapping { get; set; }

    /// <summary>The URN of an extension under which all columns go as well.</summary>
    [Parameter]
    [Alias("Namespace")]
    [ValidatePattern("^[uU][rR][nN]:[^\\s\"]+$")]
    public string? ScimSchemaNamespace { get; set; }

    /// <summary>Operations per request, 1 to 50.</summary>
    [Parameter]
    [ValidateRange(1, ConversionOptions.MaxOperationsPerRequest)]
    public int OperationsPerRequest { get; set; } = ConversionOptions.MaxOperationsPerRequest;

    /// <summary>What becomes of empty values.</summary>
    [Parameter]
    public EmptyValueHandling EmptyValue { get; set; }

    /// <summary>Takes a column that the mapping names and the data lacks as null, with a warning.</summary>
    [Parameter]
    public SwitchParameter AllowMissingColumn { get; set; }

    /// <summary>Takes fields that a row lacks as null and drops those that it has too many.</summary>
    [Parameter]
    public SwitchParameter AllowRaggedRow { get; set; }

    /// <summary>How many records at the end of each CSV file are no data: totals, trailer lines.</summary>
    [Parameter]
    [ValidateRange(0, CsvParameters.MostSkipped)]
    public int SkipLast { get; set; }

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
            _wanted = new HashSet<string>(StringComparer.Ordinal);
        }

        _options = new ConversionOptions
        {
            ExternalIds = _wanted,
            Mapping = AttributeMapping is null ? InboundProvisioning.Mapping.AttributeMapping.Default : ReadMapping(AttributeMapping),
            ScimSchemaNamespace = ScimSchemaNamespace,
            OperationsPerRequest = OperationsPerRequest,
            EmptyValue = EmptyValue,
            AllowMissingColumn = AllowMissingColumn,
            Csv = ReadCsvOptions() with { AllowRaggedRow = AllowRaggedRow, SkipLast = SkipLast },
            Unwrap = PowerShellValue.Unwrap,
        };
        if (!_options.Mapping.Maps("active"))
        {
            WriteWarning(AttributeMappingValidator.NoActive);
        }

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
            ProcessInputObject();
            return;
        }

        if (_wanted is not null)
        {
            _wanted.UnionWith((ExternalId ?? []).Where(static id => !string.IsNullOrEmpty(id)));
            if (_files.Count > 0)
            {
                return;
            }
        }

        foreach (string path in Path)
        {
            _files.AddRange(FilePaths.Resolve(this, path));
        }

        foreach (string path in LiteralPath)
        {
            _files.Add(FilePaths.ResolveLiteral(this, path));
        }
    });

    /// <summary>Converts the files and ends the run.</summary>
    protected override void EndProcessing() => Guard(() =>
    {
        if (_files.Count > 0)
        {
            ConvertFiles();
        }
        else if (_converter is not null)
        {
            if (_converter.End() is { } last)
            {
                WriteRequest(last);
            }

            _rows = _converter.Rows;
            _rejectedRows = _converter.RejectedRows;
        }
        else
        {
            // No input: what an earlier run left must not look like the result of this one.
            OpenOutput();
        }

        _rejects?.Dispose();
        WarnOfMissing();
        if (_rejectedRows > 0)
        {
            string kept = _rejects is null ? "-RejectPath would keep them." : $"They are in {RejectPath}.";
            WriteWarning(string.Format(CultureInfo.InvariantCulture, "{0:N0} of {1:N0} rows were rejected. {2}", _rejectedRows, _rows, kept));
        }
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rejects?.Dispose();
            _converter?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WarnOfMissing()
    {
        if (_wanted is { Count: 0 } && _files.Count > 0)
        {
            WriteWarning("-ExternalId names no record, so nothing is converted.");
        }

        if (_missing.Count > 0)
        {
            string more = _missing.Count > MostNamed ? string.Format(CultureInfo.InvariantCulture, " and {0:N0} more", _missing.Count - MostNamed) : string.Empty;
            WriteWarning(string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} of {1:N0} externalIds are in no file: {2}{3}.",
                _missing.Count,
                _wanted!.Count,
                string.Join(", ", _missing.Take(MostNamed).Select(static id => "'" + id + "'")),
                more));
        }
    }

    private void ProcessInputObject()
    {
        switch (InputObject?.BaseObject)
        {
            case null:
                return;
            case FileInfo file:
                _files.Add(file.FullName);
                break;
            case string:
                throw new InboundProvisioningException(
                    "InvalidInputObject",
                    FaultKind.InvalidArgument,
                    "The pipeline gives text, not records. Use -Path for CSV files, or pipe the output of Import-Csv.",
                    InputObject);
            default:
                ConvertObject(InputObject!);
                break;
        }

        if (_files.Count > 0 && _converter is not null)
        {
            throw new InboundProvisioningException(
                "MixedInput", FaultKind.InvalidArgument, "The pipeline gives files and records. Convert them one after the other.");
        }
    }

    private void ConvertObject(PSObject inputObject)
    {
        if (_row is null)
        {
            _row = new ObjectRow(inputObject, AllowMissingColumn);
            CheckColumns(_row.Columns);
            var converter = new BulkRequestConverter(_options);
            converter.SetColumns(_row.Columns);
            OpenOutput();
            _converter = converter;
            _rejectColumns = new RowColumns([.. _row.Columns.Names.Where(name => !RejectFile.IsReasonColumn(name))]);
            _rejects?.SetColumns(_rejectColumns.Names, Delimiter, "the input objects");
            _mappedColumns = _options.Mapping.Columns;
        }

        _row.SetInput(inputObject, _converter!.Rows + 1);
        if (ScimSchemaNamespace is not null && _row.UpdateColumns(_mappedColumns))
        {
            _converter.SetColumns(_row.Columns);
        }

        BulkRequest? request = _converter.Convert(_row, out RowFault? fault);
        if (fault is not null)
        {
            var rejected = new RejectedRow(_row.Place, fault);
            _rejects?.Add(_row.Texts(_rejectColumns!), rejected.ToString());
            WriteRejected(rejected, inputObject);
        }

        if (request is not null)
        {
            WriteRequest(request);
        }
    }

    private void CheckColumns(RowColumns columns)
    {
        IReadOnlyList<string> missing = BulkRequestConverter.MissingColumns(_options.Mapping, columns);
        if (missing.Count == 0)
        {
            return;
        }

        if (!AllowMissingColumn)
        {
            throw MissingColumnsFault.Create("The first input object", columns, _options.Mapping, missing, elsewhere: null);
        }

        WriteWarning(
            $"The first input object has no column {MissingColumnsFault.List(missing)}; what the mapping takes from there is null where it is missing.");
    }

    private void ConvertFiles()
    {
        var conversion = new CsvConversion(_files, _options);
        foreach (string warning in conversion.CheckHeaders())
        {
            WriteWarning(warning);
        }

        RefuseRejectPathAmongInput();
        OpenOutput();
        using (var display = new ConversionProgressDisplay(this))
        {
            // Script blocks run on this thread, where the engine is.
            if (_options.Mapping.RunsScript)
            {
                conversion.Run(new PipelineObserver(this, display), _rejects, StopToken);
            }
            else
            {
                RunOnWorker((queue, token) => RunOnWorker(conversion, queue, display, token));
            }
        }

        _rows = conversion.Rows;
        _rejectedRows = conversion.RejectedRows;
        _missing = conversion.MissingExternalIds;
    }

    private Task RunOnWorker(CsvConversion conversion, PipelineQueue queue, ConversionProgressDisplay display, CancellationToken token)
    {
        using BulkRequestFileWriter? files = _directory is null
            ? null
            : new BulkRequestFileWriter(_directory, paths => queue.Post(() => WriteFiles(paths)));
        conversion.Run(new WorkerObserver(this, queue, files, display), _rejects, token);
        files?.Complete();
        return Task.CompletedTask;
    }

    // Opening the file of rejects would empty the input: a file of rejects that is fed in again is the likely case.
    private void RefuseRejectPathAmongInput()
    {
        if (RejectPath is null)
        {
            return;
        }

        string rejectPath = System.IO.Path.GetFullPath(FilePaths.ResolveLiteral(this, RejectPath));
        if (_files.Any(file => string.Equals(System.IO.Path.GetFullPath(file), rejectPath, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InboundProvisioningException(
                "RejectPathIsInput",
                FaultKind.InvalidArgument,
                $"{rejectPath} is to be read and cannot take the rejected rows as well. Give another -RejectPath.",
                rejectPath);
        }
    }

    private void OpenOutput()
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
    }

    private void WriteRequest(BulkRequest request)
    {
        using (request)
        {
            if (OutputDirectory is null)
            {
                WriteObject(request.ToString());
            }
            else if (_directory is not null)
            {
                WriteFile(_directory.Write(request));
            }
        }
    }

    private void WriteFiles(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            WriteFile(path);
        }
    }

    // With PSPath, as the items of the file system have it: Get-Content and its kin bind to that.
    private void WriteFile(string path)
    {
        PSObject file = PSObject.AsPSObject(new FileInfo(path));
        file.Properties.Add(new PSNoteProperty("PSPath", "Microsoft.PowerShell.Core\\FileSystem::" + path));
        WriteObject(file);
    }

    private void WriteRejected(RejectedRow row, object? target)
    {
        var fault = new InboundProvisioningException(
            row.Fault.ErrorId,
            row.Fault.ErrorId == "ScriptBlockFailed" ? FaultKind.Script : FaultKind.InvalidData,
            row.ToString(),
            target ?? row,
            row.Fault.Exception);
        WriteFault(fault);
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowFault(exception);
        }
        catch (OperationCanceledException) when (Stopping)
        {
            // Ctrl+C: the engine ends the pipeline.
        }
    }

    private sealed class PipelineObserver : IConversionObserver
    {
        private readonly ConvertToScimBulkPayloadCommand _cmdlet;
        private readonly ConversionProgressDisplay _display;

        public PipelineObserver(ConvertToScimBulkPayloadCommand cmdlet, ConversionProgressDisplay display)
        {
            _cmdlet = cmdlet;
            _display = display;
        }

        public void OnRequest(BulkRequest request) => _cmdlet.WriteRequest(request);

        public void OnRejected(RejectedRow row) => _cmdlet.WriteRejected(row, target: null);

        public void OnFileFault(InboundProvisioningException fault) => _cmdlet.WriteFault(fault);

        public void OnProgress(ConversionProgress progress) => _display.Show(progress);
    }

    private sealed class WorkerObserver : IConversionObserver
    {
        private readonly ConvertToScimBulkPayloadCommand _cmdlet;
        private readonly PipelineQueue _queue;
        private readonly BulkRequestFileWriter? _files;
        private readonly ConversionProgressDisplay _display;

        public WorkerObserver(
            ConvertToScimBulkPayloadCommand cmdlet, PipelineQueue queue, BulkRequestFileWriter? files, ConversionProgressDisplay display)
        {
            _cmdlet = cmdlet;
            _queue = queue;
            _files = files;
            _display = display;
        }

        public void OnRequest(BulkRequest request)
        {
            if (_files is not null)
            {
                _files.Add(request);
                return;
            }

            using (request)
            {
                if (_cmdlet.OutputDirectory is null)
                {
                    string json = request.ToString();
                    _queue.Post(() => _cmdlet.WriteObject(json));
                }
            }
        }

        public void OnRejected(RejectedRow row) => _queue.Post(() => _cmdlet.WriteRejected(row, target: null));

        public void OnFileFault(InboundProvisioningException fault) => _queue.Post(() => _cmdlet.WriteFault(fault));

        public void OnProgress(ConversionProgress progress) => _queue.TryPost(() => _display.Show(progress));
    }
}
