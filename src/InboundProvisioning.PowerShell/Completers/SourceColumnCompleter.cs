using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using InboundProvisioning.Csv;
using InboundProvisioning.Preview;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the columns of the CSV files of -Path, read as the other parameters say.</summary>
public sealed class SourceColumnCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given)
    {
        char? delimiter = given["Delimiter"] is { } text ? LanguagePrimitives.ConvertTo<char>(text) : null;
        int headerRow = given["HeaderRow"] is { } row ? LanguagePrimitives.ConvertTo<int>(row) : 1;
        Encoding? encoding = given["Encoding"] is { } name ? TextEncodings.Parse(LanguagePrimitives.ConvertTo<string>(name)) : null;
        var options = new CsvFileOptions { Delimiter = delimiter, HeaderRow = headerRow, Encoding = encoding };
        foreach (string path in GivenPaths.Of(given, "Path").Concat(GivenPaths.Of(given, "LiteralPath", isLiteral: true)))
        {
            using PreviewFile file = PreviewFile.Open(path, options);
            foreach (string column in file.Columns.Names)
            {
                yield return (column, string.Empty);
            }
        }
    }
}
