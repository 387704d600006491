using System;
using System.IO;
using System.Text;
using InboundProvisioning.State;

namespace InboundProvisioning.Reports;

/// <summary>
/// Puts a report where it is to lie, as a whole or not at all, and beside it the file of all records where the report does not hold them.
/// </summary>
public static class ReportFile
{
    private const int BeginningLength = 2048;

    /// <summary>The format that the ending of a path asks for.</summary>
    /// <exception cref="InboundProvisioningException"><c>UnknownReportFormat</c>.</exception>
    public static ReportFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => ReportFormat.Html,
        ".MD" or ".MARKDOWN" => ReportFormat.Markdown,
        ".JSON" => ReportFormat.Json,
        _ => throw new InboundProvisioningException(
            "UnknownReportFormat", FaultKind.InvalidArgument, $"{path} does not say what the report is to be: let it end in .html, .md or .json.", path),
    };

    /// <summary>A report as text.</summary>
    /// <param name="facts">The report.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="isCut">Whether it holds fewer records than there are.</param>
    public static string TextOf(ReportFacts facts, ReportFormat format, out bool isCut) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(facts, out isCut),
        ReportFormat.Markdown => MarkdownReport.Write(facts, out isCut),
        _ => JsonReport.Write(facts, out isCut),
    };

    /// <summary>Writes a report.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="facts">The report.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="replacesAny">Whether any file that is there gives way; else only an earlier report.</param>
    /// <exception cref="InboundProvisioningException"><c>NotAReportFile</c>: something else is there, and would be lost.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReportFacts facts, ReportFormat format, bool replacesAny)
    {
        if (Directory.Exists(path))
        {
            throw new InboundProvisioningException("NotAFile", FaultKind.InvalidArgument, $"{path} is a folder; give the path of a file.", path);
        }

        if (StateFile.LooksLikeOne(path))
        {
            throw new InboundProvisioningException(
                "NotAReportFile", FaultKind.InvalidArgument, $"{path} is a state, or another database: it would be lost, and -Force does not replace it. Take another path.", path);
        }

        if (!replacesAny && File.Exists(path) && Beginning(path) is { Length: > 0 } text && !text.Contains(HtmlReport.Generator))
        {
            throw new InboundProvisioningException(
                "NotAReportFile", FaultKind.InvalidArgument, $"{path} is there already and is no report: it would be lost. Take another path, or delete it.", path);
        }

        string written = TextOf(facts, format, out bool isCut);
        string recordsPath = RecordsPathOf(path);
        if (isCut)
        {
            Place(recordsPath, isPrivate: true, writer => ReportCsv.Write(writer, facts));
            written = TextOf(facts with { RecordsFile = Path.GetFileName(recordsPath) }, format, out _);
        }
        else if (File.Exists(recordsPath))
        {
            // That of an earlier report, which was about other people.
            File.Delete(recordsPath);
        }

        Place(path, facts.Detail != ReportDetail.Summary, writer => writer.Write(written));
    }

    // report.csv beside report.html; never in the place of a file of somebody else, such as the HR file or that of rejected rows, also where
    // that is empty today.
    private static string RecordsPathOf(string path)
    {
        string free = Path.ChangeExtension(path, ".csv");
        for (int number = 1; free == path || (File.Exists(free) && !Beginning(free).StartsWith(ReportCsv.Header, StringComparison.Ordinal)); number++)
        {
            free = Path.ChangeExtension(path, number == 1 ? ".records.csv" : FormattableString.Invariant($".records-{number}.csv"));
        }

        return free;
    }

    private static string Beginning(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var start = new char[BeginningLength];
        return new string(start, 0, reader.ReadBlock(start, 0, start.Length));
    }

    private static void Place(string path, bool isPrivate, Action<TextWriter> write)
    {
        string temporary = path + ".tmp";
        File.Delete(temporary);
        try
        {
            using (FileStream file = isPrivate ? StateFile.Open(temporary, FileMode.CreateNew, FileShare.None) : new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            using (var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)), 64 * 1024))
            {
                write(writer);
            }

            WholeFile.Put(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
