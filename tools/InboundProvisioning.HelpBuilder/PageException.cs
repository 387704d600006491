using System;

namespace InboundProvisioning.HelpBuilder;

/// <summary>A page that is not in the form that help can be built from.</summary>
internal sealed class PageException : Exception
{
    /// <param name="path">The page.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What is wrong.</param>
    public PageException(string path, int line, string message)
        : base(message)
    {
        Path = path;
        Line = line;
    }

    public string Path { get; }

    public int Line { get; }
}
