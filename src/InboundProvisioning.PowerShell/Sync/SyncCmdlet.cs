using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Checks;
using InboundProvisioning.Conversion;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Conversion;
using InboundProvisioning.PowerShell.Mapping;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.PowerShell.Sync;

/// <summary>A cmdlet that compares a source with what the service has accepted before.</summary>
public abstract class SyncCmdlet : JobCmdlet, IConversionParameters, ISafeguardParameters
{
    internal const string PathSet = "Path";
    internal const string LiteralPathSet = "LiteralPath";
    internal const string InputObjectSet = "InputObject";

    // What makes a file no source at all: the run is stopped, as by a limit, and not failed.
    private static readonly string[] SourceFaults = ["ColumnNotFound", "EmptyFile", "NotCsv", "MalformedHeader", "RepeatedColumn", "InvalidEncoding", "RecordTooLong"];

    private SourceInput? _input;
    private MappingReader? _mappings;
    private ObjectConversion? _objects;
    private ConversionOutput? _output;
    private RejectFile? _rejects;
    private CancellationTokenSource? _cancellation;
    private IReadOnlyList<string> _excludedRules = [];

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

    /// <summary>Where each attribute comes from: a hashtable, an ordered dictionary or the path of a .psd1 file.</summary>
    [Parameter(Position = 1, ParameterSetName = PathSet)]
    [Parameter(Position = 1, ParameterSetName = LiteralPathSet)]
    [Parameter(Position = 1, ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingPathCompleter))]
    public object? AttributeMapping { get; set; }

    /// <summary>The file that knows what the service has accepted before; one for each provisioning job.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>What a new state keeps of each person.</summary>
    [Parameter]
    public StateContent StateContent { get; set; }

    /// <summary>Lets the state lie on a share.</summary>
    [Parameter]
    public SwitchParameter AllowNetworkPath { get; set; }

    /// <summary>The URN of an extension under which all columns go as well.</summary>
    [Parameter]
    [Alias("Namespace")]
    [ValidatePattern("^[uU][rR][nN]:[^\\s\"]+$")]
    [ArgumentCompleter(typeof(ScimUrnCompleter))]
    public string? ScimSchemaNamespace { get; set; }

    /// <summary>The names under that URN of columns whose own names SCIM does not allow: a hashtable from columns to names.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ScimName { get; set; }

    /// <summary>The schema of the job, which has the types of custom attributes: a file of Export-ProvisioningSchema, or its text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProvisioningSchema { get; set; }

    /// <summary>What becomes of empty values.</summary>
    [Parameter]
    public EmptyValueHandling EmptyValue { get; set; }

    /// <summary>What becomes of several records of one person: the first goes and the later ones are rejected, the first goes, or the last goes.</summary>
    [Parameter]
    public RepeatedRecordHandling RepeatedRecord { get; set; }

    /// <summary>Of the records of one person the first for which this is true goes; else -RepeatedRecord counts.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Prefer { get; set; }

    /// <summary>Takes white space, a no-break space too, off around the value of every column.</summary>
    [Parameter]
    public SwitchParameter Trim { get; set; }

    /// <summary>Takes fields that a row lacks as null and drops those that it has too many.</summary>
    [Parameter]
    public SwitchParameter AllowRaggedRow { get; set; }

    /// <summary>How many records at the end of each CSV file are no data: totals, trailer lines.</summary>
    [Parameter]
    [ValidateRange(0, CsvParameters.MostSkipped)]
    public int SkipLast { get; set; }

    /// <summary>What separates the fields of the CSV files; by default what their own line sep= says, else a comma.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>The encoding of files without a byte order mark: a name, a code page number or an Encoding; UTF-8 by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public object? Encoding { get; set; }

    /// <summary>The line of the CSV files with the names of the columns, from 1; what stands above is passed over.</summary>
    [Parameter]
    [ValidateRange(1, CsvParameters.LastHeaderRow)]
    public int HeaderRow { get; set; } = 1;

    /// <summary>A CSV file that takes the rejected rows, each with the reason.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RejectPath { get; set; }

    /// <summary>Active people who become inactive or would be disabled as missing. Default 5 %, at least 10, at most 500.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? DisableLimit { get; set; }

    /// <summary>Known people who are not in the source any more. Default 5 %, at least 10, at most 500.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? MissingLimit { get; set; }

    /// <summary>Rows fewer than last time. Default 10 %, at least 20.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? ShrinkLimit { get; set; }

    /// <summary>New people, not in the initial run. Default 10 %, at least 50.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? CreateLimit { get; set; }

    /// <summary>People for whom one attribute becomes empty. Default 5 %, at least 10, at most 500.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? ClearLimit { get; set; }

    /// <summary>People for whom one attribute changes. Default 30 %, at least 50.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? AttributeChangeLimit { get; set; }

    /// <summary>People who get another userName. Default 2 %, at least 10, at most 100.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? UserNameChangeLimit { get; set; }

    /// <summary>Rows that cannot be used. Default 5 %, at least 10.</summary>
    [Parameter]
    [ValidateNotNull]
    public SafeguardLimit? RejectLimit { get; set; }

    /// <summary>What a limit that is passed does: nothing is sent, or what is within its limits is.</summary>
    [Parameter]
    public LimitAction LimitAction { get; set; }

    /// <summary>What becomes of known people who are not in the source any more.</summary>
    [Parameter]
    public MissingRecordHandling MissingRecord { get; set; }

    /// <summary>After how many runs in a row a missing person is disabled.</summary>
    [Parameter]
    [ValidateRange(1, 30)]
    public int MissingRuns { get; set; } = 2;

    /// <summary>What becomes of people whose record differs only because the mapping was changed.</summary>
    [Parameter]
    public MappingChangeHandling MappingChange { get; set; }

    /// <summary>externalIds that are in the source always: without them it is not complete.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RequiredRecord { get; set; } = [];

    /// <summary>How old the files may be.</summary>
    [Parameter]
    public TimeSpan MaximumFileAge { get; set; }

    /// <summary>The most calls in 24 hours, those of earlier runs too. Default 2,000, the quota with Entra ID P1 or P2.</summary>
    [Parameter]
    [ValidateRange(1, 1000000)]
    public int DailyCallLimit { get; set; } = SyncSettings.DefaultDailyCallLimit;

    /// <summary>How often one and the same record is sent, where the service fails at it or refuses it.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaximumAttempts { get; set; } = SyncSettings.DefaultMaximumAttempts;

    /// <summary>The domains that sign-in names may be in; by default those of the tenant, where they may be read.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? VerifiedDomain { get; set; }

    /// <summary>Rules of the check that are not applied to what is about to be sent; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckRuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    bool IConversionParameters.IsDelimiterGiven => IsGiven(nameof(Delimiter));

    internal ConversionOptions Options { get; private set; } = new();

    internal SyncSession? Session { get; private protected set; }

    internal SyncObserver? Observer { get; private set; }

    internal SyncProgressDisplay? Progress { get; private set; }

    /// <summary>Cancelled when the pipeline is stopped or ends.</summary>
    internal CancellationToken Cancellation => _cancellation!.Token;

    /// <summary>Whether rejected rows are written to -RejectPath.</summary>
    internal virtual bool KeepsRejected => true;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation?.Cancel();
            WaitForStep();
            _rejects?.Dispose();
            _objects?.Dispose();
            Session?.Dispose();
            _mappings?.Dispose();
            _cancellation?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected void Prepare()
    {
        _input = new SourceInput(this);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        Progress = new SyncProgressDisplay(this);
        Pipeline = new PipelineQueue(_cancellation.Token);
        Observer = new SyncObserver(this, Pipeline, Progress);
    }

    private protected void ReadMapping()
    {
        _mappings = new MappingReader(this);
        Options = ConversionParameters.Read(this, this, _mappings);
        if (!Options.Mapping.Maps("externalId"))
        {
            throw new InboundProvisioningException(
                "ExternalIdNotMapped", FaultKind.InvalidArgument, "People are told apart by their externalId, but the mapping has none.");
        }

        WriteVerbose(RunStory.Of(Options.Mapping));
    }

    private protected SyncSettings Settings()
    {
        if (IsGiven(nameof(MaximumFileAge)) && MaximumFileAge < TimeSpan.FromMinutes(1))
        {
            throw new InboundProvisioningException(
                "InvalidFileAge", FaultKind.InvalidArgument, "-MaximumFileAge takes a minute or more, such as 20:00:00; a bare 20 is no hours.", MaximumFileAge);
        }

        var limits = new SafeguardLimits();
        foreach (KeyValuePair<string, SafeguardLimit> limit in SafeguardParameters.Given(this))
        {
            limits.Set(limit.Key, limit.Value);
        }

        _excludedRules = CheckParameters.Rules(ExcludeRule);
        StateLocation state = StatePaths.Resolve(this, StatePath, () => Connect().Connection);
        StatePath = state.Path;
        return new SyncSettings
        {
            StatePath = state,
            StateContent = IsGiven(nameof(StateContent)) ? StateContent : null,
            AllowNetworkPath = AllowNetworkPath,
            Limits = limits,
            LimitAction = LimitAction,
            MissingRecord = MissingRecord,
            MissingRuns = MissingRuns,
            MappingChange = IsGiven(nameof(MappingChange)) ? MappingChange : null,
            MappingText = ParameterSetName is PathSet or LiteralPathSet or InputObjectSet ? MappingText.Of(this, this) : string.Empty,
            RequiredRecords = RequiredRecord,
            MaximumFileAge = IsGiven(nameof(MaximumFileAge)) ? MaximumFileAge : null,
            DailyCallLimit = DailyCallLimit,
            MaximumAttempts = MaximumAttempts,
        };
    }

    /// <summary>Takes an input object, or notes files for the end.</summary>
    private protected void TakeInput()
    {
        if (ParameterSetName == InputObjectSet)
        {
            _input!.Add(InputObject, Add);
        }
        else
        {
            _input!.AddFiles(Path, LiteralPath);
        }
    }

    /// <summary>Converts what is left and sums the source up.</summary>
    private protected SourceFacts EndInput()
    {
        ConversionSummary summary;
        InboundProvisioningException? fault = null;
        try
        {
            summary = _input!.Files.Count > 0 ? ConvertFiles() : _objects?.End() ?? new ConversionSummary();
        }
        catch (RecordSinkException found)
        {
            ExceptionDispatchInfo.Capture(found.Fault).Throw();
            throw;
        }
        catch (InboundProvisioningException found) when (Array.IndexOf(SourceFaults, found.ErrorId) >= 0)
        {
            summary = new ConversionSummary();
            fault = found;
        }

        _rejects?.Dispose();
        WriteVerbose(RunStory.Of(_input!.Files, summary));
        foreach (string warning in summary.Warnings(_rejects is null ? null : RejectPath))
        {
            WriteWarning(warning);
        }

        return new SourceFacts
        {
            Summary = summary,
            Fault = fault ?? _output?.FileFault,
            MapsActive = Options.Mapping.Maps("active"),
            WrittenOn = _input!.Files.Count == 0 ? null : new DateTimeOffset(_input!.Files.Max(File.GetLastWriteTimeUtc)),
            EndsWithLineBreak = _input!.Files.Count == 0 ? null : _input!.Files.TrueForAll(SourceEnd.HasLineBreak),
        };
    }

    /// <summary>What the records that are about to be sent are checked by; null where there are none.</summary>
    /// <param name="connection">The connection; null where there is none.</param>
    /// <param name="target">The job, as far as it is named.</param>
    private protected CheckOptions? ReadChecks(ServiceConnection? connection, ProvisioningTarget target)
    {
        if (!Session!.HasRecordsToCheck)
        {
            return null;
        }

        var source = new CheckSource(Observer!.OnDetail, Observer)
        {
            Mappings = ProvisioningSchema is null ? null : JobMappings.Of(ConversionParameters.ReadSchema(ProvisioningSchema, this)),
            VerifiedDomains = VerifiedDomain,
            ExcludedRules = _excludedRules,
        };
        return Await(Pipeline!, () => Task.Run(() => source.ReadAsync(connection, target, Cancellation)));
    }

    private void Add(PSObject row)
    {
        try
        {
            (_objects ??= BeginObjects(row)).Add(row);
        }
        catch (RecordSinkException found)
        {
            ExceptionDispatchInfo.Capture(found.Fault).Throw();
        }
    }

    private ObjectConversion BeginObjects(PSObject first)
    {
        foreach (string warning in ObjectConversion.Check(first, Options))
        {
            WriteWarning(warning);
        }

        OpenRejects();
        _output = new ConversionOutput(this, directory: null, writesStrings: false);
        return new ObjectConversion(first, Options, _output, _rejects, Session!.Records);
    }

    private ConversionSummary ConvertFiles()
    {
        var conversion = new CsvConversion(_input!.Files, Options);
        foreach (string warning in conversion.CheckHeaders())
        {
            WriteWarning(warning);
        }

        OpenRejects();
        _output = new ConversionOutput(this, directory: null, writesStrings: false);
        return _output.Run(token => conversion.Run(_output, _rejects, token, Session!.Records), Options.RunsScript);
    }

    private void OpenRejects()
    {
        if (RejectPath is not null && KeepsRejected)
        {
            RejectPath = FilePaths.ResolveLiteral(this, RejectPath);
            RejectFile.RefuseInput(RejectPath, _input!.Files);
            _rejects = RejectFile.Open(RejectPath, Options.Csv.Delimiter, append: false);
        }
    }
}
