using System;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>What -WaitOutcome takes.</summary>
internal static class OutcomeWait
{
    /// <summary>Refuses what is no time that anybody means.</summary>
    /// <exception cref="InboundProvisioningException"><c>InvalidWait</c>.</exception>
    public static void Check(TimeSpan wait, bool isGiven)
    {
        if (isGiven && (wait < TimeSpan.FromSeconds(1) || wait > TimeSpan.FromDays(1)))
        {
            throw new InboundProvisioningException(
                "InvalidWait", FaultKind.InvalidArgument, "-WaitOutcome takes a time from a second to a day, such as 01:00:00 for an hour; a bare 60 is no minutes.", wait);
        }
    }
}
