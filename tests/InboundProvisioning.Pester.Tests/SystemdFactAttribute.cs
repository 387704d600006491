using System;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Pester.Tests;

/// <summary>A fact that takes systemd-analyze.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SystemdFactAttribute : FactAttribute
{
    public SystemdFactAttribute()
    {
        if (OperatingSystem.IsWindows() || !(Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, "systemd-analyze"))))
        {
            Skip = "systemd-analyze was not found (systemd of Debian and Ubuntu).";
        }
    }
}
