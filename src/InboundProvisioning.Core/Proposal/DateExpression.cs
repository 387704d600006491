using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Writes script blocks that make ISO 8601 of a column's dates. They run in Windows PowerShell 5.1 too, whatever the culture is.</summary>
internal static class DateExpression
{
    /// <summary>What the column becomes, one script block for each form that fits; more than one is for somebody to choose.</summary>
    public static IReadOnlyList<(string Format, string Expression)> Of(ColumnProfile column)
    {
        string name = PowerShellLiteral.Column(column.Name);
        if (column.Dates.Times == DateForms.Offset)
        {
            // ISO 8601 to the last sign.
            return [("ISO 8601", $"{{ if ({IsDate(column)}) {{ {name} }} }}")];
        }

        // Times of which some say an offset have no one meaning.
        return (column.Dates.Times & DateForms.Offset) != 0
            ? []
            : [.. DateForms.FormatsOf(column.Dates.Forms).Select(format => (format, $"{{ if ({IsDate(column)}) {{ {Parse(column, format)}.ToString('s') + 'Z' }} }}"))];
    }

    /// <summary>Whether somebody is at work whose last day stands in the column, one script block for each form that fits.</summary>
    public static IReadOnlyList<(string Format, string Expression)> NotOver(ColumnProfile column) =>
        (column.Dates.Times & DateForms.Offset) != 0
            ? []
            : [.. DateForms.FormatsOf(column.Dates.Forms).Select(format => (format, $"{{ if ({IsDate(column)}) {{ {Parse(column, format)} -ge [datetime]::Today }} else {{ $true }} }}"))];

    // A text without a digit above 0 is empty, or stands for no date: 0000-00-00. The year 9999 does too, but not 23:59:59.9999.
    private static string IsDate(ColumnProfile column)
    {
        string name = PowerShellLiteral.Column(column.Name);
        List<string> epochs = [.. column.Dates.EpochTexts.Where(PowerShellLiteral.IsPlain).Select(PowerShellLiteral.Quote)];
        string notEpoch = epochs.Count == 0 ? string.Empty : $" -and {name} -notin {string.Join(", ", epochs)}";
        return $"{name} -match '[1-9]' -and {name} -notmatch '^[^:]*9999'{notEpoch}";
    }

    private static string Parse(ColumnProfile column, string format)
    {
        List<string> formats = [.. DateForms.TimesOf(column.Dates.Times).Select(time => PowerShellLiteral.Quote(format + time))];
        string name = PowerShellLiteral.Column(column.Name);
        return formats.Count == 1
            ? $"[datetime]::ParseExact({name}, {formats[0]}, [cultureinfo]::InvariantCulture)"
            : $"[datetime]::ParseExact({name}, [string[]] ({string.Join(", ", formats)}), [cultureinfo]::InvariantCulture, 'None')";
    }
}
