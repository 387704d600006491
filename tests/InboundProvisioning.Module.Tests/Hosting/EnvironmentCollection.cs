namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>Tests that change environment variables, which the whole process shares: one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class EnvironmentCollection
{
    public const string Name = "Environment";
}
