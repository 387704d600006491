using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Packager;

/// <summary>
/// The bill of materials of the module, in the form of https://cyclonedx.org/docs/1.7/json/. CycloneDX's tool tells of all packages that were
/// restored; what ships is fewer, and each of its files is named with its hash.
/// </summary>
internal static class BillOfMaterials
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    /// <param name="restored">What the tool says of all that was restored.</param>
    /// <param name="manifest">The module.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="origins">The package of each file that is not ours, by the file's name.</param>
    /// <param name="time">When it was built; null to leave that open.</param>
    /// <exception cref="PackagingFault">The tool does not know a package of which something ships.</exception>
    public static byte[] Write(
        byte[] restored,
        ModuleManifest manifest,
        ModuleFolder folder,
        IReadOnlyDictionary<string, RestoredPackage> origins,
        DateTimeOffset? time)
    {
        JsonObject bill = JsonNode.Parse(restored)!.AsObject();
        JsonObject metadata = bill["metadata"]!.AsObject();
        string root = metadata["component"]!["bom-ref"]!.GetValue<string>();
        string module = $"pkg:nuget/{ModuleManifest.ModuleName}@{manifest.Version}";
        HashSet<string> shipped = [.. origins.Values.Select(static package => package.Url)];

        // A time and a number of its own would make each bill another one.
        bill.Remove("serialNumber");
        metadata.Remove("timestamp");
        if (time is { } built)
        {
            metadata["timestamp"] = built.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        metadata["component"] = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = module,
            ["name"] = ModuleManifest.ModuleName,
            ["version"] = manifest.Version,
            ["description"] = manifest.Description,
            ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } }),
            ["copyright"] = manifest.Copyright,
            ["purl"] = module,
            ["components"] = Files(folder.Files.Where(file => !origins.ContainsKey(file.Name))),
        };

        Dictionary<string, JsonObject> known = bill["components"]!.AsArray()
            .Select(static component => component!.AsObject())
            .ToDictionary(static component => component["bom-ref"]!.GetValue<string>(), StringComparer.Ordinal);
        bill["components"] = new JsonArray([.. shipped.Order(StringComparer.Ordinal).Select(url =>
        {
            JsonObject component = known.TryGetValue(url, out JsonObject? found)
                ? found.DeepClone().AsObject()
                : throw new PackagingFault($"The bill of materials that CycloneDX has made does not have {url}, of which something ships: make it again after the build.");
            component["scope"] = "required";
            component["components"] = Files(folder.Files.Where(file => origins.TryGetValue(file.Name, out RestoredPackage? package) && package.Url == url));
            return component;
        })]);

        bill["dependencies"] = new JsonArray([.. bill["dependencies"]!.AsArray()
            .Select(static dependency => dependency!.AsObject())
            .Where(dependency => Reference(dependency) == root || shipped.Contains(Reference(dependency)))
            .OrderBy(dependency => Reference(dependency) == root ? string.Empty : Reference(dependency), StringComparer.Ordinal)
            .Select(dependency => new JsonObject
            {
                ["ref"] = Reference(dependency) == root ? module : Reference(dependency),
                ["dependsOn"] = new JsonArray([.. dependency["dependsOn"]!.AsArray()
                    .Select(static node => node!.GetValue<string>())
                    .Where(shipped.Contains)
                    .Order(StringComparer.Ordinal)
                    .Select(static url => JsonValue.Create(url))]),
            })]);
        return Encoding.UTF8.GetBytes(bill.ToJsonString(Written) + "\n");
    }

    private static string Reference(JsonObject dependency) => dependency["ref"]!.GetValue<string>();

    private static JsonArray Files(IEnumerable<ModuleFile> files) => new([.. files.Select(static file => new JsonObject
    {
        ["type"] = "file",
        ["bom-ref"] = $"file:{file.Name}",
        ["name"] = file.Name,
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = file.Sha256 }),
    })]);
}
