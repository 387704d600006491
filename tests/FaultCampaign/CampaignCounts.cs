using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.FaultCampaign;

/// <summary>What a campaign, or one run of it, has seen.</summary>
public sealed class CampaignCounts
{
    public int Runs { get; set; }

    public int Requests { get; set; }

    public int Records { get; set; }

    public int Staged { get; set; }

    public int StagedTwice { get; set; }

    public int AnswersLost { get; set; }

    public int RefusedFound { get; set; }

    public int Retries { get; set; }

    public int SentAgain { get; set; }

    public int OrdersChecked { get; set; }

    /// <summary>How often each kind of fault struck.</summary>
    public SortedDictionary<string, int> Struck { get; } = new(StringComparer.Ordinal);

    /// <summary>What was wrong, each with the number of its run.</summary>
    public List<string> Violations { get; } = [];

    public void Add(CampaignCounts other)
    {
        Runs += other.Runs;
        Requests += other.Requests;
        Records += other.Records;
        Staged += other.Staged;
        StagedTwice += other.StagedTwice;
        AnswersLost += other.AnswersLost;
        RefusedFound += other.RefusedFound;
        Retries += other.Retries;
        SentAgain += other.SentAgain;
        OrdersChecked += other.OrdersChecked;
        Violations.AddRange(other.Violations);
        foreach ((string kind, int count) in other.Struck)
        {
            Struck[kind] = Struck.GetValueOrDefault(kind) + count;
        }
    }

    public void WriteTo(TextWriter text)
    {
        Line("runs", Runs);
        Line("requests", Requests);
        Line("records", Records);
        Line("calls tried again", Retries);
        Line("requests sent again after an outage", SentAgain);
        Line("records at fault, found and named", RefusedFound);
        Line("records staged", Staged);
        Line("of these staged twice or more", StagedTwice);
        Line("answers lost on the way, in records", AnswersLost);
        Line("people with several records, order kept", OrdersChecked);
        Line("faults struck", Struck.Values.Sum());
        foreach ((string kind, int count) in Struck)
        {
            Line("  " + kind, count);
        }

        Line("violations", Violations.Count);
        foreach (string violation in Violations)
        {
            text.WriteLine("  " + violation);
        }

        void Line(string name, int count) => text.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-44}{1,12:N0}", name, count));
    }
}
