using System.Collections;
using System.Management.Automation;
using InboundProvisioning.Conversion;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>A cmdlet that turns worker records into SCIM users.</summary>
public abstract class ConversionCmdlet : MappingCmdlet, IConversionParameters
{
    /// <summary>
    /// Where each attribute comes from: a hashtable, an ordered dictionary or the path of a .psd1 file. Left out, externalId,
    /// userName and active come from columns of these names.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingPathCompleter))]
    public object? AttributeMapping { get; set; }

    /// <summary>Takes a column that the mapping names and the data lacks as null, with a warning.</summary>
    [Parameter]
    public SwitchParameter AllowMissingColumn { get; set; }

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

    /// <summary>
    /// The schema of the job, which has the types of custom attributes: the path of a file of Export-ProvisioningSchema, or its text.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProvisioningSchema { get; set; }

    /// <summary>What becomes of empty values.</summary>
    [Parameter]
    public EmptyValueHandling EmptyValue { get; set; }

    /// <summary>
    /// What becomes of several records of one person: the first goes and the later ones are rejected, the first goes, or the last goes.
    /// </summary>
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

    bool IConversionParameters.IsDelimiterGiven => MyInvocation.BoundParameters.ContainsKey(nameof(Delimiter));

    /// <summary>Reads what the parameters say, and warns of what is doubtful in the mapping.</summary>
    /// <exception cref="InboundProvisioningException">A parameter cannot be used.</exception>
    private protected ConversionOptions ReadConversionOptions() =>
        ConversionParameters.Read(this, this, Mappings) with { AllowMissingColumn = AllowMissingColumn };
}
