using System.Text;
using InboundProvisioning.Packager;

namespace InboundProvisioning.Release.Tests.Packaging;

public sealed class ModuleManifestTests
{
    private static readonly string Own = Repository.Text("module/InboundProvisioning.psd1");

    [Fact]
    public void The_version_is_that_of_the_manifest() => Assert.Matches(@"^\d+\.\d+\.\d+$", ModuleManifest.Parse(Own).Version);

    [Theory]
    [InlineData("preview1")]
    [InlineData("rc2")]
    public void A_label_makes_a_pre_release_of_it(string label)
    {
        string labelled = Encoding.UTF8.GetString(ModuleManifest.Labelled(Own, label));

        Assert.Equal($"{ModuleManifest.Parse(Own).Version}-{label}", ModuleManifest.Parse(labelled).Version);
        Assert.Equal(Own, labelled.Replace($"            Prerelease = '{label}'\n", string.Empty, System.StringComparison.Ordinal));
    }

    [Fact]
    public void A_label_takes_the_place_of_another()
    {
        string first = Encoding.UTF8.GetString(ModuleManifest.Labelled(Own, "preview1"));

        Assert.Equal(Encoding.UTF8.GetString(ModuleManifest.Labelled(Own, "rc1")), Encoding.UTF8.GetString(ModuleManifest.Labelled(first, "rc1")));
    }

    // https://learn.microsoft.com/powershell/gallery/concepts/module-prerelease-support
    [Theory]
    [InlineData("1")]
    [InlineData("beta.1")]
    [InlineData("-beta")]
    [InlineData("beta+1")]
    [InlineData("it's")]
    [InlineData("")]
    public void What_PowerShell_does_not_take_is_no_label(string label)
    {
        var fault = Assert.Throws<PackagingFault>(() => ModuleManifest.Labelled(Own, label));

        Assert.Contains($"'{label}'", fault.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Something_that_is_not_there_is_named()
    {
        var fault = Assert.Throws<PackagingFault>(() => ModuleManifest.Parse(Own.Replace("LicenseUri", "Other", System.StringComparison.Ordinal)));

        Assert.Contains("LicenseUri", fault.Message, System.StringComparison.Ordinal);
    }
}
