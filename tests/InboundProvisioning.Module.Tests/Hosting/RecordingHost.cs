using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>A host that keeps what is written to it and answers prompts from a list.</summary>
public sealed class RecordingHost : PSHost
{
    /// <summary>The user interface, with what was written and asked.</summary>
    public RecordingUserInterface Recorded { get; } = new();

    /// <summary>The code that a script's <c>exit</c> gave, or null.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "InboundProvisioning.Module.Tests";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => Recorded;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
