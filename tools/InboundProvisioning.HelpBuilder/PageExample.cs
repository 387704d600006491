using System.Collections.Generic;

namespace InboundProvisioning.HelpBuilder;

/// <summary>An example: its code and, after it, what it prints and what there is to say.</summary>
internal sealed record PageExample(string Title, string Code, IReadOnlyList<string> Remarks);
