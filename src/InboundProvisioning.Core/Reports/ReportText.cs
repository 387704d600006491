using System;
using System.Globalization;

namespace InboundProvisioning.Reports;

/// <summary>Numbers and times as a report writes them.</summary>
internal static class ReportText
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(long? number) => number is long known ? Number(known) : string.Empty;

    /// <summary>So many of something, in singular or plural.</summary>
    public static string Count(long number, string one, string many) => Number(number) + " " + (number == 1 ? one : many);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Under a header that says UTC.</summary>
    public static string ShortTime(DateTimeOffset? time) => time is DateTimeOffset known ? known.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) : string.Empty;

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : time.TotalHours < 1
            ? string.Format(CultureInfo.InvariantCulture, "{0} min {1} s", (int)time.TotalMinutes, time.Seconds)
            : string.Format(CultureInfo.InvariantCulture, "{0} h {1} min", (int)time.TotalHours, time.Minutes);

    /// <summary>The last part of an attribute's path, for where there is little room.</summary>
    public static string ShortName(string attribute, int longest)
    {
        string name = attribute.Substring(attribute.LastIndexOf(':') + 1);
        return VisibleText.Of(name, longest);
    }
}
