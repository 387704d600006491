namespace InboundProvisioning.Core.Tests.Support;

/// <summary>Tests that measure the memory of the process; no others run beside them.</summary>
[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory
{
}
