using System.Collections.Generic;

namespace InboundProvisioning.HelpBuilder;

/// <summary>A type that a cmdlet takes or writes.</summary>
internal sealed record PageType(string Name, IReadOnlyList<string> Description);
