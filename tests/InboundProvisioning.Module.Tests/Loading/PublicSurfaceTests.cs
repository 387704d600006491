using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>
/// A type of a package in a cmdlet's parameter or output would be one that the session cannot name, or has in another version.
/// </summary>
public sealed class PublicSurfaceTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void No_parameter_has_a_type_of_a_package()
    {
        Assert.Empty(
            from cmdlet in Cmdlets()
            from parameter in cmdlet.Parameters.Values
            from type in Parts(parameter.ParameterType)
            where IsOfPackage(type)
            select $"{cmdlet.Name} -{parameter.Name}: {type}");
    }

    [Fact]
    public void No_output_is_or_holds_a_type_of_a_package()
    {
        Assert.Empty(
            from cmdlet in Cmdlets()
            from output in cmdlet.OutputType
            from type in WithProperties(output.Type)
            where IsOfPackage(type)
            select $"{cmdlet.Name} -> {output.Name}: {type}");
    }

    [Fact]
    public void Every_cmdlet_names_the_types_that_it_emits()
    {
        Assert.Empty(Cmdlets().Where(cmdlet => cmdlet.OutputType.Count == 0 && cmdlet.Verb is not ("Disconnect" or "Remove")).Select(cmdlet => cmdlet.Name));
    }

    private IReadOnlyList<CmdletInfo> Cmdlets()
    {
        IReadOnlyList<CmdletInfo> cmdlets =
            _session.Run("Get-Command -Module InboundProvisioning -CommandType Cmdlet").ThrowIfFailed().OutputOf<CmdletInfo>();
        Assert.NotEmpty(cmdlets);
        return cmdlets;
    }

    /// <summary>A type, its element type and its type arguments.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
    [
        type,
        .. type.GetElementType() is { } element ? Parts(element) : [],
        .. type.GetGenericArguments().SelectMany(Parts),
    ];

    private static IEnumerable<Type> WithProperties(Type type)
    {
        var seen = new HashSet<Type>();
        var waiting = new Queue<Type>(Parts(type));
        while (waiting.TryDequeue(out Type? next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            yield return next;
            if (next.Assembly.GetName().Name!.StartsWith("InboundProvisioning.", StringComparison.Ordinal))
            {
                foreach (Type part in next.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => Parts(property.PropertyType)))
                {
                    waiting.Enqueue(part);
                }
            }
        }
    }

    // By either edition's list: what is the framework's own in PowerShell 7 can be a package in Windows PowerShell.
    private static bool IsOfPackage(Type type) =>
        type.Assembly.GetName().Name is { } name
        && !name.StartsWith("InboundProvisioning.", StringComparison.Ordinal)
        && ModuleFiles.Editions.SelectMany(ModuleFiles.AssemblyNames).Contains(name, StringComparer.Ordinal);
}
