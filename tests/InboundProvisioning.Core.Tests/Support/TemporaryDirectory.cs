using System;
using System.IO;
using System.Text;

namespace InboundProvisioning.Core.Tests.Support;

/// <summary>A directory for the files of one test, gone with it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <param name="parent">Where; null for the system's place.</param>
    public TemporaryDirectory(string? parent = null)
    {
        Path = System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), "InboundProvisioning-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>The path of a file in the directory, whether it exists or not.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text as UTF-8 without a byte order mark.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes as they are.</summary>
    public string Write(string name, params byte[] bytes)
    {
        string path = File(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
