using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>
/// A theory that sends SIGINT and SIGTERM to a process: not on Windows, and not where SIGINT is ignored from the start, as in
/// a shell's background job (a child inherits that).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignalTheoryAttribute : TheoryAttribute
{
    private const ulong Interrupt = 1UL << 1;

    public SignalTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no signals to send.";
        }
        else if (IsInterruptIgnored())
        {
            Skip = "SIGINT is ignored here, as in a background job.";
        }
    }

    private static bool IsInterruptIgnored()
    {
        const string Ignored = "SigIgn:";
        const string Status = "/proc/self/status";
        return File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } mask
            && (ulong.Parse(mask.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}
