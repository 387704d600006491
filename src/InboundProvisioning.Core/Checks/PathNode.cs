using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Checks;

/// <summary>A place in a SCIM user where something is looked for: an attribute, one of its sub-attributes, or the values of one type.</summary>
internal sealed class PathNode
{
    private readonly List<List<PathNode>?> _byLength = [];
    private readonly List<(string Type, PathNode Node)> _byType = [];
    private readonly List<ValueCheck> _checks = [];

    private PathNode(string name, string path)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Path = path;
    }

    /// <summary>The name of the attribute.</summary>
    public byte[] Name { get; }

    /// <summary>The whole path.</summary>
    public string Path { get; }

    /// <summary>What the check itself needs of it.</summary>
    public PathRole Role { get; set; }

    /// <summary>What is looked for in its value.</summary>
    public IReadOnlyList<ValueCheck> Checks => _checks;

    /// <summary>Whether some values count by their type.</summary>
    public bool HasTypes => _byType.Count > 0;

    /// <summary>The user.</summary>
    public static PathNode Root() => new(string.Empty, string.Empty);

    /// <summary>The node of a path such as <c>name.givenName</c>, <c>emails[type eq "work"].value</c> or one with a URN before it; null for one of another form.</summary>
    public PathNode? At(string path)
    {
        int end = path.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? path.LastIndexOf(':') : -1;
        if (end > 0)
        {
            string urn = path.Substring(0, end);
            PathNode extension = string.Equals(urn, Scim.ScimSchemas.UserUrn, StringComparison.OrdinalIgnoreCase) ? this : Child(urn, urn);
            return extension.Below(path.Substring(end + 1), ReferenceEquals(extension, this) ? string.Empty : urn + ":");
        }

        return Below(path, string.Empty);
    }

    /// <summary>Adds what is looked for in the value.</summary>
    public void Add(ValueCheck check) => _checks.Add(check);

    /// <summary>The node of a property, at which a reader is; null where nothing is looked for there. Case does not matter: RFC 7643, section 2.1.</summary>
    public PathNode? Find(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            name = Encoding.UTF8.GetBytes(reader.GetString()!);
        }

        if (name.Length >= _byLength.Count || _byLength[name.Length] is not { } same)
        {
            return null;
        }

        foreach (PathNode child in same)
        {
            if (AsciiText.EqualsIgnoreCase(name, child.Name))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The node for values of a type; this one where nothing is looked for in them alone.</summary>
    public PathNode OfType(ReadOnlySpan<byte> type)
    {
        foreach ((string text, PathNode node) in _byType)
        {
            if (AsciiText.EqualsIgnoreCase(type, text))
            {
                return node;
            }
        }

        return this;
    }

    private PathNode? Below(string path, string prefix)
    {
        int dot = IndexOutsideOfBrackets(path, '.');
        string first = dot < 0 ? path : path.Substring(0, dot);
        int bracket = first.IndexOf('[');
        PathNode node = Child(bracket < 0 ? first : first.Substring(0, bracket), prefix + (bracket < 0 ? first : first.Substring(0, bracket)));
        if (bracket >= 0)
        {
            if (TypeOf(first.Substring(bracket)) is not string type)
            {
                return null;
            }

            node = node.Typed(type);
        }

        return dot < 0 ? node : node.Below(path.Substring(dot + 1), node.Path + ".");
    }

    private PathNode Typed(string type)
    {
        foreach ((string text, PathNode known) in _byType)
        {
            if (string.Equals(text, type, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        var node = new PathNode(string.Empty, $"{Path}[type eq \"{type}\"]") { Role = Role };
        foreach (List<PathNode>? children in _byLength)
        {
            // What is looked for in each value is looked for in these too.
            children?.ForEach(child => node.Child(Encoding.UTF8.GetString(child.Name), node.Path + "." + Encoding.UTF8.GetString(child.Name)).Role = child.Role);
        }

        _byType.Add((type, node));
        return node;
    }

    private PathNode Child(string name, string path)
    {
        int length = Encoding.UTF8.GetByteCount(name);
        while (_byLength.Count <= length)
        {
            _byLength.Add(null);
        }

        List<PathNode> same = _byLength[length] ??= [];
        foreach (PathNode child in same)
        {
            if (AsciiText.EqualsIgnoreCase(child.Name, name))
            {
                return child;
            }
        }

        var node = new PathNode(name, path);
        same.Add(node);
        return node;
    }

    // [type eq "work"], the one filter that default mappings have.
    private static string? TypeOf(string filter)
    {
        string[] words = filter.Trim('[', ']').Split([' '], 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && string.Equals(words[0], "type", StringComparison.OrdinalIgnoreCase) && string.Equals(words[1], "eq", StringComparison.OrdinalIgnoreCase)
            ? words[2].Trim('"')
            : null;
    }

    private static int IndexOutsideOfBrackets(string text, char sought)
    {
        bool isInside = false;
        for (int i = 0; i < text.Length; i++)
        {
            isInside = text[i] switch
            {
                '[' => true,
                ']' => false,
                _ => isInside,
            };
            if (!isInside && text[i] == sought)
            {
                return i;
            }
        }

        return -1;
    }
}
