namespace InboundProvisioning.ScriptHost;

/// <summary>Exit codes of the host itself; a script's own <c>exit</c> takes their place.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>An error that nothing caught ended the script.</summary>
    public const int Failed = 1;

    /// <summary>No script, or one that does not exist or does not parse.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C: 128 plus the signal's number, as shells report it.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;
}
