using System.Management.Automation;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>The parameters that say how bulk requests are sent.</summary>
internal interface IUploadParameters
{
    int ThrottleLimit { get; }

    int CallLimit { get; }

    double CallLimitSeconds { get; }

    int MaximumRetryCount { get; }

    int TimeoutSec { get; }

    SwitchParameter RestartJob { get; }
}
