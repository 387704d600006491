using System;
using System.Globalization;
using System.Text;
using InboundProvisioning.Csv;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Turns the parameters -Delimiter, -Encoding and -HeaderRow into what the reader of CSV files takes.</summary>
internal static class CsvParameters
{
    /// <summary>The last line in which a header is looked for: what is more is no title.</summary>
    public const int LastHeaderRow = 1000;

    /// <summary>The most records that -SkipLast leaves out.</summary>
    public const int MostSkipped = 1000;

    /// <param name="delimiter">-Delimiter, or null where it is not given.</param>
    /// <param name="encoding">-Encoding.</param>
    /// <param name="headerRow">-HeaderRow.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidDelimiter</c>, <c>UnknownEncoding</c>.</exception>
    public static CsvFileOptions Read(char? delimiter, object? encoding, int headerRow)
    {
        if (delimiter is '"' or '\r' or '\n' or '\0' or > '\x7F')
        {
            throw new InboundProvisioningException(
                "InvalidDelimiter", FaultKind.InvalidArgument, "-Delimiter takes one ASCII character other than a quote or a line break.", delimiter);
        }

        return new CsvFileOptions { Delimiter = delimiter, Encoding = ReadEncoding(encoding), HeaderRow = headerRow };
    }

    private static Encoding? ReadEncoding(object? given) => PowerShellValue.Unwrap(given) switch
    {
        null => null,
        Encoding encoding => encoding,
        { } name => TextEncodings.Parse(Convert.ToString(name, CultureInfo.InvariantCulture)!),
    };
}
