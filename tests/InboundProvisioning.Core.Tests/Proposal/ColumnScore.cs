namespace InboundProvisioning.Core.Tests.Proposal;

/// <summary>What was proposed for a column, beside what is right.</summary>
internal sealed record ColumnScore(string Column, string Answer, string Found, bool IsRight, bool IsWrongUnmarked);
