using System;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>A request that a <see cref="FakeService"/> has got.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string? Token, string? ContentType, string? ClientRequestId, byte[]? Body);
