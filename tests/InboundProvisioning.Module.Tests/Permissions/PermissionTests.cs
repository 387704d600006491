using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Module.Tests.Hosting;
using InboundProvisioning.Module.Tests.Secrets;

namespace InboundProvisioning.Module.Tests.Permissions;

/// <summary>One table says what each cmdlet needs, and what a refusal advises is in it.</summary>
public sealed partial class PermissionTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();
    private EmulatedService _emulator = null!;
    private EmulatedSession _service = null!;
    private Type _table = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatedService.StartAsync(new EmulatorOptions { Limits = LimitMode.Off, Roles = ServiceCalls.Roles });
        _service = _emulator.OpenSession().Connect();
        _service.Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($folder); Export-ProvisioningSchema -Path before.json; $schema = 'before.json'",
            ("folder", _folder.Path), ("payload", Payload.Of("a"))).ThrowIfFailed();
        _service.Run(ServiceCalls.Preparation).ThrowIfFailed();
        Assembly cmdlets = Commands()[0].ImplementingType.Assembly;
        _table = AssemblyLoadContext.GetLoadContext(cmdlets)!.LoadFromAssemblyName(new AssemblyName("InboundProvisioning.Core"))
            .GetType("InboundProvisioning.Permissions.GraphPermissions", throwOnError: true)!;
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        await _emulator.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Every_cmdlet_that_calls_the_service_is_in_the_table_and_nothing_else_is()
    {
        string[] cmdlets = [.. Commands().Where(IsOfService).Select(command => command.Name).Order(StringComparer.Ordinal)];
        string[] uses = [.. Needs().Select(need => need.Use).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(cmdlets, uses.Where(use => !use.StartsWith('-')));
        Assert.All(
            uses.Where(use => use.StartsWith('-')),
            parameter => Assert.Contains(Commands().Where(IsOfService), command => command.Parameters.ContainsKey(parameter[1..])));
        Assert.Equal(cmdlets, ServiceCalls.Cmdlets(_service.Session).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_permission_of_the_table_is_one_of_the_constants() =>
        Assert.Empty(Needs().SelectMany(need => need.Permissions).Except(Constants()));

    [Fact]
    public void Each_refusal_names_a_permission_of_the_table()
    {
        string[] common = ["Application.Read.All", "Synchronization.Read.All"];
        foreach (string call in ServiceCalls.Of(_service.Session).Where(static call =>
            !call.Contains(ServiceCalls.Plan, StringComparison.Ordinal) && !call.Contains(ServiceCalls.Check, StringComparison.Ordinal)))
        {
            _emulator.Host.ClearFaults();
            _emulator.Host.AddFaults(new Fault { Path = "/v1.0/", Status = 403, Count = 100 });
            PowerShellResult result = _service.Run(call);

            string cmdlet = CmdletName().Match(call).Value;
            ErrorRecord error = Assert.Single(result.Errors.Append(result.Failure).OfType<ErrorRecord>().Take(1));
            Assert.StartsWith("PermissionMissing,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            string named = Advice().Match(error.Exception.Message).Groups[1].Value;
            Assert.Contains(named, Needs().Where(need => need.Use == cmdlet).SelectMany(need => need.Permissions).Concat(common));
        }
    }

    [Fact]
    public void The_names_of_permissions_are_written_in_one_place()
    {
        IEnumerable<string> found =
            from folder in (string[])["InboundProvisioning.Core", "InboundProvisioning.PowerShell"]
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", SearchOption.AllDirectories)
            where Path.GetFileName(file) != "GraphPermissions.cs" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Constants().Any(name => line.Contains(name, StringComparison.Ordinal))
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        Assert.Empty(found);
    }

    private static bool IsOfService(CmdletInfo command)
    {
        for (Type? type = command.ImplementingType; type is not null; type = type.BaseType)
        {
            if (type.FullName == "InboundProvisioning.PowerShell.Abstractions.ServiceCmdlet")
            {
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<CmdletInfo> Commands() =>
        _service.Run("Get-Command -Module InboundProvisioning -CommandType Cmdlet").ThrowIfFailed().OutputOf<CmdletInfo>();

    private string[] Constants() =>
        [.. _table.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private IEnumerable<(string Use, string[] Permissions)> Needs()
    {
        foreach (object need in (IEnumerable)_table.GetProperty("Needs")!.GetValue(null)!)
        {
            yield return (Value<string>(need, "Use"), [Value<string>(need, "Permission"), .. Value<string[]>(need, "AlsoEnough")]);
        }
    }

    private static T Value<T>(object item, string property) => (T)item.GetType().GetProperty(property)!.GetValue(item)!;

    [GeneratedRegex(@"[A-Z][a-z]+-[A-Z]\w+")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"grant it (\S+?)[ ,]")]
    private static partial Regex Advice();
}
