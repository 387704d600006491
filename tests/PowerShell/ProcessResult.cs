namespace InboundProvisioning.Tests.PowerShell;

/// <summary>What a process has written, and how it ended.</summary>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output, line by line, without the empty end.</summary>
    public string[] Lines => Output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
}
