using System;
using System.IO;
using InboundProvisioning.Packager;

namespace InboundProvisioning.Release.Tests.Packaging;

public sealed class LicenseTextsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("package");
    private readonly LicenseTexts _texts = LicenseTexts.Read(Repository.Text("LICENSE"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void MIT_has_the_copyright_of_the_package_and_not_ours()
    {
        (string name, string text) = _texts.Of(Package("<license type=\"expression\">MIT</license><copyright>(c) Jo</copyright>"));

        Assert.Equal("MIT", name);
        Assert.StartsWith("MIT License\n\n(c) Jo\n\nPermission is hereby granted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("InboundProvisioning", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_licences_it_is_one_whose_text_is_there()
    {
        (string name, string text) = _texts.Of(Package("<license type=\"expression\">MS-PL OR Apache-2.0</license>"));

        Assert.Equal("Apache-2.0", name);
        Assert.Contains("Grant of Patent License", text, StringComparison.Ordinal);
        Assert.EndsWith("END OF TERMS AND CONDITIONS", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_packages_own_text_comes_first()
    {
        (string name, string text) = _texts.Of(Package("<license type=\"expression\">BSD-3-Clause</license>", license: "Theirs\r\nalone\r\n"));

        Assert.Equal("BSD-3-Clause", name);
        Assert.Equal("Theirs\nalone", text);
    }

    [Theory]
    [InlineData("<license type=\"expression\">GPL-3.0-only</license>")]
    [InlineData("<license type=\"expression\">MIT</license>")]
    [InlineData("")]
    public void A_licence_without_its_text_or_copyright_stops_the_package(string metadata)
    {
        var fault = Assert.Throws<PackagingFault>(() => _texts.Of(Package(metadata)));

        Assert.Contains("Some.Package 1.2.3", fault.Message, StringComparison.Ordinal);
    }

    private RestoredPackage Package(string metadata, string? license = null)
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "some.package.nuspec"),
            $"<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\"><metadata>{metadata}</metadata></package>");
        if (license is null)
        {
            return new RestoredPackage("Some.Package", "1.2.3", _folder.FullName, ["some.package.nuspec"]);
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "LICENSE"), license);
        return new RestoredPackage("Some.Package", "1.2.3", _folder.FullName, ["some.package.nuspec", "LICENSE"]);
    }
}
