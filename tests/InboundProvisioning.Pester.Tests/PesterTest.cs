namespace InboundProvisioning.Pester.Tests;

/// <summary>What Pester tells of one test.</summary>
/// <param name="Name">Its path: the blocks it stands in and its own name.</param>
/// <param name="Result">"Passed", or how else it ended.</param>
/// <param name="Error">Why, where it did not pass.</param>
public sealed record PesterTest(string Name, string Result, string Error);
