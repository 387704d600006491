using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Reports;

/// <summary>
/// All records of a report as CSV, for a spreadsheet. What a spreadsheet could take for a formula has an apostrophe before it
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
internal static class ReportCsv
{
    // As such and as the wide forms, which some spreadsheets take for the same.
    private const string Formula = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Its first line, by which it is told from other files.</summary>
    public const string Header = "Part,ExternalId,Action,ErrorCode,Attribute,Place,KnownSince,Sent,GoesAgain,Reason";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, ReportFacts facts)
    {
        writer.Write(Header + "\r\n");
        Write(writer, "Failed", facts.Failures);
        Write(writer, "Rejected", facts.Rejected);
        Write(writer, "HeldBack", facts.HeldBack);
        Write(writer, "Finding", facts.Findings);
    }

    private static void Write(TextWriter writer, string part, IReadOnlyList<ReportGroup> groups)
    {
        foreach (ReportGroup group in groups)
        {
            foreach (ReportRecord record in group.Records)
            {
                string?[] fields =
                [
                    part, record.ExternalId, record.Action, record.ErrorCode, record.Attribute, record.Place, Time(record.On), record.Attempts?.ToString(CultureInfo.InvariantCulture),
                    Time(record.NextAttemptOn), record.Reason ?? (record.ErrorCode is null ? group.Name : null),
                ];
                writer.Write(string.Join(",", fields.Select(Field)) + "\r\n");
            }
        }
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Field(string? value)
    {
        string text = value ?? string.Empty;
        if (text.Length > 0 && Formula.Contains(text[0]))
        {
            text = "'" + text;
        }

        return text.IndexOfAny([',', '"', '\r', '\n', ';', '\t']) < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";
    }
}
