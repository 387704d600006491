using System.Management.Automation;
using InboundProvisioning.Csv;
using InboundProvisioning.PowerShell.Completers;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that takes an attribute mapping and reads CSV files.</summary>
public abstract class MappingCmdlet : AsyncCmdlet
{
    private MappingReader? _mappings;

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
            _mappings?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected MappingReader Mappings => _mappings ??= new MappingReader(this);

    private protected CsvFileOptions ReadCsvOptions() =>
        CsvParameters.Read(MyInvocation.BoundParameters.ContainsKey(nameof(Delimiter)) ? Delimiter : null, Encoding, HeaderRow);
}
