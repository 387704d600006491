using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>
/// Each reference of the assemblies for Windows PowerShell leads somewhere: in their folder, in .NET Framework 4.7.2 or in PowerShell
/// 5.1. What is not there would show only when the code that needs it runs.
/// </summary>
public sealed class StagedReferencesTests
{
    private static readonly Lazy<AssemblyFile[]> Session =
        new(() => [.. AssemblySet.In(Folders.Framework, Path.Combine(Folders.Framework, "Facades"), Folders.PowerShell)]);

    public static TheoryData<string> Assemblies => [.. Directory.GetFiles(Folders.Staged, "*.dll").Concat(Directory.GetFiles(Folders.Shared, "*.dll")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_reference_of_the_assembly_leads_somewhere(string assembly) => Assert.Empty(Findings(Staged(), assembly));

    [Fact]
    public void An_assembly_that_is_not_there_is_found()
    {
        AssemblyFile[] folder = [.. Staged().Where(file => file.Name != "System.Memory")];

        Assert.Contains(
            Findings(folder, "InboundProvisioning.Core.dll"),
            finding => finding.StartsWith("InboundProvisioning.Core: assembly System.Memory ", StringComparison.Ordinal)
                && finding.EndsWith("neither the folder nor the framework has it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_that_is_too_low_is_found()
    {
        AssemblyFile asking = Referring((metadata, _) => metadata.AddAssemblyReference(
            metadata.GetOrAddString("System.ValueTuple"), new Version(4, 9, 0, 0), default, default, default, default));

        string finding = Assert.Single(Check(Staged()).Findings(asking));

        Assert.StartsWith("Asking: assembly System.ValueTuple 4.9.0.0: the framework has 4.0.", finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoSuchMethod", false, "member [mscorlib]System.Environment.NoSuchMethod ")]
    [InlineData("Exit", false, "member [mscorlib]System.Environment.Exit ")]
    [InlineData("get_NewLine", true, null)]
    public void A_member_that_is_not_there_or_has_another_signature_is_found(string member, bool returnsText, string? expected)
    {
        AssemblyFile asking = Referring((metadata, mscorlib) =>
        {
            TypeReferenceHandle type = metadata.AddTypeReference(mscorlib, metadata.GetOrAddString("System"), metadata.GetOrAddString("Environment"));
            var signature = new BlobBuilder();
            new BlobEncoder(signature).MethodSignature().Parameters(
                0,
                returned =>
                {
                    if (returnsText)
                    {
                        returned.Type().String();
                    }
                    else
                    {
                        returned.Void();
                    }
                },
                _ => { });
            metadata.AddMemberReference(type, metadata.GetOrAddString(member), metadata.GetOrAddBlob(signature));
        });

        IReadOnlyList<string> findings = Check(Staged()).Findings(asking);

        Assert.Equal(expected is null ? 0 : 1, findings.Count);
        Assert.All(findings, finding => Assert.StartsWith("Asking: " + expected, finding, StringComparison.Ordinal));
    }

    private static AssemblyFile[] Staged() => [.. AssemblySet.In(Folders.Staged, Folders.Shared)];

    private static ReferenceCheck Check(AssemblyFile[] folder) => new(new AssemblySet(Session.Value, folder));

    private static IReadOnlyList<string> Findings(AssemblyFile[] folder, string assembly) =>
        Check(folder).Findings(folder.Single(file => file.Name + ".dll" == assembly));

    private static AssemblyFile Referring(Action<MetadataBuilder, AssemblyReferenceHandle> refer)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Asking.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Asking"), new Version(1, 0, 0, 0), default, default, default, default);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        refer(
            metadata,
            metadata.AddAssemblyReference(metadata.GetOrAddString("mscorlib"), new Version(4, 0, 0, 0), default, default, default, default));
        var bytes = new BlobBuilder();
        new MetadataRootBuilder(metadata).Serialize(bytes, 0, 0);
        return AssemblyFile.Of(bytes.ToImmutableArray());
    }
}
