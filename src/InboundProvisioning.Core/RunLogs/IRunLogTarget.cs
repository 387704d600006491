using System;

namespace InboundProvisioning.RunLogs;

/// <summary>Where entries go.</summary>
internal interface IRunLogTarget : IDisposable
{
    /// <summary>What it is called in a warning.</summary>
    string Name { get; }

    /// <summary>Writes an entry.</summary>
    /// <exception cref="System.IO.IOException">It cannot be written; so can <see cref="UnauthorizedAccessException"/> and <see cref="System.ComponentModel.Win32Exception"/> say.</exception>
    void Write(RunLogEntry entry);
}
