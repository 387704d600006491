using System;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Framework.Tests.Mono;

/// <summary>A fact that takes Mono, the one .NET Framework there is beside Windows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MonoFactAttribute : FactAttribute
{
    public MonoFactAttribute()
    {
        if (!IsInstalled)
        {
            Skip = "Mono was not found (mono-complete of Debian and Ubuntu).";
        }
    }

    private static bool IsInstalled { get; } = !OperatingSystem.IsWindows() && (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, "mono")));
}
