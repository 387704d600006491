using System;
using Xunit;

namespace InboundProvisioning.Azurite;

/// <summary>A fact that takes Azurite, Azure Storage's emulator.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute()
    {
        if (!AzuriteServer.IsInstalled)
        {
            Skip = AzuriteServer.Missing;
        }
    }
}
