using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InboundProvisioning.Emulator.Faults;

/// <summary>The form in which faults are posted: a JSON array of objects.</summary>
internal static class FaultJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <exception cref="FormatException">The text is not a list of faults. The message says where and why.</exception>
    public static IReadOnlyList<Fault> Read(string text)
    {
        JsonElement list;
        try
        {
            list = JsonElement.Parse(text);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"The faults are not JSON: {problem.Message}", problem);
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("The faults must be an array of objects.");
        }

        var faults = new List<Fault>();
        foreach (JsonElement element in list.EnumerateArray())
        {
            try
            {
                faults.Add(element.Deserialize<Fault>(Options) ?? throw new JsonException("null is not a fault."));
            }
            catch (JsonException problem)
            {
                string why = problem.Path == "$.action" ? $"the action is one of {string.Join(", ", Array.ConvertAll(Enum.GetNames<FaultAction>(), JsonNamingPolicy.CamelCase.ConvertName))}." : problem.Message;
                throw new FormatException($"Fault {faults.Count + 1}: {why}", problem);
            }

            if (faults[^1].Problem() is { } senseless)
            {
                throw new FormatException($"Fault {faults.Count}: {senseless}");
            }
        }

        return faults;
    }
}
