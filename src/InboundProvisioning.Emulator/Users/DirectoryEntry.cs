using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Users;

/// <summary>A user of the directory as its source knows it: an entry of what <c>GET /emulator/directory</c> answers.</summary>
/// <param name="ExternalId">The externalId of the user's last record.</param>
/// <param name="Active">Whether the account is enabled.</param>
/// <param name="Manager">The manager's externalId, or null.</param>
/// <param name="Attributes">The target attributes as texts, booleans as <c>True</c> and <c>False</c>. Names are compared without regard to case.</param>
public sealed record DirectoryEntry(string ExternalId, bool Active, string? Manager, IReadOnlyDictionary<string, string> Attributes);
