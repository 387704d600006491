using System.Reflection;
using System.Runtime.Versioning;
using InboundProvisioning.Conversion;

namespace InboundProvisioning.Core.Tests;

public sealed class TargetFrameworkTests
{
    [Fact]
    public void The_assembly_under_test_is_the_one_of_Windows_PowerShell() =>
        Assert.Equal(
            ".NETStandard,Version=v2.0",
            typeof(CsvConversion).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName);
}
