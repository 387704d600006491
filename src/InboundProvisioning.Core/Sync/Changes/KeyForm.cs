using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Sync.Changes;

/// <summary>Tells a key that has changed its form (white space, case, leading zeros) from people who left and people who came.</summary>
internal static class KeyForm
{
    private const int MostExamples = 3;

    /// <summary>How many new people are missing ones under another form of their id, with examples.</summary>
    public static (int Count, IReadOnlyList<string> Examples) Compare(IEnumerable<string> missing, IEnumerable<string> added)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string id in missing)
        {
            forms[Of(id)] = id;
        }

        int count = 0;
        var examples = new List<string>();
        foreach (string id in added)
        {
            if (forms.TryGetValue(Of(id), out string? before))
            {
                count++;
                if (examples.Count < MostExamples)
                {
                    examples.Add($"'{before}' became '{id}'");
                }
            }
        }

        return (count, examples);
    }

    /// <summary>An id without what may differ between two forms of it: white space, case, leading zeros.</summary>
    // char.IsWhiteSpace knows the no-break space; the zero-width ones are format characters.
    public static string Of(string id)
    {
        string form = new string([.. id.Where(static one => !char.IsWhiteSpace(one) && !char.IsControl(one) && one is not '\u200B' and not '\uFEFF')]).ToUpperInvariant().TrimStart('0');
        return form.Length == 0 ? "0" : form;
    }
}
