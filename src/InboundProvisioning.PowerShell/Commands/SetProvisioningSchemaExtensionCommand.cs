using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Mapping;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Adds custom attributes under a URN to the schema of a provisioning job, and where wanted their mappings. Everything else of
/// the schema goes back as it came.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ProvisioningSchemaExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(SchemaExtensionResult))]
public sealed class SetProvisioningSchemaExtensionCommand : SchemaChangeCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string NameSet = "Name";
    private const string InputObjectSet = "InputObject";

    private readonly List<string> _files = [];
    private readonly List<SchemaAttribute> _attributes = [];
    private bool _faulty;

    /// <summary>CSV files, whose columns are the attributes; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>CSV files, each path taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The names of the attributes below the URN.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Names, or objects with Name and, where wanted, Type, MultiValued and FlowNullValues. Files are read as CSV.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The URN of the extension.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Namespace", "Urn", "SchemaNamespace")]
    [ValidateNotNullOrEmpty]
    public string ScimSchemaNamespace { get; set; } = null!;

    /// <summary>The type of the attributes; those that bring one keep it. Default String for new ones.</summary>
    [Parameter]
    public SchemaAttributeType Type { get; set; }

    /// <summary>The attributes have several values.</summary>
    [Parameter]
    public SwitchParameter MultiValued { get; set; }

    /// <summary>A value that is null or left out clears the attribute in the directory.</summary>
    [Parameter]
    public SwitchParameter FlowNullValues { get; set; }

    /// <summary>Looks at the values of the files for the types: DateTime, Boolean, Integer, else String.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter InferType { get; set; }

    /// <summary>The columns of the files to take; left out, all.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>The attribute of the target directory that an attribute flows to, for each that is to be mapped.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? TargetAttribute { get; set; }

    /// <summary>The name or id of the inbound rule, where the job has several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RuleName { get; set; }

    /// <summary>What separates the fields of the CSV files; a comma by default.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public char Delimiter { get; set; } = ',';

    /// <summary>The encoding of files without a byte order mark: a name, a code page number or an Encoding; UTF-8 by default.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public object? Encoding { get; set; }

    /// <summary>The line of the CSV files with the names of the columns, from 1.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(1, CsvParameters.LastHeaderRow)]
    public int HeaderRow { get; set; } = 1;

    /// <summary>How many records at the end of each CSV file are no data, and not looked at by -InferType.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(0, CsvParameters.MostSkipped)]
    public int SkipLast { get; set; }

    /// <summary>Changes attributes that exist with another type, and mappings that exist with another source.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Guard(() => ScimName.RequireUrn(ScimSchemaNamespace));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        switch (ParameterSetName)
        {
            case NameSet:
                _attributes.AddRange(Name!.Select(name => Complete(new SchemaAttribute(name))));
                break;
            case InputObjectSet:
                AddInputObject();
                break;
            default:
                foreach (string path in Path ?? [])
                {
                    _files.AddRange(FilePaths.Resolve(this, path));
                }

                _files.AddRange((LiteralPath ?? []).Select(path => FilePaths.ResolveLiteral(this, path)));
                break;
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        ReadFiles();
        if (_attributes.Count == 0)
        {
            if (!_faulty)
            {
                WriteWarning("There is no attribute to add.");
            }

            return;
        }

        var extension = new SchemaExtension(ScimSchemaNamespace, _attributes) { TargetAttributes = Targets(), RuleName = RuleName, Force = Force };
        RunWithJob((run, job, stop) => ExtendAsync(run, job, extension, stop));
    });

    private async Task ExtendAsync(GraphRun run, ProvisioningJobAddress job, SchemaExtension extension, CancellationToken stop)
    {
        ProvisioningSchema schema = await ReadSchemaAsync(run, job, stop).ConfigureAwait(false);
        SchemaExtensionPlan plan = extension.Plan(schema);
        run.WriteVerbose($"The rule '{plan.RuleName}' takes its users from the directory '{plan.SourceDirectory}'.");
        foreach (InboundProvisioningException fault in plan.Faults)
        {
            run.WriteFault(fault);
        }

        string? backup = null;
        if (plan.HasChanges)
        {
            backup = await ReplaceSchemaAsync(run, job, schema, plan.Schema, stop).ConfigureAwait(false);
            if (backup is null)
            {
                return;
            }

            await VerifyAsync(run, job, plan, backup, stop).ConfigureAwait(false);
        }

        foreach (SchemaExtensionResult result in plan.Results)
        {
            run.WriteObject(result with
            {
                BackupPath = result.Status == SchemaChangeStatus.Existing && result.MappingStatus is null or SchemaChangeStatus.Existing ? null : backup,
                ServicePrincipalId = job.ServicePrincipalId,
                JobId = job.JobId,
            });
        }
    }

    // The service answers a PUT with nothing: one look tells whether it kept what it took.
    private async Task VerifyAsync(GraphRun run, ProvisioningJobAddress job, SchemaExtensionPlan plan, string backup, CancellationToken stop)
    {
        IReadOnlyList<string> missing;
        try
        {
            ProvisioningSchema now = await ReadSchemaAsync(run, job, stop).ConfigureAwait(false);
            missing = now.MissingAttributes(plan.Results.Select(static result => result.Name), RuleName);
        }
        catch (InboundProvisioningException fault)
        {
            run.WriteWarning($"The schema was changed, but could not be read again to see what became of it: {fault.Message} The schema as it was is in {backup}.");
            return;
        }

        if (missing.Count > 0)
        {
            run.WriteWarning($"The service took the schema, but does not show {string.Join(", ", missing)} yet. Look again with Export-ProvisioningSchema.");
        }
    }

    private void AddInputObject()
    {
        switch (InputObject?.BaseObject)
        {
            case null:
                return;
            case FileInfo file:
                _files.Add(file.FullName);
                return;
        }

        try
        {
            _attributes.Add(Complete(SchemaAttributeReader.Read(InputObject!)));
        }
        catch (InboundProvisioningException fault)
        {
            _faulty = true;
            WriteFault(fault);
        }
        catch (RowExpressionException exception)
        {
            _faulty = true;
            WriteFault(new InboundProvisioningException("InvalidInputObject", FaultKind.InvalidArgument, exception.Message, InputObject, exception));
        }
    }

    private void ReadFiles()
    {
        if (_files.Count == 0)
        {
            return;
        }

        var reader = new CsvAttributes(CsvParameters.Read(IsGiven(nameof(Delimiter)) ? Delimiter : null, Encoding, HeaderRow) with { AllowRaggedRow = true, SkipLast = SkipLast }, InferType);
        RunOnWorker((_, stop) =>
        {
            _files.ForEach(file => reader.Read(file, stop));
            return Task.CompletedTask;
        });
        foreach (string warning in reader.Warnings)
        {
            WriteWarning(warning);
        }

        List<SchemaAttribute> columns = [.. reader.Attributes];
        if (Column is not null)
        {
            columns = [.. Column.Select(Unqualified).Select(name => columns.Find(column => ColumnName.Comparer.Equals(column.Name, name))
                ?? throw new InboundProvisioningException(
                    "ColumnNotFound", FaultKind.NotFound, $"-Column '{name}' is none of the columns of {string.Join(", ", _files)}: {string.Join(", ", columns.Select(static column => column.Name))}.", name))];
        }

        foreach (SchemaAttribute column in columns.Where(static column => column.Seen is not null))
        {
            WriteVerbose($"{column.Name}: {column.Seen}.");
        }

        _attributes.AddRange(columns.Select(Complete));
    }

    private SchemaAttribute Complete(SchemaAttribute attribute) => attribute with
    {
        Name = Unqualified(attribute.Name),
        Type = attribute.Type ?? (IsGiven(nameof(Type)) ? Type : null),
        MultiValued = attribute.MultiValued ?? (IsGiven(nameof(MultiValued)) ? MultiValued.IsPresent : null),
        FlowNullValues = attribute.FlowNullValues ?? (IsGiven(nameof(FlowNullValues)) ? FlowNullValues.IsPresent : null),
    };

    // A name can bring the URN along, as the schema has it.
    private string Unqualified(string name)
    {
        string prefix = ScimName.Qualify(ScimSchemaNamespace, string.Empty);
        return name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(prefix.Length) : name;
    }

    private Dictionary<string, string> Targets()
    {
        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in TargetAttribute ?? new Hashtable())
        {
            if (entry.Key is not string name || PowerShellValue.Unwrap(entry.Value) is not string { Length: > 0 } target)
            {
                throw new InboundProvisioningException(
                    "InvalidTargetAttribute",
                    FaultKind.InvalidArgument,
                    $"-TargetAttribute takes names: @{{ HireDate = 'employeeHireDate' }}. The entry '{entry.Key}' has none.",
                    entry.Key);
            }

            targets[Unqualified(name)] = target;
        }

        return targets;
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
    }
}
