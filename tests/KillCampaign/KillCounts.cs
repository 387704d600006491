using System.Collections.Generic;
using System.IO;

namespace InboundProvisioning.KillCampaign;

/// <summary>What a campaign came to.</summary>
public sealed class KillCounts
{
    /// <summary>Runs that were killed.</summary>
    public int Kills { get; set; }

    /// <summary>Runs that had ended before they were to be killed.</summary>
    public int EndedFirst { get; set; }

    /// <summary>Runs that were killed before they had written anything to the state.</summary>
    public int KilledBeforeState { get; set; }

    /// <summary>Kills after which requests were in doubt.</summary>
    public int KillsInDoubt { get; set; }

    /// <summary>Requests that were in doubt after a kill.</summary>
    public int InDoubt { get; set; }

    /// <summary>Different files of the source.</summary>
    public int Nights { get; set; }

    /// <summary>Changes of people in them.</summary>
    public int Changes { get; set; }

    /// <summary>Runs at the end until nothing was left.</summary>
    public int Completions { get; set; }

    /// <summary>Requests that the service accepted.</summary>
    public int Accepted { get; set; }

    /// <summary>Of these, requests that it had accepted before.</summary>
    public int AcceptedTwice { get; set; }

    /// <summary>What must not be.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Prints the counts.</summary>
    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine($"{Kills} kills ({KilledBeforeState} before the state was open, {KillsInDoubt} with requests in doubt: {InDoubt}), {EndedFirst} runs ended first, {Nights} files, {Changes} changes");
        writer.WriteLine($"{Completions} runs to completion; {Accepted} requests accepted, {AcceptedTwice} of them twice, each in doubt or with its answer lost");
        writer.WriteLine($"{Violations.Count} violations");
        foreach (string violation in Violations)
        {
            writer.WriteLine("  " + violation);
        }
    }
}
