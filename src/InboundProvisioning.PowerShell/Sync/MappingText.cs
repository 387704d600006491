using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Conversion;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Sync;

/// <summary>A mapping and what else decides on what becomes of a row, as text: another text is another mapping.</summary>
internal static class MappingText
{
    public static string Of(IConversionParameters given, PSCmdlet cmdlet)
    {
        var text = new StringBuilder();
        Append(text, Content(given.AttributeMapping, cmdlet));
        Append(text, given.ScimSchemaNamespace);
        Append(text, given.ScimName);
        Append(text, given.ProvisioningSchema);
        Append(text, given.EmptyValue.ToString());
        Append(text, given.RepeatedRecord.ToString());
        Append(text, given.Prefer);
        Append(text, given.Trim.IsPresent);
        return text.ToString();
    }

    // A file by what is in it: moved, it is the same mapping.
    private static object? Content(object? mapping, PSCmdlet cmdlet) => PowerShellValue.Unwrap(mapping) switch
    {
        FileInfo file => File.ReadAllText(file.FullName),
        string path => File.ReadAllText(FilePaths.ResolveLiteral(cmdlet, path)),
        { } other => other,
        null => null,
    };

    private static void Append(StringBuilder text, object? value)
    {
        switch (PowerShellValue.Unwrap(value))
        {
            case IDictionary dictionary:
                // The order of a hashtable literal differs between processes.
                foreach (string key in dictionary.Keys.Cast<object>().Select(static key => Convert.ToString(key, CultureInfo.InvariantCulture)!).OrderBy(static key => key, StringComparer.Ordinal))
                {
                    text.Append(key).Append('=');
                    Append(text, dictionary.Keys.Cast<object>().Where(one => string.Equals(Convert.ToString(one, CultureInfo.InvariantCulture), key, StringComparison.Ordinal)).Select(one => dictionary[one]).First());
                }

                break;
            case string one:
                text.Append(one);
                break;
            case IEnumerable many:
                foreach (object? one in many)
                {
                    Append(text, one);
                }

                break;
            default:
                text.Append(Convert.ToString(PowerShellValue.Unwrap(value), CultureInfo.InvariantCulture));
                break;
        }

        text.Append('\n');
    }
}
