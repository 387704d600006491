using System;
using System.Collections.Generic;

namespace InboundProvisioning.Proposal;

/// <summary>How the dates of a column are written: in those forms that each value has.</summary>
internal sealed class DateProfile
{
    private const int MostSentinels = 8;

    // What programs write where they have no date, and what no person does or was born on.
    private static readonly HashSet<string> Epochs = new(StringComparer.Ordinal)
    {
        "1900-01-01", "01/01/1900", "1/1/1900", "01.01.1900", "1.1.1900", "19000101", "1753-01-01", "0001-01-01", "1899-12-30", "1/1/0001", "01/01/0001", "01.01.0001",
    };

    private readonly List<string> _sentinels = [];

    /// <summary>The forms that all have so far.</summary>
    public int Forms { get; private set; } = DateForms.All;

    /// <summary>The ways in which the time of day is written: any of them.</summary>
    public int Times { get; private set; }

    /// <summary>How many are dates.</summary>
    public long Dates { get; private set; }

    /// <summary>How many stand for no date.</summary>
    public long Sentinels { get; private set; }

    /// <summary>What stands for no date, as it is written.</summary>
    public IReadOnlyList<string> SentinelTexts => _sentinels;

    /// <summary>Those of <see cref="SentinelTexts"/> that are dates: of an epoch, on which nobody of today did anything.</summary>
    public IEnumerable<string> EpochTexts => _sentinels.FindAll(Epochs.Contains);

    /// <summary>Whether each value so far is a date, or stands for none, and one form fits all.</summary>
    public bool IsDate => Forms != 0;

    /// <summary>Looks at a value; no more where one was no date.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (!IsDate)
        {
            return;
        }

        if (DateForms.IsSentinel(text) || (text.Length <= 10 && Epochs.Contains(text.ToString())))
        {
            Sentinels++;
            string shown = text.ToString();
            if (_sentinels.Count < MostSentinels && !_sentinels.Contains(shown))
            {
                _sentinels.Add(shown);
            }

            return;
        }

        Forms &= DateForms.Match(text, out int times);
        Times |= times;
        Dates++;
    }
}
