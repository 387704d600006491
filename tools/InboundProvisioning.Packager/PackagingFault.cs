using System;

namespace InboundProvisioning.Packager;

/// <summary>Why a package cannot be made, and what to do about it.</summary>
internal sealed class PackagingFault : Exception
{
    public PackagingFault(string message)
        : base(message)
    {
    }
}
