using System;
using System.Management.Automation.Host;

namespace InboundProvisioning.ScriptHost;

/// <summary>One answer to a question, with the key that stands for it: "&amp;Yes" is "Yes" with the key Y.</summary>
internal sealed record Choice(string Key, string Label, string Help)
{
    public static Choice From(ChoiceDescription description)
    {
        string label = description.Label.Replace("&", string.Empty, StringComparison.Ordinal);
        int mark = description.Label.IndexOf('&', StringComparison.Ordinal);
        string key = mark >= 0 && mark + 1 < description.Label.Length
            ? description.Label[mark + 1].ToString().ToUpperInvariant()
            : label;
        return new Choice(key, label, description.HelpMessage);
    }

    public bool IsMeantBy(string answer) =>
        string.Equals(answer, Key, StringComparison.OrdinalIgnoreCase) || string.Equals(answer, Label, StringComparison.OrdinalIgnoreCase);
}
