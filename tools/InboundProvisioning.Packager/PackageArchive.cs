using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace InboundProvisioning.Packager;

/// <summary>A zip file that depends on its entries alone: in their order, without a time.</summary>
internal static class PackageArchive
{
    // The first time that a zip file can tell.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes one.</summary>
    public static byte[] Write(IEnumerable<ModuleFile> files)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ModuleFile file in files)
            {
                ZipArchiveEntry entry = archive.CreateEntry(file.Name, CompressionLevel.Optimal);
                entry.LastWriteTime = Time;
                using Stream stream = entry.Open();
                stream.Write(file.Content);
            }
        }

        return content.ToArray();
    }
}
