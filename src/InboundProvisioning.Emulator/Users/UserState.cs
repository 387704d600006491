using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Users;

/// <summary>A user of the directory.</summary>
internal sealed record UserState(Guid Id, Guid? Manager, IReadOnlyDictionary<string, string> Attributes, string? SourceId);
