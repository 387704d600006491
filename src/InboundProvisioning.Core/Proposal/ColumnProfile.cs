using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Proposal;

/// <summary>
/// What the values of a column look like. The first ten thousand are looked at closely; of the others only what
/// <see cref="Narrow"/> leaves is followed, so that a long file costs little.
/// </summary>
internal sealed class ColumnProfile
{
    private const int Closely = 10_000;
    private const int Few = 1_000;
    private const int MostWords = 40;
    private const int LongestWord = 80;
    private const int MostKept = 1_000_000;
    private const int LongestDate = 40;

    private readonly Dictionary<string, long> _words = new(StringComparer.OrdinalIgnoreCase);
    private bool _isNarrow;
    private bool _keepsWords = true;
    private bool _keepsDates = true;

    /// <param name="name">The name of the column.</param>
    public ColumnProfile(string name)
    {
        Name = name;
        IReadOnlyList<HeaderMeaning> readings = Vocabulary.Default.Read(name);
        Scores = NameRules.Match(readings);
        IsUnderstood = readings.Any(static reading => reading.Unknown == 0 && reading.Meanings.Count > 0);
        IsPlainName = readings.Any(static reading => reading.Unknown == 0 && reading.Meanings.Count == 1 && reading.Meanings.Contains("NAME"));
    }

    public string Name { get; }

    /// <summary>The attributes that it can be by its name, with how sure each is, of 100.</summary>
    public IReadOnlyDictionary<string, int> Scores { get; }

    /// <summary>Whether each word of the name is known.</summary>
    public bool IsUnderstood { get; }

    /// <summary>Whether the name says name and no more: which one depends on the other columns.</summary>
    public bool IsPlainName { get; }

    /// <summary>How many values are not empty.</summary>
    public long Filled { get; private set; }

    public long Empty { get; private set; }

    /// <summary>How many have white space around them.</summary>
    public long Padded { get; private set; }

    /// <summary>How many were looked at closely; the counts below are of these.</summary>
    public int Looked { get; private set; }

    public int Emails { get; private set; }

    /// <summary>The domain of the first e-mail address, and how many have it.</summary>
    public string Domain { get; private set; } = string.Empty;

    public int WithDomain { get; private set; }

    public int Phones { get; private set; }

    public int Digits { get; private set; }

    /// <summary>How many hold a digit.</summary>
    public int WithDigit { get; private set; }

    /// <summary>How many are several words.</summary>
    public int SeveralWords { get; private set; }

    /// <summary>How many hold a comma.</summary>
    public int WithComma { get; private set; }

    public int Countries { get; private set; }

    public int Languages { get; private set; }

    /// <summary>How many are a short form of address, such as Ms. or Dr.</summary>
    public int Salutations { get; private set; }

    public int ShortestLength { get; private set; } = int.MaxValue;

    public int LongestLength { get; private set; }

    /// <summary>The first value.</summary>
    public string Example { get; private set; } = string.Empty;

    public DateProfile Dates { get; } = new();

    /// <summary>The different values and how many of each, over the whole file; null where they are many or were not followed.</summary>
    public IReadOnlyDictionary<string, long>? Words => _keepsWords ? _words : null;

    /// <summary>The different values; null where they were not followed to the end.</summary>
    public ValueSet? Values { get; private set; } = new(MostKept);

    /// <summary>How many values occurred before; 0 says that all differ only where <see cref="Values"/> is kept.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether no two values are the same, as far as was looked.</summary>
    public bool IsUnique => Filled > 0 && Repeated == 0;

    /// <summary>Whether it can be the id of a person all the same: some people have a row for each of their jobs.</summary>
    public bool IsNearlyUnique => Filled > 0 && Repeated * 10 <= Filled;

    /// <summary>Whether each value is a date of one form, or stands for none.</summary>
    public bool IsDate => _keepsDates && Dates.IsDate && Dates.Dates > 0;

    /// <summary>Whether the values are a few words that say true or false.</summary>
    public bool IsBoolean => Words is { Count: > 0 } words && words.Keys.All(static word => StatusWords.ReadBoolean(word) is not null);

    /// <summary>Looks at a value.</summary>
    /// <param name="field">The value as UTF-8.</param>
    public void Add(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> value = SurroundingSpace.Trim(field);
        if (value.IsEmpty)
        {
            Empty++;
            return;
        }

        Filled++;
        Padded += value.Length == field.Length ? 0 : 1;
        if (Values is not null && !Values.Add(ValueSet.Fingerprint(value)) && !Values.IsFull)
        {
            Repeated++;
        }

        bool isClose = !_isNarrow && Looked < Closely;
        if (isClose || _keepsWords)
        {
            string text = Text(value);
            Count(text);
            if (isClose)
            {
                LookAt(text);
            }
            else if (_keepsDates)
            {
                Dates.Add(text.AsSpan());
            }
        }
        else if (_keepsDates)
        {
            AddDate(value);
        }
    }

    /// <summary>Leaves off what need not be followed to the end of the file.</summary>
    /// <param name="keepsValues">Whether it matters which values there are.</param>
    public void Narrow(bool keepsValues)
    {
        Values = keepsValues ? Values : null;
        _keepsDates = Dates.IsDate;
        _keepsWords &= Scores.ContainsKey("active") || Filled < Few;
        _isNarrow = Filled >= Few;
    }

    private void AddDate(ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestDate)
        {
            Dates.Add("no date".AsSpan());
            return;
        }

        Span<char> text = stackalloc char[value.Length];
        for (int i = 0; i < value.Length; i++)
        {
            text[i] = (char)value[i];
        }

        // A date that is not ASCII is of the one form that has its signs.
        Dates.Add(value.IndexOfAny((byte)0xE5, (byte)0xE6) < 0 ? text : Text(value).AsSpan());
    }

    private void Count(string text)
    {
        if (!_keepsWords)
        {
            return;
        }

        if (_words.TryGetValue(text, out long count))
        {
            _words[text] = count + 1;
        }
        else if (_words.Count == MostWords || text.Length > LongestWord)
        {
            _keepsWords = false;
            _words.Clear();
        }
        else
        {
            _words.Add(text, 1);
        }
    }

    private void LookAt(string text)
    {
        Looked++;
        if (Example.Length == 0)
        {
            Example = text;
        }

        ShortestLength = Math.Min(ShortestLength, text.Length);
        LongestLength = Math.Max(LongestLength, text.Length);
        Dates.Add(text.AsSpan());
        int digits = text.Count(static letter => letter is >= '0' and <= '9');
        bool hasBlank = text.Any(static letter => letter is ' ' or '\u3000');
        if (IsEmail(text))
        {
            string domain = text.Substring(text.IndexOf('@') + 1);
            Domain = Domain.Length == 0 ? domain : Domain;
            WithDomain += string.Equals(domain, Domain, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            Emails++;
        }

        Digits += digits == text.Length ? 1 : 0;
        WithDigit += digits > 0 ? 1 : 0;
        SeveralWords += hasBlank || text.Contains(',') ? 1 : 0;
        WithComma += text.Contains(',') ? 1 : 0;
        Phones += digits >= 5 && text.All(static letter => letter is (>= '0' and <= '9') or '+' or '-' or '(' or ')' or '/' or '.' or ' ' or 'x') ? 1 : 0;
        Countries += IsCountry(text) ? 1 : 0;
        Languages += IsLanguage(text) ? 1 : 0;
        Salutations += IsSalutation(text) ? 1 : 0;
    }

    /// <summary>Whether at least such a share of the values that were looked at has something.</summary>
    public bool Has(int count, double share) => Looked > 0 && count >= share * Looked;

    // UK, which people write, counts.
    private static bool IsCountry(string text) => text.Length == 2 && IsCapital(text[0]) && IsCapital(text[1]) && (text == "UK" || CountryCodes.IsAssigned(text[0], text[1]));

    private static bool IsCapital(char letter) => letter is >= 'A' and <= 'Z';

    private static bool IsEmail(string text)
    {
        int at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && text[text.Length - 1] != '.' && !text.Any(static letter => letter is ' ' or ',' or ';');
    }

    private static bool IsLanguage(string text) =>
        text.Length is 2 or 5 && char.IsLower(text[0]) && char.IsLower(text[1]) && (text.Length == 2 || (text[2] is '-' or '_' && char.IsUpper(text[3]) && char.IsUpper(text[4])));

    private static bool IsSalutation(string text) => HeaderWords.Fold(text).TrimEnd('.') is "mr" or "mrs" or "ms" or "miss" or "mx" or "dr" or "prof" or "prof. dr" or "herr" or "frau"
        or "m" or "mme" or "mlle" or "monsieur" or "madame" or "sr" or "sra" or "sig" or "sig.ra" or "dott" or "dott.ssa" or "pan" or "pani" or "dhr" or "mevr" or "de heer" or "mevrouw";

#if NET8_0_OR_GREATER
    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
#else
    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8.ToArray());
#endif
}
