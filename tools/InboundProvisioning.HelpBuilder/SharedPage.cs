using System.Collections.Generic;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Parameters that several cmdlets take, from a page of their own.</summary>
/// <param name="Name">The name, as <c>ConnectionParameters</c>: a syntax has <c>[&lt;ConnectionParameters&gt;]</c> in their place.</param>
/// <param name="Syntax">What stands for them in a syntax, written out.</param>
/// <param name="Parameters">The parameters, in order.</param>
internal sealed record SharedPage(string Name, string Syntax, IReadOnlyList<PageParameter> Parameters)
{
    /// <summary>The folder of the shared pages, beside the pages of the cmdlets.</summary>
    public const string Folder = "shared";

    /// <summary>What stands for the parameters in a syntax.</summary>
    public string Token => $"[<{Name}>]";
}
