using System.Collections.Generic;

namespace InboundProvisioning.HelpBuilder;

/// <summary>What the page of a cmdlet says; text is plain, one string a paragraph.</summary>
/// <param name="Name">The cmdlet.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Syntax">One item a parameter set.</param>
/// <param name="Description">What it does.</param>
/// <param name="Examples">Examples, in order.</param>
/// <param name="Parameters">Parameters, in order.</param>
/// <param name="Inputs">What it takes from the pipeline.</param>
/// <param name="Outputs">What it writes.</param>
/// <param name="Notes">What else is to know.</param>
/// <param name="Links">Where to read on.</param>
internal sealed record CommandPage(
    string Name,
    string Synopsis,
    IReadOnlyList<SyntaxItem> Syntax,
    IReadOnlyList<string> Description,
    IReadOnlyList<PageExample> Examples,
    IReadOnlyList<PageParameter> Parameters,
    IReadOnlyList<PageType> Inputs,
    IReadOnlyList<PageType> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<PageLink> Links);
