using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Reads the attribute mapping and the expressions of a cmdlet's parameters.</summary>
internal sealed class MappingReader : IDisposable
{
    private readonly PSCmdlet _cmdlet;
    private readonly List<ScriptContext> _scripts = [];

    public MappingReader(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
    }

    /// <inheritdoc/>
    public void Dispose() => _scripts.ForEach(static scripts => scripts.Dispose());

    /// <summary>Reads a mapping: a dictionary, or the path of a .psd1 file.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="findings">Takes entries that are no mapping; null: the first one is thrown.</param>
    public AttributeMapping Read(object mapping, ICollection<MappingFinding>? findings = null)
    {
        switch (PowerShellValue.Unwrap(mapping))
        {
            case IDictionary dictionary:
                return AttributeMappingReader.Read(dictionary, NewScripts(_cmdlet.SessionState.Module), findings);
            case FileInfo file:
                return ReadFile(file.FullName, findings);
            case string path:
                return ReadFile(FilePaths.ResolveLiteral(_cmdlet, path), findings);
            default:
                throw new InboundProvisioningException(
                    "InvalidAttributeMapping",
                    FaultKind.InvalidArgument,
                    "-AttributeMapping takes a hashtable, an ordered dictionary or the path of a .psd1 file.");
        }
    }

    /// <summary>Reads a script block of a parameter that computes something from the row.</summary>
    /// <exception cref="InboundProvisioningException"><c>ConstantExpression</c>: it gives the same for every row.</exception>
    public IRowExpression ReadExpression(ScriptBlock script, string parameter) =>
        ScriptBlockReader.Read(script, NewScripts(_cmdlet.SessionState.Module)) is ExpressionValue { Expression: var expression }
            ? expression
            : throw new InboundProvisioningException(
                "ConstantExpression",
                FaultKind.InvalidArgument,
                $"{parameter} {{{script}}} is the same for every row. It computes from the row, which it sees as $_.");

    private AttributeMapping ReadFile(string path, ICollection<MappingFinding>? findings)
    {
        if (!File.Exists(path))
        {
            throw new InboundProvisioningException("PathNotFound", FaultKind.NotFound, $"There is no mapping file {path}.", path);
        }

        // The script blocks of a file belong to no session state yet: they run in the caller's.
        return AttributeMappingReader.Read(MappingFileReader.Read(path), NewScripts(module: null), findings);
    }

    private ScriptContext NewScripts(PSModuleInfo? module)
    {
        var scripts = new ScriptContext(module);
        _scripts.Add(scripts);
        return scripts;
    }
}
