using System;
using System.Reflection;
using System.Runtime.Versioning;
using InboundProvisioning.Conversion;

namespace InboundProvisioning.Core.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public void The_runtime_is_that_of_PowerShell_7_4() => Assert.Equal(8, Environment.Version.Major);

    [Fact]
    public void The_assembly_under_test_is_the_one_of_PowerShell_7() => Assert.Equal(
        ".NETCoreApp,Version=v8.0",
        typeof(CsvConversion).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName);
}
