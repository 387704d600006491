using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>
/// The source of an attribute mapping, as an expression:
/// https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
/// <c>[attribute]</c>, <c>"constant"</c>, or a function over such. Of the functions, those below are computed.
/// </summary>
internal sealed class FlowExpression
{
    private FlowExpression(FlowSourceType type, string name, IReadOnlyList<FlowExpression?> arguments)
    {
        Type = type;
        Name = name;
        Arguments = arguments;
    }

    public FlowSourceType Type { get; }

    /// <summary>The attribute's name, the constant's text, or the function's name.</summary>
    public string Name { get; }

    /// <summary>A function's arguments; null for one that is left out.</summary>
    public IReadOnlyList<FlowExpression?> Arguments { get; }

    /// <summary>The names of all source attributes in it.</summary>
    public IEnumerable<string> Attributes => Type switch
    {
        FlowSourceType.Attribute => [Name],
        FlowSourceType.Function => Arguments.OfType<FlowExpression>().SelectMany(argument => argument.Attributes),
        _ => [],
    };

    public static FlowExpression Attribute(string name) => new(FlowSourceType.Attribute, name, []);

    public static FlowExpression Constant(string text) => new(FlowSourceType.Constant, text, []);

    /// <summary>The expression, or null when it cannot be read.</summary>
    public static FlowExpression? TryParse(string text)
    {
        int position = 0;
        FlowExpression? read = Read(text, ref position);
        return read is not null && Skip(text, position) == text.Length ? read : null;
    }

    /// <summary>The values; none for null. Null when the emulator does not know a function.</summary>
    /// <param name="read">Gives the values of a source attribute.</param>
    public IReadOnlyList<string>? Evaluate(Func<string, IReadOnlyList<string>> read)
    {
        switch (Type)
        {
            case FlowSourceType.Attribute:
                return read(Name);
            case FlowSourceType.Constant:
                return [Name];
        }

        var arguments = new List<IReadOnlyList<string>>(Arguments.Count);
        foreach (FlowExpression? argument in Arguments)
        {
            if (argument is null)
            {
                arguments.Add([]);
            }
            else if (argument.Evaluate(read) is { } values)
            {
                arguments.Add(values);
            }
            else
            {
                return null;
            }
        }

        return Call(arguments);
    }

    /// <summary>The same as Graph's attributeMappingSource: https://learn.microsoft.com/graph/api/resources/synchronization-attributemappingsource</summary>
    public JsonObject ToJson() => new()
    {
        ["expression"] = ToString(),
        ["name"] = Name,
        ["type"] = Type.ToString(),
        ["parameters"] = new JsonArray([.. Arguments.Select((argument, i) => (argument, i)).Where(one => one.argument is not null).Select(one => new JsonObject
        {
            ["key"] = ParameterName(one.i),
            ["value"] = one.argument!.ToJson(),
        })]),
    };

    public override string ToString() => Type switch
    {
        FlowSourceType.Attribute => $"[{Name}]",
        FlowSourceType.Constant => $"\"{Name}\"",
        _ => $"{Name}({string.Join(", ", Arguments)})",
    };

    private IReadOnlyList<string>? Call(List<IReadOnlyList<string>> arguments)
    {
        string First(int i) => i < arguments.Count && arguments[i] is [var first, ..] ? first : "";
        switch (Name)
        {
            case "Switch":
                for (int i = 2; i + 1 < arguments.Count; i += 2)
                {
                    if (First(i) == First(0))
                    {
                        return arguments[i + 1];
                    }
                }

                return arguments.Count > 1 ? arguments[1] : [];
            case "Split":
                return arguments is [[], ..] ? [] : First(0).Split(First(1), StringSplitOptions.None);
            case "Item":
                return int.TryParse(First(1), out int index) && index > 0 && index <= arguments[0].Count ? [arguments[0][index - 1]] : [];
            case "Join":
                string[] parts = [.. arguments.Skip(1).SelectMany(values => values)];
                return parts.Length == 0 ? [] : [string.Join(First(0), parts)];
            case "Coalesce":
                return arguments.Find(values => values is [{ Length: > 0 }, ..]) ?? [];
            case "ToLower":
                return [.. arguments[0].Select(value => value.ToLowerInvariant())];
            case "ToUpper":
                return [.. arguments[0].Select(value => value.ToUpperInvariant())];
            case "Replace":
                return First(1).Length == 0 ? null : [.. arguments[0].Select(value => value.Replace(First(1), First(4), StringComparison.Ordinal))];
            case "IgnoreFlowIfNullOrEmpty":
                return arguments[0];
            default:
                return null;
        }
    }

    private string ParameterName(int index) => (Name, index) switch
    {
        ("Join", 0) => "separator",
        ("Split", 1) => "delimiter",
        ("Item", 1) => "index",
        ("Replace", 1) => "Find",
        ("Replace", 4) => "Replacement",
        (_, 0) => "source",
        ("Switch", 1) => "defaultValue",
        ("Switch", _) => index % 2 == 0 ? $"key{(index / 2) - 1}" : $"value{(index / 2) - 1}",
        _ => $"source{index}",
    };

    private static int Skip(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static FlowExpression? Read(string text, ref int position)
    {
        position = Skip(text, position);
        if (position >= text.Length)
        {
            return null;
        }

        return text[position] switch
        {
            '[' => ReadAttribute(text, ref position),
            '"' => ReadConstant(text, ref position),
            _ => ReadFunction(text, ref position),
        };
    }

    /// <summary>Brackets nest: <c>[emails[type eq "work"].value]</c>.</summary>
    private static FlowExpression? ReadAttribute(string text, ref int position)
    {
        int depth = 0;
        for (int i = position; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
            {
                string name = text[(position + 1)..i];
                position = i + 1;
                return Attribute(name);
            }
        }

        return null;
    }

    private static FlowExpression? ReadConstant(string text, ref int position)
    {
        var constant = new StringBuilder();
        for (int i = position + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                constant.Append(text[++i]);
            }
            else if (text[i] == '"')
            {
                position = i + 1;
                return Constant(constant.ToString());
            }
            else
            {
                constant.Append(text[i]);
            }
        }

        return null;
    }

    private static FlowExpression? ReadFunction(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && char.IsLetterOrDigit(text[position]))
        {
            position++;
        }

        string name = text[start..position];
        position = Skip(text, position);
        if (name.Length == 0 || position >= text.Length || text[position] != '(')
        {
            // A bare number is a constant.
            return name.Length > 0 && name.All(char.IsAsciiDigit) ? Constant(name) : null;
        }

        var arguments = new List<FlowExpression?>();
        do
        {
            position = Skip(text, position + 1);
            if (position >= text.Length)
            {
                return null;
            }

            if (text[position] is ',' or ')')
            {
                arguments.Add(null);
            }
            else if (Read(text, ref position) is { } argument)
            {
                arguments.Add(argument);
            }
            else
            {
                return null;
            }

            position = Skip(text, position);
        }
        while (position < text.Length && text[position] == ',');

        return position < text.Length && text[position++] == ')' ? new(FlowSourceType.Function, name, arguments) : null;
    }
}
