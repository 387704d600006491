using System;
using System.Globalization;
using System.Text;
using InboundProvisioning.Csv;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Turns the parameters -Delimiter and -Encoding into what the reader of CSV files takes.</summary>
internal static class CsvParameters
{
    /// <exception cref="InboundProvisioningException"><c>InvalidDelimiter</c>, <c>UnknownEncoding</c>.</exception>
    public static CsvFileOptions Read(char delimiter, object? encoding, bool allowRaggedRow)
    {
        if (delimiter is '"' or '\r' or '\n' or '\0' or > '\x7F')
        {
            throw new InboundProvisioningException(
                "InvalidDelimiter", FaultKind.InvalidArgument, "-Delimiter takes one ASCII character other than a quote or a line break.", delimiter);
        }

        return new CsvFileOptions { Delimiter = delimiter, Encoding = ReadEncoding(encoding), AllowRaggedRow = allowRaggedRow };
    }

    private static Encoding? ReadEncoding(object? given) => PowerShellValue.Unwrap(given) switch
    {
        null => null,
        Encoding encoding => encoding,
        { } name => TextEncodings.Parse(Convert.ToString(name, CultureInfo.InvariantCulture)!),
    };
}
