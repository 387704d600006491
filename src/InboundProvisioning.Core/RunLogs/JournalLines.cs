using System;
using System.IO;

namespace InboundProvisioning.RunLogs;

/// <summary>
/// Lines for the journal of systemd, each with its priority in front as sd-daemon(3) has it (<c>&lt;3&gt;</c> error, <c>&lt;4&gt;</c>
/// warning, <c>&lt;6&gt;</c> information).
/// </summary>
internal sealed class JournalLines : IRunLogTarget
{
    private readonly TextWriter _output;

    /// <param name="output">What leads to the journal.</param>
    public JournalLines(TextWriter output)
    {
        _output = output;
    }

    public string Name => "the journal";

    /// <summary>
    /// Whether the error output of this process leads to the journal: JOURNAL_STREAM names device and inode of the socket
    /// (systemd.exec(5)), which children with another output inherit too.
    /// </summary>
    /// <param name="journalStream">The variable JOURNAL_STREAM.</param>
    /// <param name="errorOutput">What /proc/self/fd/2 leads to, such as <c>socket:[4711]</c>.</param>
    public static bool IsJournal(string? journalStream, string? errorOutput) =>
        journalStream?.Split(':') is [_, { Length: > 0 } inode] && errorOutput == $"socket:[{inode}]";

    /// <summary>The journal, where the error output of this process leads there; else null.</summary>
    public static JournalLines? OfThisProcess() =>
        IsJournal(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), ErrorOutput()) ? new JournalLines(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }) : null;

    public void Write(RunLogEntry entry)
    {
        int priority = entry.Level switch
        {
            RunLogLevel.Error => 3,
            RunLogLevel.Warning => 4,
            _ => 6,
        };
        _output.WriteLine(FormattableString.Invariant($"<{priority}>{RunLogJson.Words(entry)}"));
    }

    public void Dispose() => _output.Dispose();

    private static string? ErrorOutput()
    {
#if NET8_0_OR_GREATER
        try
        {
            return OperatingSystem.IsLinux() ? new FileInfo("/proc/self/fd/2").LinkTarget : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
#else
        return null;
#endif
    }
}
