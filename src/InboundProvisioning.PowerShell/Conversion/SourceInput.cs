using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>What a cmdlet is given to convert: CSV files, by path or from the pipeline, or records from the pipeline; not both.</summary>
internal sealed class SourceInput
{
    private readonly PSCmdlet _cmdlet;
    private bool _hasRecords;

    public SourceInput(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
    }

    /// <summary>The files, in order.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Notes files.</summary>
    /// <param name="paths">Paths with wildcards.</param>
    /// <param name="literalPaths">Paths that are taken as they are.</param>
    /// <exception cref="InboundProvisioningException">A path matches no file.</exception>
    public void AddFiles(IEnumerable<string> paths, IEnumerable<string> literalPaths)
    {
        foreach (string path in paths)
        {
            Files.AddRange(FilePaths.Resolve(_cmdlet, path));
        }

        foreach (string path in literalPaths)
        {
            Files.Add(FilePaths.ResolveLiteral(_cmdlet, path));
        }
    }

    /// <summary>Takes an object of the pipeline.</summary>
    /// <param name="input">A file, which is noted, or records.</param>
    /// <param name="onRecord">Takes each record.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidInputObject</c>, <c>MixedInput</c>.</exception>
    public void Add(PSObject? input, Action<PSObject> onRecord)
    {
        switch (input?.BaseObject)
        {
            case null:
                return;
            case FileInfo file:
                Files.Add(file.FullName);
                break;
            case string:
                throw new InboundProvisioningException(
                    "InvalidInputObject",
                    FaultKind.InvalidArgument,
                    "The pipeline gives text, not records. Use -Path for CSV files, or pipe the output of Import-Csv.",
                    input);
            default:
                foreach (PSObject row in InputRows.Of(input))
                {
                    _hasRecords = true;
                    onRecord(row);
                }

                break;
        }

        if (Files.Count > 0 && _hasRecords)
        {
            throw new InboundProvisioningException(
                "MixedInput", FaultKind.InvalidArgument, "The pipeline gives files and records. Give them one after the other.");
        }
    }
}
