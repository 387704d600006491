using System;
using System.IO;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>Runs the root module's choice of folder for versions that are not this one.</summary>
public sealed class VersionGuardTests : IDisposable
{
    private readonly PowerShellSession _session = new(importModule: false);

    public VersionGuardTests()
    {
        _session.Run(
            """
            $script = [System.Management.Automation.Language.Parser]::ParseFile($path, [ref]$null, [ref]$null)
            $function = $script.Find({ $args[0].Name -eq 'Get-AssemblyFolder' }, $false)
            . ([scriptblock]::Create($function.Extent.Text))
            """,
            ("path", Path.Combine(Repository.ModuleFolder, "InboundProvisioning.psm1"))).ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("7.4.0")]
    [InlineData("7.4.13")]
    [InlineData("7.6.2")]
    [InlineData("7.10.0")]
    [InlineData("8.0.0-preview.1")]
    public void PowerShell_from_7_4_on_is_given_the_net8_assemblies(string version)
    {
        PowerShellResult result = _session.Run(
            "Get-AssemblyFolder -Edition Core -Version ([semver]$version) -FrameworkRelease 0", ("version", version));

        Assert.Equal(["net8.0"], result.ThrowIfFailed().Text);
    }

    [Theory]
    [InlineData("6.0.0")]
    [InlineData("6.2.7")]
    [InlineData("7.0.13")]
    [InlineData("7.3.12")]
    [InlineData("7.4.0-preview.2")]
    public void PowerShell_6_0_to_7_3_is_told_what_is_needed(string version)
    {
        PowerShellResult result = _session.Run(
            "Get-AssemblyFolder -Edition Core -Version ([semver]$version) -FrameworkRelease 0", ("version", version));

        Assert.Equal(
            $"InboundProvisioning needs Windows PowerShell 5.1 or PowerShell 7.4 or later; this is PowerShell {version}.",
            result.Failure?.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData(461808)]
    [InlineData(461814)]
    [InlineData(533320)]
    public void Windows_PowerShell_on_NET_Framework_4_7_2_or_later_is_given_the_net472_assemblies(int release)
    {
        PowerShellResult result = _session.Run(
            "Get-AssemblyFolder -Edition Desktop -Version ([version]'5.1.19041.1') -FrameworkRelease $release", ("release", release));

        Assert.Equal(["net472"], result.ThrowIfFailed().Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(378389)]
    [InlineData(461310)]
    public void Windows_PowerShell_on_an_older_NET_Framework_is_told_what_is_needed(int release)
    {
        PowerShellResult result = _session.Run(
            "Get-AssemblyFolder -Edition Desktop -Version ([version]'5.1.19041.1') -FrameworkRelease $release", ("release", release));

        Assert.Equal(
            "InboundProvisioning needs .NET Framework 4.7.2 or later in Windows PowerShell 5.1.",
            result.Failure?.Exception.Message);
        Assert.Empty(result.Output);
    }
}
