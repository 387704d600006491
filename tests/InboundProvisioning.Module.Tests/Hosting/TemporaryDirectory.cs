using System;
using System.IO;
using System.Text;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>A new, empty folder that goes with all it holds when it is disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("InboundProvisioning.").FullName;

    /// <summary>The full path of a file or folder in it, which need not exist.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, as UTF-8 without a byte order mark.</summary>
    /// <returns>Its full path.</returns>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file.</summary>
    /// <returns>Its full path.</returns>
    public string Write(string name, byte[] content)
    {
        string path = Combine(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
