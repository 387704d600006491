using System;
using System.IO;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;
using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>
/// Which assembly sits in which load context. Each test is a script in a fresh PowerShell, where another module may have been
/// first with its own version of what we ship.
/// </summary>
public sealed class LoadContextTests : IDisposable
{
    private static readonly string Stub = Repository.BuiltFile(
        "tests/Stubs/Microsoft.Identity.Client", "netstandard2.0", "Microsoft.Identity.Client.dll");

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Importing_loads_the_loader_into_the_session_and_the_cmdlets_into_the_modules_own_context()
    {
        string[] lines = Run(
            """
            Import-Module $manifest
            foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                foreach ($assembly in $context.Assemblies) {
                    if (-not $assembly.IsDynamic -and $assembly.Location.StartsWith($moduleFolder)) {
                        "$($context.Name) $($assembly.GetName().Name)"
                    }
                }
            }
            """);

        // The cmdlets' signatures may name types of Core, so it may be there; the packages must not.
        Assert.Equal(
            ["Default InboundProvisioning.Loader", "InboundProvisioning InboundProvisioning.PowerShell"],
            lines.Where(line => line != "InboundProvisioning InboundProvisioning.Core").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_assembly_that_ships_comes_from_the_modules_folder_into_its_own_context()
    {
        string[] lines = Run(
            """
            Import-Module $manifest
            $module = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'InboundProvisioning'
            foreach ($file in [System.IO.Directory]::GetFiles("$moduleFolder/bin/net8.0", '*.dll') + [System.IO.Directory]::GetFiles("$moduleFolder/bin/shared", '*.dll')) {
                $name = [System.IO.Path]::GetFileNameWithoutExtension($file)
                $assembly = $module.LoadFromAssemblyName($name)
                $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly)
                "$name $($context.Name) $([System.IO.Path]::GetFullPath($file) -eq $assembly.Location)"
            }
            """);

        Assert.Contains("Microsoft.Identity.Client InboundProvisioning True", lines);
        Assert.Contains("Azure.Storage.Blobs InboundProvisioning True", lines);
        Assert.All(
            lines,
            line => Assert.EndsWith(
                line.StartsWith("InboundProvisioning.Loader ", StringComparison.Ordinal) ? "Default True" : "InboundProvisioning True",
                line,
                StringComparison.Ordinal));
    }

    [Fact]
    public void What_another_module_loaded_first_stays_its_own_and_ours_is_loaded_beside_it()
    {
        string[] lines = Run(
            $$"""
            $theirs = [System.Reflection.Assembly]::LoadFrom('{{Stub}}')
            Import-Module $manifest
            $module = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'InboundProvisioning'
            $ours = $module.LoadFromAssemblyName('Microsoft.Identity.Client')
            $null -ne $theirs.GetType('Microsoft.Identity.Client.StubMarker')
            $theirs.GetName().Version.ToString()
            [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($theirs).Name
            $ours.GetName().Version -gt $theirs.GetName().Version
            $null -ne $ours.GetType('Microsoft.Identity.Client.ConfidentialClientApplicationBuilder')
            [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($ours).Name
            """);

        Assert.Equal(["True", "4.60.0.0", "Default", "True", "True", "InboundProvisioning"], lines);
    }

    [Fact]
    public void What_another_module_loads_later_is_not_ours()
    {
        string[] lines = Run(
            $$"""
            Import-Module $manifest
            $module = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'InboundProvisioning'
            $ours = $module.LoadFromAssemblyName('Microsoft.Identity.Client')
            $theirs = [System.Reflection.Assembly]::LoadFrom('{{Stub}}')
            $null -ne $theirs.GetType('Microsoft.Identity.Client.StubMarker')
            [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($theirs).Name
            [Microsoft.Identity.Client.StubMarker].Assembly -eq $theirs
            """);

        Assert.Equal(["True", "Default", "True"], lines);
    }

    [Theory]
    [InlineData("Import-Module $manifest -Force")]
    [InlineData("Remove-Module InboundProvisioning; Import-Module $manifest")]
    public void After_a_second_import_the_cmdlets_are_still_there_and_work(string secondImport)
    {
        string[] lines = Run(
            $$"""
            Import-Module $manifest
            $before = Get-Command -Module InboundProvisioning -CommandType Cmdlet
            {{secondImport}}
            foreach ($name in (Get-Module InboundProvisioning).ExportedCmdlets.Keys) {
                $cmdlet = Get-Command $name
                $isSameType = $cmdlet.ImplementingType -eq ($before | Where-Object Name -EQ $name).ImplementingType
                try { & $name -NoSuchParameter } catch { $answer = $_.FullyQualifiedErrorId }
                "$name $($cmdlet.Source) $isSameType $answer"
            }
            'end'
            """);

        Assert.Equal(
            ModuleFiles.CmdletNames().Select(name =>
                $"{name} InboundProvisioning True NamedParameterNotFound,InboundProvisioning.PowerShell.Commands.{CommandType(name)}"),
            lines[..^1].Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Importing_leaves_no_function_alias_or_variable_behind()
    {
        string[] lines = Run(
            """
            function Get-All {
                foreach ($drive in 'Function', 'Alias', 'Variable') {
                    foreach ($item in $ExecutionContext.InvokeProvider.ChildItem.Get("${drive}:", $false)) { "${drive}:$($item.Name)" }
                }
            }
            $names = $name = $null
            $names = [string[]](Get-All)
            Import-Module $manifest
            foreach ($name in Get-All) { if ($names -notcontains $name) { $name } }
            'end'
            """);

        Assert.Equal(["end"], lines);
    }

    private static string CommandType(string cmdletName) => cmdletName.Replace("-", string.Empty, StringComparison.Ordinal) + "Command";

    private string[] Run(string script)
    {
        string path = _folder.Write(
            "script.ps1",
            $"""
            $ErrorActionPreference = 'Stop'
            $manifest = '{Repository.ModuleManifest}'
            $moduleFolder = '{Repository.ModuleFolder}'
            {script}
            """);
        ProcessResult result = PowerShellProcess.Run(path);
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        return result.Lines;
    }
}
