using System;
using System.IO;
using System.Text;

namespace InboundProvisioning.Packager;

/// <summary>
/// Makes packages of a staged module, in two steps, between which its files can be signed: <c>stage</c> copies the module and adds what a
/// package has beyond it, <c>pack</c> writes the packages, the bill of materials and their sums.
/// </summary>
internal static class Program
{
    private const string Usage = """
        Usage: InboundProvisioning.Packager stage <staged module> <project.assets.json> <folder> [<pre-release label>]
               InboundProvisioning.Packager pack <folder> <project.assets.json> <bill of materials of the packages> <folder of the packages>
        """;

    public static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        try
        {
            switch (args)
            {
                case ["stage", string module, string assets, string folder]:
                    Packaging.Stage(module, RestoredPackages.Read(assets), folder, prerelease: null);
                    return 0;
                case ["stage", string module, string assets, string folder, string prerelease]:
                    Packaging.Stage(module, RestoredPackages.Read(assets), folder, prerelease);
                    return 0;
                case ["pack", string folder, string assets, string bill, string target]:
                    foreach (string made in Packaging.Pack(folder, RestoredPackages.Read(assets), File.ReadAllBytes(bill), target, BuildTime()))
                    {
                        Console.WriteLine(made);
                    }

                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (PackagingFault fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    // https://reproducible-builds.org/specs/source-date-epoch/
    private static DateTimeOffset? BuildTime() =>
        long.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
