using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Packager;

/// <summary>The sums of files as <c>sha256sum --check</c> reads them.</summary>
internal static class ChecksumFile
{
    /// <summary>Writes them.</summary>
    public static byte[] Write(IEnumerable<ModuleFile> files) =>
        Encoding.ASCII.GetBytes(string.Concat(files.Select(static file => $"{file.Sha256}  {file.Name}\n")));
}
