using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that takes an attribute mapping and reads CSV files.</summary>
public abstract class MappingCmdlet : AsyncCmdlet
{
    private readonly List<ScriptContext> _scripts = [];

    /// <summary>What separates the fields of the CSV files; by default what their own line sep= says, else a comma.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>The encoding of files without a byte order mark: a name, a code page number or an Encoding; UTF-8 by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public object? Encoding { get; set; }

    /// <summary>The line of the CSV files with the names of the columns, from 1; what stands above, such as a title, is passed over.</summary>
    [Parameter]
    [ValidateRange(1, CsvParameters.LastHeaderRow)]
    public int HeaderRow { get; set; } = 1;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _scripts.ForEach(static scripts => scripts.Dispose());
        }

        base.Dispose(disposing);
    }

    private protected CsvFileOptions ReadCsvOptions() =>
        CsvParameters.Read(MyInvocation.BoundParameters.ContainsKey(nameof(Delimiter)) ? Delimiter : null, Encoding, HeaderRow);

    /// <summary>Reads a mapping: a dictionary, or the path of a .psd1 file.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="findings">Takes entries that are no mapping; null: the first one is thrown.</param>
    private protected AttributeMapping ReadMapping(object mapping, ICollection<MappingFinding>? findings = null)
    {
        switch (PowerShellValue.Unwrap(mapping))
        {
            case IDictionary dictionary:
                return AttributeMappingReader.Read(dictionary, NewScripts(SessionState.Module), findings);
            case FileInfo file:
                return ReadMappingFile(file.FullName, findings);
            case string path:
                return ReadMappingFile(FilePaths.ResolveLiteral(this, path), findings);
            default:
                throw new InboundProvisioningException(
                    "InvalidAttributeMapping",
                    FaultKind.InvalidArgument,
                    "-AttributeMapping takes a hashtable, an ordered dictionary or the path of a .psd1 file.");
        }
    }

    /// <summary>Reads a script block of a parameter that computes something from the row.</summary>
    /// <exception cref="InboundProvisioningException"><c>ConstantExpression</c>: it gives the same for every row.</exception>
    private protected IRowExpression ReadExpression(ScriptBlock script, string parameter) =>
        ScriptBlockReader.Read(script, NewScripts(SessionState.Module)) is ExpressionValue { Expression: var expression }
            ? expression
            : throw new InboundProvisioningException(
                "ConstantExpression",
                FaultKind.InvalidArgument,
                $"{parameter} {{{script}}} is the same for every row. It computes from the row, which it sees as $_.");

    private AttributeMapping ReadMappingFile(string path, ICollection<MappingFinding>? findings)
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
