using System.Linq;
using System.Reflection;

namespace InboundProvisioning.HelpBuilder.Tests;

/// <summary>The files that the tests read beside the assemblies.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == nameof(Repository)).Value!;
}
