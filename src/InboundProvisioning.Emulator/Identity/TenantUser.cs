using System;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>The one person who signs in: a Global Administrator, so that a delegated permission is never narrowed by a missing directory role.</summary>
internal sealed record TenantUser(Guid Id, string UserPrincipalName, string Name);
