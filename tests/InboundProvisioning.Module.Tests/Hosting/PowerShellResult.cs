using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>What a script has written, and how it ended.</summary>
/// <param name="Output">The objects that came out of the pipeline.</param>
/// <param name="Errors">The error stream.</param>
/// <param name="Warnings">The warnings' texts.</param>
/// <param name="Verbose">The verbose messages.</param>
/// <param name="Progress">The progress records.</param>
/// <param name="Failure">The error that ended the script, or null.</param>
/// <param name="Stopped">Whether the script was stopped.</param>
public sealed record PowerShellResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress,
    ErrorRecord? Failure,
    bool Stopped)
{
    /// <summary>The debug messages.</summary>
    public IReadOnlyList<string> Debug { get; init; } = [];

    /// <summary>What the information stream holds.</summary>
    public IReadOnlyList<object> Information { get; init; } = [];

    /// <summary>The output as strings.</summary>
    public IReadOnlyList<string> Text => [.. Output.Select(item => item?.ToString() ?? string.Empty)];

    /// <summary>The output as objects of one type.</summary>
    /// <exception cref="InvalidCastException">One of them is something else.</exception>
    public IReadOnlyList<T> OutputOf<T>() => [.. Output.Select(item => (T)item.BaseObject)];

    /// <summary>Fails when the script ended with an error or wrote one: for scripts that only set the scene.</summary>
    public PowerShellResult ThrowIfFailed()
    {
        if ((Failure ?? (Errors.Count > 0 ? Errors[0] : null)) is { } error)
        {
            throw new InvalidOperationException($"{error.FullyQualifiedErrorId}: {error.Exception.Message}", error.Exception);
        }

        return this;
    }
}
