using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace InboundProvisioning.ScriptHost;

/// <summary>What the engine knows of its host.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUserInterface _userInterface;

    public ConsoleHost(ConsoleUserInterface userInterface)
    {
        _userInterface = userInterface;
    }

    /// <summary>The code that the script's <c>exit</c> gave, or null.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "InboundProvisioning.ScriptHost";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => _userInterface;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host runs scripts; it has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host runs scripts; it has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
