using System;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Core.Tests.Schema;

/// <summary>
/// A schema made up from a seed, with what nobody has heard of: odd numbers, escapes, repeated and escaped names, deep nesting,
/// random white space. It knows, from how it was made and not from reading it, what it becomes when one attribute is added.
/// </summary>
internal sealed class GeneratedSchema
{
    private const string SourceDirectory = "The API";

    private static readonly string[] Literals =
    [
        "1.0", "1", "-0", "1E400", "0.10e+02", "123456789012345678901234567890", "null", "true", "false", "\"\"", "\"\\u00e9\"", "\"é\"",
        "\"\\/\"", "\"/\"", "\"\\ud83d\\ude00\"", "\"😀\"", "\"\\ud800\"", "\"a\\nb\\\"c\"", "[]", "{ }", "{}", "[ ]",
    ];

    private readonly Random _random;
    private readonly StringBuilder _before = new();
    private readonly StringBuilder _after = new();
    private readonly string _attribute;
    private readonly bool _indented;

    public GeneratedSchema(int seed, int size, string attribute)
    {
        _random = new Random(seed);
        _attribute = attribute;
        _indented = _random.Next(2) == 0;
        WriteRoot(size);
    }

    public string Before => _before.ToString();

    public string After => _after.ToString();

    private void WriteRoot(int size)
    {
        Action[] members = Shuffle(
            () => Both(Pair("directories", Directories(size))),
            () => Both(Pair("synchronizationRules", Rules(size))),
            () => Both(Pair("id", "\"x\"")),
            () => Both(Pair("directories@odata.context", "\"kept\"")),
            () => Both(Unknown()),
            () => Both(Unknown()));
        int context = _random.Next(members.Length + 1);
        string space = Space();
        Both("{" + space);
        for (int i = 0; i < members.Length; i++)
        {
            if (i == context)
            {
                _before.Append(Context() + "," + Space());
            }

            members[i]();
            if (i < members.Length - 1)
            {
                Both("," + Space());
            }
        }

        if (context == members.Length)
        {
            _before.Append(Space() + "," + Space() + Context());
        }

        Both(Space() + "}");
    }

    private (string Before, string After) Directories(int size)
    {
        (string, string)[] directories = Shuffle(
            Same(Object(Pair("name", "\"Azure Active Directory\""), Pair("objects", $"[{Definition(Attributes(size))}]"))),
            Same(Object(Pair("name", "\"Decoy\""), Pair("objects", $"[{Definition(Attributes(size))}]"), Unknown())),
            Source(size));
        string space = Space();
        return (
            "[" + space + string.Join(",", directories.Select(static item => item.Item1)) + "]",
            "[" + space + string.Join(",", directories.Select(static item => item.Item2)) + "]");
    }

    private (string Before, string After) Source(int size)
    {
        string indent = Space();
        string[] attributes = Shuffle([.. Attributes(size), Object(Pair("name", "\"externalId\""), Unknown())]);
        string end = Space();
        string tail = "," + Unknown() + "," + Pair("objects@odata.context", "\"deep\"");
        string name = _random.Next(2) == 0 ? "\"attributes\"" : "\"\\u0061ttributes\"";
        string head = "{" + Pair("name", "\"" + SourceDirectory + "\"") + "," + Unknown() + ",\"objects\":[{\"name\":\"Group\"},{\"name\":\"User\",\"attributes\":[{\"name\":\"superseded\"}]," + name + ":[";
        string items = indent + string.Join(",", attributes);
        return (head + items + end + "]" + "}]" + tail + "}", head + items + "," + indent + _attribute + end + "]" + "}]" + tail + "}");
    }

    private string Rules(int size) => "[" + string.Join(",", Shuffle(
        Object(Pair("name", "\"In\""), Pair("sourceDirectoryName", "\"" + SourceDirectory + "\""), Pair("targetDirectoryName", "\"Azure Active Directory\""), Pair("objectMappings", "[" + Object(Pair("sourceObjectName", "\"User\""), Pair("targetObjectName", "\"User\""), Unknown()) + "]")),
        Object(Pair("name", "\"Out\""), Pair("sourceDirectoryName", "\"Decoy\""), Pair("targetDirectoryName", "\"" + SourceDirectory + "\""), Pair("objectMappings", "[" + Object(Pair("sourceObjectName", "\"User\""), Pair("targetObjectName", "\"User\""), Unknown()) + "]")),
        Nested(10 + (size / 10)))) + "]";

    private string[] Attributes(int size) =>
        [.. Enumerable.Range(0, 1 + _random.Next(size)).Select(i => Object(Pair("name", $"\"attribute{i}\""), Unknown(), Unknown(), Pair("metadata", Nested(_random.Next(6)))))];

    private string Definition(string[] attributes) => Object(Pair("name", "\"User\""), Pair("attributes", "[" + string.Join(",", attributes) + "]"));

    private string Unknown() => Pair(
        _random.Next(4) switch { 0 => "unheardOf", 1 => "\\u0078y", 2 => "ünïcode", _ => "x" + _random.Next(3) }, _random.Next(3) == 0 ? Nested(3) : Literals[_random.Next(Literals.Length)]);

    private string Nested(int depth)
    {
        var text = new StringBuilder();
        for (int i = 0; i < depth; i++)
        {
            text.Append(i % 2 == 0 ? "{\"deep\":" : "[").Append(Space());
        }

        text.Append(Literals[_random.Next(Literals.Length)]);
        for (int i = depth - 1; i >= 0; i--)
        {
            text.Append(i % 2 == 0 ? ",\"deep\":1}" : "]");
        }

        return depth % 2 == 0 && depth > 0 ? "{\"name\":\"n\",\"in\":" + text + "}" : "{\"in\":" + text + "}";
    }

    private string Context() => "\"@odata.context\"" + Space() + ":" + Space() + "\"https://graph.microsoft.com/v1.0/$metadata#x\"";

    private string Object(params string[] pairs) => "{" + Space() + string.Join("," + Space(), pairs) + Space() + "}";

    private string Pair(string name, string value) => "\"" + name + "\":" + Space() + value;

    private (string, string) Pair(string name, (string Before, string After) value)
    {
        string start = "\"" + name + "\":" + Space();
        return (start + value.Before, start + value.After);
    }

    private string Space() => !_indented ? string.Empty : _random.Next(3) switch { 0 => "\r\n\t", 1 => "\n    ", _ => " " };

    private static (string, string) Same(string text) => (text, text);

    private void Both(string text) => Both(Same(text));

    private void Both((string Before, string After) text)
    {
        _before.Append(text.Before);
        _after.Append(text.After);
    }

    private T[] Shuffle<T>(params T[] items)
    {
        _random.Shuffle(items);
        return items;
    }
}
