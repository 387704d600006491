using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace InboundProvisioning.FrameworkHost;

/// <summary>
/// Runs the checks, given the staged folder and <c>name=value</c> for what the emulator prints of itself, and prints a line for each:
/// <c>passed|name</c> or <c>failed|name|why</c>.
/// </summary>
internal static class Program
{
    private static string _folder = string.Empty;

    private static int Main(string[] arguments)
    {
        _folder = arguments[0];
        AppDomain.CurrentDomain.AssemblyResolve += ResolveOwn;

        // As InboundProvisioning.psm1 does.
        Assembly loader = Assembly.LoadFrom(Path.Combine(_folder, "InboundProvisioning.Loader.dll"));
        loader.GetType("InboundProvisioning.Loader.ModuleAssemblies", throwOnError: true).GetMethod("Initialize").Invoke(null, null);
        Run(arguments);
        return 0;
    }

    // The engine has the cmdlets to hand; this program asks for Core and for SQLite's client by itself. What Core asks for is the loader's affair.
    private static Assembly? ResolveOwn(object sender, ResolveEventArgs args)
    {
        string name = new AssemblyName(args.Name).Name + ".dll";
        string? path = new[] { Path.Combine(_folder, name), Path.Combine(_folder, "..", "shared", name) }.FirstOrDefault(File.Exists);
        return args.RequestingAssembly == typeof(Program).Assembly && path is not null ? Assembly.LoadFrom(Path.GetFullPath(path)) : null;
    }

    // Apart, so that no type of Core is needed before the loader is there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(string[] arguments)
    {
        Dictionary<string, string> values = arguments.Skip(1).Select(argument => argument.Split(['='], 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        using var service = new Service(values);
        object[] groups = [new ConversionChecks(values["root"]), new StateEngineChecks(), new SignInChecks(service), new ServiceChecks(service), new SyncChecks(service), new BlobStateChecks(service)];
        foreach (object group in groups)
        {
            foreach (MethodInfo check in group.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                Console.WriteLine(Result(group, check));
            }
        }
    }

    private static string Result(object group, MethodInfo check)
    {
        try
        {
            if (check.Invoke(group, null) is System.Threading.Tasks.Task task)
            {
                task.GetAwaiter().GetResult();
            }

            return "passed|" + check.Name;
        }
        catch (Exception fault)
        {
            return $"failed|{check.Name}|{(fault is TargetInvocationException { InnerException: { } inner } ? inner : fault).ToString().Replace("\n", " / ")}";
        }
    }
}
