using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Schema;

/// <summary>
/// Tells whether a column is named for what identifies something. Such values are texts even where all of them are digits: nobody
/// counts with them, and the next one may have a leading zero or a letter. To take a quantity for one of them does no harm.
/// </summary>
internal static class IdentifierName
{
    // Where words meet: a capital letter behind a small one, the last of several capitals before a small one, and all that is no letter.
    private static readonly Regex Words = new(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+", RegexOptions.CultureInvariant);

    private static readonly string[] Whole =
    [
        "no", "nr", "num", "tel", "pin", "key", "plz", "cap", "cp", "ssn", "iban", "badge", "account", "center", "centre", "postal",
    ];

    // Of compounds too: employeenumber, Personalnummer, workerid, Kostenstelle, Postleitzahl.
    private static readonly string[] Ends =
    [
        "id", "ids", "guid", "number", "numbers", "nummer", "numero", "nummern", "code", "codes", "codigo", "stelle", "leitzahl", "zip", "phone", "mobile", "fax", "pernr",
    ];

    public static bool Matches(string column)
    {
        string[] words = [.. Words.Matches(column).Cast<Match>().Select(static match => match.Value.ToLowerInvariant())];
        return words.Any(static word => Whole.Contains(word) || Array.Exists(Ends, end => word.EndsWith(end, StringComparison.Ordinal)));
    }
}
