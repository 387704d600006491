using System.Runtime.CompilerServices;
using System.Text;

namespace InboundProvisioning.Core.Tests;

/// <summary>The code pages that .NET Framework has of its own.</summary>
internal static class CodePages
{
    [ModuleInitializer]
    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
