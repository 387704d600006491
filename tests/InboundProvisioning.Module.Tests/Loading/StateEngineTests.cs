using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using InboundProvisioning.Module.Tests.Hosting;
using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>
/// SQLite in the module as it is staged, and in copies of it where the native library is missing or not what it should be. Each test
/// is a script in a fresh PowerShell, where another module may have been first with a SQLite of its own.
/// </summary>
public sealed class StateEngineTests : IDisposable
{
    private const string Ours = "3.53.4";

    private static readonly string Platform = RuntimeInformation.RuntimeIdentifier;

    private static readonly string OtherModule = Repository.BuiltFile("tests/Stubs/OtherSqlite", "net8.0", "InboundProvisioning.OtherSqlite.dll");

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void Importing_loads_nothing_of_SQLite()
    {
        string[] lines = Run(
            """
            Import-Module $manifest
            Get-Command -Module InboundProvisioning | Out-Null
            Show-Native
            [System.AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match 'sqlite'
            'end'
            """);

        Assert.Equal(["end"], lines);
    }

    [LinuxFact]
    public void A_database_is_written_read_and_found_sound_with_the_library_of_the_module()
    {
        string[] lines = Run(
            $$"""
            Import-Module $manifest
            Start-Engine
            $connection = Open-Database 'Data Source={{_folder.Combine("state.db")}};Pooling=False'
            Invoke-Statement $connection 'CREATE TABLE Person (Id TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO Person VALUES (1), (2)'
            $connection.Dispose()
            $connection = Open-Database 'Data Source={{_folder.Combine("state.db")}};Pooling=False'
            Invoke-Statement $connection 'SELECT count(*) FROM Person'
            Invoke-Statement $connection 'PRAGMA quick_check'
            Invoke-Statement $connection 'SELECT sqlite_version()'
            Show-Native
            """);

        Assert.Equal(["2", "ok", Ours, NativeFile(Repository.ModuleFolder)], lines);
    }

    [LinuxFact]
    public void The_SQLite_that_another_module_opened_first_stays_its_own_and_ours_is_beside_it()
    {
        string[] lines = Run(
            $$"""
            [System.Reflection.Assembly]::LoadFrom('{{OtherModule}}') | Out-Null
            $theirs = [InboundProvisioning.OtherSqlite.OtherModule]::SqliteVersion()
            Import-Module $manifest
            Start-Engine
            $connection = Open-Database 'Data Source=:memory:'
            Invoke-Statement $connection 'SELECT sqlite_version()'
            $theirs -ne '{{Ours}}'
            $theirs -eq [InboundProvisioning.OtherSqlite.OtherModule]::SqliteVersion()
            Show-Native
            """);

        Assert.Equal(
            new[] { Ours, "True", "True", NativeFile(Repository.ModuleFolder), Path.Combine(Path.GetDirectoryName(OtherModule)!, "libe_sqlite3.so") }.Order(StringComparer.Ordinal),
            lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Microsoft.Data.Sqlite looks for a bundle to start, and must not find that of another module.</summary>
    [LinuxFact]
    public void The_SQLite_that_another_module_has_loaded_is_not_started_by_ours()
    {
        string[] lines = Run(
            $$"""
            foreach ($file in [System.IO.Directory]::GetFiles('{{Path.GetDirectoryName(OtherModule)}}', '*.dll')) {
                [System.Reflection.Assembly]::LoadFrom($file) | Out-Null
            }
            Import-Module $manifest
            Start-Engine
            $connection = Open-Database 'Data Source=:memory:'
            Invoke-Statement $connection 'SELECT sqlite_version()'
            Show-Native
            [InboundProvisioning.OtherSqlite.OtherModule]::SqliteVersion() -ne '{{Ours}}'
            """);

        Assert.Equal([Ours, NativeFile(Repository.ModuleFolder), "True"], lines);
    }

    [LinuxFact]
    public void A_library_that_is_missing_is_named_with_the_process_and_works_once_it_is_back()
    {
        string module = CopyModule();
        string path = NativeFile(module);
        File.Move(path, path + ".away");

        string[] lines = Run(
            $$"""
            Import-Module $manifest
            Show-EngineFault
            [System.IO.File]::Move('{{path}}.away', '{{path}}')
            Show-EngineFault
            Invoke-Statement (Open-Database 'Data Source=:memory:') 'SELECT sqlite_version()'
            """,
            module);

        Assert.Equal(3, lines.Length);
        AssertNamed(lines[0], "NotFound", path, "it is not there");
        Assert.Equal(["none", Ours], lines[1..]);
    }

    [LinuxFact]
    public void A_library_for_another_system_is_named_with_the_process()
    {
        string module = CopyModule();
        File.Copy(Path.Combine(module, "native", "win-x64", "e_sqlite3.dll"), NativeFile(module), overwrite: true);

        string[] lines = Run("Import-Module $manifest; Show-EngineFault", module);

        AssertNamed(Assert.Single(lines), "InvalidData", NativeFile(module), "invalid ELF header");
    }

    [LinuxFact]
    public void A_library_for_another_architecture_is_named_with_the_process()
    {
        string module = CopyModule();
        string other = Platform.EndsWith("x64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64";
        File.Copy(Path.Combine(module, "native", other, "libe_sqlite3.so"), NativeFile(module), overwrite: true);

        string[] lines = Run("Import-Module $manifest; Show-EngineFault", module);

        AssertNamed(Assert.Single(lines), "InvalidData", NativeFile(module), "it is there, but may be damaged or made for another system");
    }

    [LinuxFact]
    public void A_library_that_is_not_SQLite_is_named_with_the_process()
    {
        string module = CopyModule();
        string other = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so");
        File.Copy(other, NativeFile(module), overwrite: true);

        string[] lines = Run("Import-Module $manifest; Show-EngineFault", module);

        AssertNamed(Assert.Single(lines), "InvalidData", NativeFile(module), "it is a library, but not SQLite");
    }

    private static void AssertNamed(string line, string kind, string path, string reason)
    {
        string platform = $"linux, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, {(Platform.Contains("musl", StringComparison.Ordinal) ? "musl" : "glibc")}";
        Assert.StartsWith($"StateEngineUnavailable {kind} The native library of SQLite, '{path}', cannot be loaded into this process ({platform}): ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    private static string NativeFile(string module) => Path.Combine(module, "native", Platform, "libe_sqlite3.so");

    private string CopyModule()
    {
        string copy = _folder.Combine("InboundProvisioning");
        foreach (string file in Directory.GetFiles(Repository.ModuleFolder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Repository.ModuleFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private string[] Run(string script, string? module = null)
    {
        string path = _folder.Write(
            "script.ps1",
            $$"""
            $ErrorActionPreference = 'Stop'
            $manifest = '{{Path.Combine(module ?? Repository.ModuleFolder, "InboundProvisioning.psd1")}}'

            function Get-OwnAssembly([string] $name) {
                $own = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'InboundProvisioning'
                $own.LoadFromAssemblyName($name)
            }

            function Start-Engine {
                $engine = (Get-OwnAssembly 'InboundProvisioning.Core').GetType('InboundProvisioning.State.StateEngine')
                $engine.GetMethod('Load', [System.Type]::EmptyTypes).Invoke($null, $null)
            }

            function Show-EngineFault {
                try {
                    Start-Engine
                    'none'
                } catch {
                    $fault = $_.Exception
                    while (-not $fault.ErrorId) { $fault = $fault.InnerException }
                    "$($fault.ErrorId) $($fault.Kind) $($fault.Message)"
                }
            }

            function Open-Database([string] $connectionString) {
                $type = (Get-OwnAssembly 'Microsoft.Data.Sqlite').GetType('Microsoft.Data.Sqlite.SqliteConnection')
                $connection = [System.Activator]::CreateInstance($type, $connectionString)
                $connection.Open()
                $connection
            }

            function Invoke-Statement($connection, [string] $statement) {
                $command = $connection.CreateCommand()
                $command.CommandText = $statement
                $command.ExecuteScalar()
            }

            function Show-Native {
                [System.IO.File]::ReadAllLines('/proc/self/maps') -match 'e_sqlite3\.so' -replace '^[^/]*' | Sort-Object -Unique
            }

            {{script}}
            """);
        ProcessResult result = PowerShellProcess.Run(path);
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        return result.Lines;
    }
}
