using System;
using System.Linq;

namespace InboundProvisioning.Mapping;

/// <summary>Values and columns as messages show them, in the form that a mapping takes.</summary>
public static class ShownValue
{
    private const int MostCharacters = 80;

    /// <summary>A text in single quotes, as a script takes it; a long one is cut.</summary>
    public static string Quote(string text) => "'" + Cut(text).Replace("'", "''") + "'";

    /// <summary>A text of some length; line breaks and the rest of a long one are left out.</summary>
    public static string Cut(string text)
    {
        bool isLong = text.Length > MostCharacters;
        string shown = isLong ? text.Substring(0, MostCharacters - 1) : text;
        return new string([.. shown.Select(static letter => char.IsControl(letter) ? ' ' : letter)]) + (isLong ? "…" : string.Empty);
    }

    /// <summary>A column as a script block reads it: <c>$_.Status</c>, <c>$_.'First Name'</c>.</summary>
    public static string Column(string name)
    {
        bool isPlain = name.Length > 0 && !char.IsDigit(name[0]) && name.All(static letter => char.IsLetterOrDigit(letter) || letter == '_');
        return isPlain ? "$_." + name : "$_." + Quote(name);
    }
}
