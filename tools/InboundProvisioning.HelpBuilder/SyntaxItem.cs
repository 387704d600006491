using System.Collections.Generic;

namespace InboundProvisioning.HelpBuilder;

/// <summary>The syntax of one parameter set.</summary>
/// <param name="Text">As <c>Get-Command -Syntax</c> prints it.</param>
/// <param name="Parameters">Its parameters, in order, the common ones left out.</param>
internal sealed record SyntaxItem(string Text, IReadOnlyList<SyntaxParameter> Parameters);
