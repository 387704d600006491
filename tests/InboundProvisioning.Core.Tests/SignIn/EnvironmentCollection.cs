using Xunit;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>Tests that set environment variables, which are the whole process's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentCollection
{
    public const string Name = "Environment variables";
}
