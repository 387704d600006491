using System.Globalization;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Reports;

/// <summary>Stops and limits in words that say it at a glance.</summary>
internal static class StopWords
{
    /// <summary>What a limit counts, in a few words.</summary>
    public static string Subject(string limit) => RuleOf(limit)?.Name switch
    {
        "DisableLimit" => "Active people disabled",
        "MissingLimit" => "Missing people",
        "ShrinkLimit" => "Fewer rows",
        "CreateLimit" => "New people",
        "ClearLimit" => "Emptied",
        "AttributeChangeLimit" => "Changed",
        "UserNameChangeLimit" => "Other userName",
        "RejectLimit" => "Rejected rows",
        _ => limit,
    };

    /// <summary>A stop in one sentence, without a full stop.</summary>
    /// <param name="stop">The stop.</param>
    /// <param name="namesPeople">Whether ids may stand in it.</param>
    public static string Sentence(RunStop stop, bool namesPeople)
    {
        string count = ReportText.Number(stop.Count);
        if (RuleOf(stop.Name) is { } rule && stop.Allowed is long allowed)
        {
            return $"{Happening(rule, count, AttributeOf(stop.Name))}; -{rule.Name} allows {ReportText.Number(allowed)}";
        }

        return (namesPeople, stop.Name) switch
        {
            (false, "KeyFormChanged") => $"the key has changed its form: {count} new people are missing ones whose externalId is written another way",
            (false, "RequiredRecordMissing") => $"the source lacks {count} of those who are in it always (-RequiredRecord)",
            _ => stop.Reason.TrimEnd('.'),
        };
    }

    private static SafeguardRule? RuleOf(string name) => SafeguardRule.Of(name.Split(':')[0]);

    private static string AttributeOf(string name) => name.IndexOf(':') is int at && at > 0 ? name.Substring(at + 1) : string.Empty;

    private static string Happening(SafeguardRule rule, string count, string attribute) => string.Format(
        CultureInfo.InvariantCulture,
        rule.Name switch
        {
            "DisableLimit" => "{0} active people would become inactive",
            "MissingLimit" => "{0} known people are not in the source any more",
            "ShrinkLimit" => "the source has {0} rows fewer than last time",
            "CreateLimit" => "{0} people would be new",
            "ClearLimit" => "{1} would become empty for {0} people",
            "AttributeChangeLimit" => "{1} would change for {0} people",
            "UserNameChangeLimit" => "{0} people would get another userName",
            _ => "{0} rows cannot be used",
        },
        count,
        attribute);
}
