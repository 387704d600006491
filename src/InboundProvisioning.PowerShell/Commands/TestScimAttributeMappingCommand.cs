using System;
using System.Collections.Generic;
using System.Management.Automation;
using InboundProvisioning.Conversion;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Checks an attribute mapping against the SCIM schemas and, with -Path, against the columns of files.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ScimAttributeMapping")]
[OutputType(typeof(bool))]
public sealed class TestScimAttributeMappingCommand : MappingCmdlet
{
    /// <summary>A hashtable, an ordered dictionary or the path of a .psd1 file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingPathCompleter))]
    public object AttributeMapping { get; set; } = null!;

    /// <summary>CSV files, in whose headers the columns of the mapping are looked for.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Writes whether the mapping is without error.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            var findings = new List<MappingFinding>();
            AttributeMapping mapping = Mappings.Read(AttributeMapping, findings);
            findings.AddRange(AttributeMappingValidator.Validate(mapping));
            bool isValid = true;
            foreach (MappingFinding finding in findings)
            {
                isValid &= !finding.IsError;
                if (finding.IsError)
                {
                    WriteFault(new InboundProvisioningException(finding.ErrorId, FaultKind.InvalidData, finding.Message, finding.Attribute));
                }
                else
                {
                    WriteWarning(finding.Message);
                }
            }

            WriteObject(HasColumns(mapping) && isValid);
        }
        catch (Exception exception) when (exception is InboundProvisioningException or System.IO.IOException or UnauthorizedAccessException)
        {
            ThrowFault(exception);
        }
    }

    private bool HasColumns(AttributeMapping mapping)
    {
        bool hasAll = true;
        var options = new ConversionOptions { Mapping = mapping, Csv = ReadCsvOptions() };
        foreach (string path in Path ?? [])
        {
            foreach (string file in FilePaths.Resolve(this, path))
            {
                try
                {
                    foreach (string warning in new CsvConversion([file], options).CheckHeaders())
                    {
                        WriteWarning(warning);
                    }
                }
                catch (InboundProvisioningException fault)
                {
                    hasAll = false;
                    WriteFault(fault);
                }
            }
        }

        return hasAll;
    }
}
