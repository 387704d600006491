using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Weighs what the name of a column says against what its values look like.</summary>
internal sealed class CandidateWeighing
{
    // A name by itself proves little where there is no value.
    private const int WithoutValues = 74;
    private const int ByValuesAlone = 52;

    private readonly FileProfile _file;
    private readonly bool _hasGivenName;
    private readonly bool _hasFamilyName;
    private readonly bool _hasWholeAddress;
    private readonly bool _hasId;

    public CandidateWeighing(FileProfile file)
    {
        _file = file;
        _hasGivenName = HasColumn("name.givenName");
        _hasId = HasColumn("externalId");
        _hasFamilyName = HasColumn("name.familyName");
        _hasWholeAddress = HasColumn("addresses.work.streetAddress") || HasColumn("addresses.work.postalCode");
    }

    /// <summary>What a column can be, without an order.</summary>
    public IEnumerable<Candidate> Of(ColumnProfile column)
    {
        var scores = column.Scores.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        AddByContext(column, scores);
        bool any = false;
        foreach (KeyValuePair<string, int> pair in scores)
        {
            if (Weigh(column, pair.Key, pair.Value) is { } candidate)
            {
                any = true;
                yield return candidate;
            }
        }

        if (!any && !column.IsUnderstood)
        {
            foreach (Candidate candidate in ByValues(column))
            {
                yield return candidate;
            }
        }
    }

    /// <summary>The column whose values those of a column are, with how many; null where they are no column's.</summary>
    public (ColumnProfile Key, int Found, int Of)? RefersTo(ColumnProfile column)
    {
        (ColumnProfile Key, int Found, int Of)? best = null;
        foreach (ColumnProfile key in _file.Columns.Where(key => key != column && key.IsNearlyUnique && key.Values is not null && !key.Has(key.SeveralWords, 0.5)))
        {
            (int found, int of) = FileProfile.Refers(column, key);
            if (found > (best?.Found ?? 0))
            {
                best = (key, found, of);
            }
        }

        return best;
    }

    private bool HasColumn(string target) => _file.Columns.Any(column => column.Scores.TryGetValue(target, out int score) && score >= 55);

    // Which name a plain name is, and which title.
    private void AddByContext(ColumnProfile column, Dictionary<string, int> scores)
    {
        if (column.IsPlainName && _hasGivenName != _hasFamilyName && !column.Has(column.SeveralWords, 0.8))
        {
            scores.Remove("displayName");
            scores[_hasGivenName ? "name.familyName" : "name.givenName"] = 90;
        }

        // Name, first name: both in one.
        if (column.Has(column.WithComma, 0.8) && (scores.Remove("name.givenName") | scores.Remove("name.familyName")))
        {
            scores["displayName"] = 82;
        }

        if (scores.ContainsKey("title") && column.Has(column.Salutations, 0.8))
        {
            scores.Remove("title");
            scores["name.honorificPrefix"] = 88;
        }

        if (scores.TryGetValue("nickName", out int nick) && nick < 80 && column.Has(column.SeveralWords, 0.8))
        {
            scores.Remove("nickName");
            scores["displayName"] = 82;
        }
    }

    private Candidate? Weigh(ColumnProfile column, string target, int score)
    {
        if (target is "externalId" or "userName")
        {
            return WeighKey(column, target, score);
        }

        if (target == "active")
        {
            return WeighActive(column, score);
        }

        if (target == "enterprise.manager.value")
        {
            return WeighManager(column, score);
        }

        if (target.StartsWith("extension.", StringComparison.Ordinal))
        {
            return column.Filled == 0 ? new Candidate(column, target, Math.Min(score, WithoutValues), "by name; the column is empty")
                : column.IsDate ? new Candidate(column, target, score, $"by name; {Count(column.Dates.Dates)} values are dates")
                : null;
        }

        if (column.Filled == 0)
        {
            return new Candidate(column, target, Math.Min(score, WithoutValues), "by name; the column is empty");
        }

        if (column.IsDate || (column.Has(column.Emails, 0.5) != target.StartsWith("emails.", StringComparison.Ordinal)))
        {
            return null;
        }

        return WeighText(column, target, score);
    }

    private Candidate? WeighText(ColumnProfile column, string target, int score)
    {
        bool isNumber = column.Has(column.Digits, 0.8);
        bool hasDigits = column.Has(column.WithDigit, 0.8);
        string reason = "by name";
        switch (target)
        {
            case "emails.work.value" or "emails.home.value":
                return new Candidate(column, target, score, "by name; the values are e-mail addresses");
            case "phoneNumbers.work.value" or "phoneNumbers.mobile.value" or "phoneNumbers.home.value" or "phoneNumbers.fax.value":
                return column.Has(column.Phones, 0.5) ? new Candidate(column, target, score, "by name; the values look like phone numbers") : null;
            case "displayName":
                score -= column.Has(column.SeveralWords, 0.5) ? 0 : 25;
                score += column.IsPlainName && column.Has(column.SeveralWords, 0.5) ? 14 : 0;
                return hasDigits ? null : new Candidate(column, target, score, column.Has(column.SeveralWords, 0.5) ? "by name; the values are names of several words" : reason);
            case "nickName" or "name.givenName" or "name.familyName" or "name.middleName" or "name.honorificPrefix" or "name.honorificSuffix":
                return column.Has(column.WithDigit, 0.3) ? null : new Candidate(column, target, score, reason);
            case "userType":
                score = isNumber ? score - 6 : score;
                break;
            case "title" or "addresses.work.locality" or "addresses.home.locality":
                score = isNumber ? score - 45 : hasDigits && column.LongestLength < 12 ? score - 20 : score;
                break;
            case "enterprise.department" or "enterprise.division" or "enterprise.organization":
                score = isNumber || (hasDigits && column.Has(column.Looked - column.SeveralWords, 0.9)) ? score - 22 : score;
                reason = isNumber ? "by name; the values are numbers" : reason;
                break;
            case "addresses.work.country" or "addresses.home.country":
                reason = column.Has(column.Countries, 0.9) ? "by name; the values are country codes of two letters" : "by name; Entra ID takes a usageLocation of two letters";
                score = isNumber ? score - 45 : score;
                break;
            case "preferredLanguage":
                reason = column.Has(column.Languages, 0.9) ? "by name; the values are codes of languages" : reason;
                score = isNumber ? score - 45 : score;
                break;
            case "addresses.work.region" or "addresses.home.region":
                score = column.Words is { } words && words.Keys.Any(static word => StatusWords.Read(word) == StatusMeaning.Active) ? 0 : score;
                break;
            default:
                break;
        }

        if (target.StartsWith("addresses.work.", StringComparison.Ordinal) && score is > 60 and < 97)
        {
            score = _hasWholeAddress ? 60 : Math.Min(score, 78);
            reason += ", but not whether it is the address of the office or of the home";
        }

        return score < Lowest ? null : new Candidate(column, target, score, reason);
    }

    /// <summary>Below this nothing is proposed.</summary>
    public const int Lowest = 45;

    private Candidate? WeighKey(ColumnProfile column, string target, int score)
    {
        if (column.Filled == 0 || column.IsDate || column.IsBoolean || column.Has(column.SeveralWords, 0.5) || column.Repeated * 2 > column.Filled)
        {
            return null;
        }

        string reason = "by name";
        if (column.Repeated > 0)
        {
            score -= 15;
            reason += $", but {Count(column.Repeated)} of {Count(column.Filled)} values occur before";
        }
        else
        {
            string extent = column.Values is { IsFull: false } ? $"all {Count(column.Filled)} values differ" : "the values that were looked at differ";
            reason += $"; {extent}";
        }

        if (column.Empty > 0)
        {
            score -= 5;
            reason += $"; {Words(column.Empty, "row has", "rows have")} none";
        }

        if (target == "userName")
        {
            score += column.Has(column.Emails, 0.9) ? 4 : 0;
        }
        else
        {
            score -= column.Has(column.Emails, 0.5) ? 20 : 0;
            score += Referrer(column) is { } referrer ? 6 : 0;
        }

        return score < Lowest ? null : new Candidate(column, target, Math.Min(score, 100), reason);
    }

    private ColumnProfile? Referrer(ColumnProfile key) => _file.Columns.FirstOrDefault(column =>
        column != key && column.Scores.ContainsKey("enterprise.manager.value") && RefersTo(column) is { } refers && refers.Key == key && refers.Found * 2 > refers.Of);

    private static Candidate? WeighActive(ColumnProfile column, int score)
    {
        if (column.Filled == 0 || column.Words is not { Count: > 0 } words)
        {
            return null;
        }

        if (column.IsBoolean && !column.Scores.ContainsKey("addresses.work.region"))
        {
            return new Candidate(column, "active", score, "by name; the values say yes or no");
        }

        // Who left is told by yes and no, or it is no flag.
        if (words.Keys.All(static word => StatusWords.Read(word) == StatusMeaning.Unknown))
        {
            return score < 85 || words.Count > 12 || column.IsDate ? null : new Candidate(column, "active", 58, "by name, but not which of the values means active");
        }

        // Of two columns the plainer one.
        bool isPlain = words.Keys.All(static word => StatusWords.Read(word) is StatusMeaning.Active or StatusMeaning.Inactive);
        return words.Keys.Any(static word => StatusWords.Read(word) is StatusMeaning.Active or StatusMeaning.Inactive)
            ? new Candidate(column, "active", isPlain ? score : score - 6, "by name; the values say who is active")
            : null;
    }

    private Candidate? WeighManager(ColumnProfile column, int score)
    {
        if (column.Filled == 0)
        {
            // Any column with values is the better one, such as Manager ID beside an empty Manager.
            return new Candidate(column, "enterprise.manager.value", Math.Min(score, _file.Rows == 0 ? WithoutValues : ByValuesAlone), "by name; the column is empty");
        }

        if (RefersTo(column) is { } refers && refers.Found * 2 > refers.Of && !column.Has(column.SeveralWords, 0.5))
        {
            return new Candidate(
                column, "enterprise.manager.value", Math.Max(score, 92), $"by name; {Count(refers.Found)} of {Count(refers.Of)} different values are values of '{refers.Key.Name}'");
        }

        // Of more people than are kept, nobody knows whom they name.
        if (_file.Columns.Any(static key => key.Values is { IsFull: true }))
        {
            return new Candidate(column, "enterprise.manager.value", Math.Min(score, 80), "by name; the file has too many people to look for the values among their ids");
        }

        bool isId = !column.Has(column.SeveralWords, 0.3) && !column.Has(column.Emails, 0.3) && column.Has(column.WithDigit, 0.5);
        return isId ? new Candidate(column, "enterprise.manager.value", 56, "by name, but the values are ids of nobody in the file") : null;
    }

    private IEnumerable<Candidate> ByValues(ColumnProfile column)
    {
        if (column.Filled < 2)
        {
            yield break;
        }

        if (column.Has(column.Emails, 0.95))
        {
            yield return new Candidate(column, "emails.work.value", ByValuesAlone, "by the values alone: e-mail addresses");
        }
        else if (RefersTo(column) is { } refers && refers.Found == refers.Of && refers.Of > 1 && !column.IsUnique && column.SeveralWords == 0 && column.ShortestLength >= 3)
        {
            yield return new Candidate(column, "enterprise.manager.value", ByValuesAlone, $"by the values alone: each is a value of '{refers.Key.Name}'");
        }
        else if (column.Words is { Count: > 1 and < 9 } words
            && words.Keys.All(static word => word.Length > 1 && StatusWords.Read(word) != StatusMeaning.Unknown)
            && words.Keys.Any(static word => StatusWords.Read(word) == StatusMeaning.Active))
        {
            yield return new Candidate(column, "active", ByValuesAlone, "by the values alone: words of who is at work");
        }
        else if (column.Has(column.Countries, 1) && !column.IsUnique)
        {
            yield return new Candidate(column, "addresses.work.country", Lowest, "by the values alone: country codes of two letters");
        }
        else if (column.Has(column.Phones - column.Digits, 0.95) && !column.IsDate)
        {
            yield return new Candidate(column, "phoneNumbers.work.value", Lowest, "by the values alone: they look like phone numbers");
        }
        else if (!_hasId && column.IsUnique && column.Empty == 0 && !column.IsDate && column.Has(column.WithDigit, 1) && column.SeveralWords == 0 && column.LongestLength <= 40)
        {
            yield return new Candidate(column, "externalId", Lowest, "by the values alone: all differ");
        }
    }

    /// <summary>A number with the word for one or for many behind it.</summary>
    internal static string Words(long number, string one, string many) => $"{Count(number)} {(number == 1 ? one : many)}";

    internal static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
