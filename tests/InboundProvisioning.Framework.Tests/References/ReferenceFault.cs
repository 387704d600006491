using System;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>A reference that leads nowhere.</summary>
internal sealed class ReferenceFault(string message) : Exception(message);
