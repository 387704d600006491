using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Schema;
using InboundProvisioning.Schema;

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
    private ExtensionAttributes _attributes = null!;
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
    [ArgumentCompleter(typeof(ScimUrnCompleter))]
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
    [ArgumentCompleter(typeof(SourceColumnCompleter))]
    public string[]? Column { get; set; }

    /// <summary>The attribute of the target directory that an attribute flows to, for each that is to be mapped.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? TargetAttribute { get; set; }

    /// <summary>The name of the attribute for each column whose own name SCIM does not allow.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ScimName { get; set; }

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
        Guard(() => _attributes = new ExtensionAttributes(
            ScimSchemaNamespace,
            new ExtensionNames(NamePairs.Read(ScimName, nameof(ScimName), "InvalidScimName", "'Worker ID' = 'WorkerID'")),
            new SchemaAttribute(string.Empty)
            {
                Type = IsGiven(nameof(Type)) ? Type : null,
                MultiValued = IsGiven(nameof(MultiValued)) ? MultiValued.IsPresent : null,
                FlowNullValues = IsGiven(nameof(FlowNullValues)) ? FlowNullValues.IsPresent : null,
            }));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        Array.ForEach(Name ?? [], name => _attributes.Add(new SchemaAttribute(name)));
        Array.ForEach(Path ?? [], path => _files.AddRange(FilePaths.Resolve(this, path)));
        Array.ForEach(LiteralPath ?? [], path => _files.Add(FilePaths.ResolveLiteral(this, path)));
        if (InputObject?.BaseObject is FileInfo file)
        {
            _files.Add(file.FullName);
        }
        else if (InputObject is not null)
        {
            AddAttribute(InputObject);
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        ReadFiles();
        if (_attributes.IsEmpty)
        {
            if (!_faulty)
            {
                WriteWarning("There is no attribute to add.");
            }

            return;
        }

        IReadOnlyDictionary<string, string> targets =
            NamePairs.Read(TargetAttribute, nameof(TargetAttribute), "InvalidTargetAttribute", "HireDate = 'employeeHireDate'");
        SchemaExtension extension = _attributes.ToExtension(targets) with { RuleName = RuleName, Force = Force };
        ChangeSchema(async (change, run, stop) =>
        {
            foreach (SchemaExtensionResult result in await change.ExtendAsync(extension, stop).ConfigureAwait(false) ?? [])
            {
                run.WriteObject(result);
            }
        });
    });

    private void AddAttribute(PSObject item)
    {
        try
        {
            _attributes.Add(SchemaAttributeReader.Read(item));
        }
        catch (InboundProvisioningException fault)
        {
            _faulty = true;
            WriteFault(fault);
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

        foreach (SchemaAttribute column in reader.Attributes.Where(static column => column.Seen is not null))
        {
            WriteVerbose($"{column.Name}: {column.Seen}.");
        }

        _attributes.Add(reader, Column);
    }
}
