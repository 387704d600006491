using System;
using System.Globalization;
using System.IO;
using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>A directory that takes the bulk requests of one run as files, BulkRequest-000001.json and so on.</summary>
public sealed class BulkRequestDirectory
{
    private const string Pattern = "BulkRequest-*.json";
    private const string TemporaryExtension = ".tmp";

    private readonly string _path;

    private BulkRequestDirectory(string path)
    {
        _path = path;
    }

    /// <summary>Makes a directory ready for a run: creates it, and sees to the files of an earlier run.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="replace">Whether the files of an earlier run are deleted; else they are a fault.</param>
    /// <exception cref="InboundProvisioningException">Files of an earlier run are there: sent together, they would be stale.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static BulkRequestDirectory Prepare(string path, bool replace)
    {
        Directory.CreateDirectory(path);
        Check(path, replace);
        foreach (string file in Directory.GetFiles(path, Pattern).Concat(Directory.GetFiles(path, Pattern + TemporaryExtension)))
        {
            File.Delete(file);
        }

        return new BulkRequestDirectory(path);
    }

    /// <summary>Finds out, without changing anything, whether <see cref="Prepare"/> would refuse.</summary>
    /// <exception cref="InboundProvisioningException">Files of an earlier run are there.</exception>
    public static void Check(string path, bool replace)
    {
        if (replace || !Directory.Exists(path))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(path, Pattern))
        {
            throw new InboundProvisioningException(
                "OutputDirectoryNotEmpty",
                FaultKind.AlreadyExists,
                $"{path} holds requests of an earlier run, such as {Path.GetFileName(file)}. Use -Force to replace them all, or another directory.",
                path);
        }
    }

    /// <summary>Writes a request under a temporary name and then gives it its own, so that no half-written file is ever sent.</summary>
    /// <returns>The path of the file.</returns>
    public string Write(BulkRequest request)
    {
        string name = string.Format(CultureInfo.InvariantCulture, "BulkRequest-{0:D6}.json", request.Number);
        string path = Path.Combine(_path, name);
        string temporary = path + TemporaryExtension;
        WriteAll(temporary, request.Bytes);
        WholeFile.Put(temporary, path);
        return path;
    }

#if NET8_0_OR_GREATER
    private static void WriteAll(string path, ArraySegment<byte> bytes)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, bytes, fileOffset: 0);
    }
#else
    private static void WriteAll(string path, ArraySegment<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        file.Write(bytes.Array!, bytes.Offset, bytes.Count);
    }
#endif
}
