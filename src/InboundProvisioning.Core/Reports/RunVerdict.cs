using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Reports;

/// <summary>Says of a run how it went, and what is to be done next.</summary>
internal static class RunVerdict
{
    /// <summary>The verdict.</summary>
    /// <param name="run">The run.</param>
    /// <param name="summary">What it came to.</param>
    /// <param name="statePath">The state, for commands.</param>
    /// <param name="failed">People at whom the service has failed.</param>
    /// <param name="refused">Records that the service does not take.</param>
    /// <param name="namesPeople">Whether ids may stand in it.</param>
    public static ReportVerdict Of(RunRecord run, RunSummary summary, string statePath, long failed, long refused, bool namesPeople)
    {
        IReadOnlyList<RunStop> stops = summary.StopDetails ?? [];
        List<ReportStep> steps = [];
        AddStops(steps, run, stops, statePath);
        switch (run.Status)
        {
            case nameof(SyncStatus.Stopped):
                AddFailures(steps, failed, statePath);
                return new ReportVerdict(ReportLevel.Bad, "Stopped", Capital(Stops(stops, summary, namesPeople)) + ". Nothing was sent." + Failed(failed), steps);
            case nameof(SyncStatus.Failed):
                steps.Add(AfterFault(summary.ErrorId, statePath));
                AddFailures(steps, failed, statePath);
                return new ReportVerdict(ReportLevel.Bad, "Failed", Fault(summary, namesPeople) + " " + Sent(summary) + Failed(failed), steps);
            case RunRecord.Unfinished:
                steps.Add(new ReportStep("If it is not running any more, start the same command again: it settles what is in doubt first."));
                return new ReportVerdict(ReportLevel.Attention, "Not finished", "The run goes on, or was ended from outside. What it sent is in the state.", steps);
        }

        AddFailures(steps, failed, statePath);
        AddKeptBack(steps, summary, refused);
        if (run.Status == nameof(SyncStatus.Incomplete))
        {
            steps.Add(new ReportStep("Nothing for what is left: the next run goes on with it by itself."));
        }

        string word = summary.ExitCode == 2 ? "Held back in part" : run.Status == nameof(SyncStatus.Incomplete) ? "Incomplete" : steps.Count > 0 ? "Done, with exceptions" : "Done";
        string kept = KeptBack(summary);
        string held = stops.Count == 0 ? string.Empty : " " + Capital(Stops(stops, summary, namesPeople)) + "; these were held back.";
        ReportLevel level = summary.ExitCode == 2 ? ReportLevel.Bad : steps.Count > 0 ? ReportLevel.Attention : ReportLevel.Good;
        if (steps.Count == 0)
        {
            steps.Add(new ReportStep("Nothing."));
        }

        return new ReportVerdict(level, word, Sent(summary) + held + kept + Failed(failed), steps);
    }

    private static string Sent(RunSummary summary) => (summary.Sent, summary.Left) switch
    {
        (0, 0) when summary.ExitCode == 1 => "Nothing was sent.",
        (0, 0) when summary.New + summary.Changed + summary.Reactivated + summary.Deactivated == 0 => "Nothing has changed, and nothing was sent.",
        (0, 0) => "Nothing was sent.",
        (0, _) => $"Nothing was sent; {ReportText.Count(summary.Left, "record is", "records are")} left for the next run.",
        (_, 0) => $"{ReportText.Count(summary.Sent, "record was", "records were")} sent and {(summary.Accepted == summary.Sent ? "accepted" : ReportText.Number(summary.Accepted) + " accepted")}.",
        _ => $"{ReportText.Count(summary.Accepted, "record was", "records were")} sent and accepted; {ReportText.Count(summary.Left, "is", "are")} left for the next run.",
    };

    private static string KeptBack(RunSummary summary)
    {
        string[] parts =
        [
            .. new[] { (summary.Rejected, "row was rejected", "rows were rejected"), (summary.Refused, "record was refused", "records were refused"), (summary.Held, "record was held back", "records were held back") }
                .Where(static part => part.Item1 > 0)
                .Select(static part => ReportText.Count(part.Item1, part.Item2, part.Item3)),
        ];
        return parts.Length == 0 ? string.Empty : " " + Join(parts) + ".";
    }

    private static string Failed(long failed) => failed == 0
        ? string.Empty
        : $" {ReportText.Count(failed, "person is", "people are")} not in the directory as the source says: the service failed at them.";

    private static string Stops(IReadOnlyList<RunStop> stops, RunSummary summary, bool namesPeople) => stops.Count switch
    {
        0 => summary.Stops.Count == 0 ? "a safeguard stopped the run" : "stopped by " + string.Join(", ", summary.Stops),
        1 => StopWords.Sentence(stops[0], namesPeople),
        _ => StopWords.Sentence(stops[0], namesPeople) + $". {ReportText.Count(stops.Count - 1, "more safeguard stopped it", "more safeguards stopped it")}",
    };

    private static string Fault(RunSummary summary, bool namesPeople) =>
        summary.ErrorId is string errorId && (!namesPeople || errorId == "RequestRefused" || summary.Reason is null)
            ? $"The run ended with the error {errorId}."
            : Ended(summary.Reason ?? "A fault ended the run");

    private static void AddStops(List<ReportStep> steps, RunRecord run, IReadOnlyList<RunStop> stops, string statePath)
    {
        foreach (string remedy in stops.Select(static stop => stop.Remedy).OfType<string>().Distinct().Take(3))
        {
            steps.Add(new ReportStep(remedy));
        }

        if (run.Plan is string plan && stops.Any(static stop => stop.CanBeApproved))
        {
            if (steps.Count == 0)
            {
                steps.Add(new ReportStep("Look at the people below, and mend the export where it is wrong."));
            }

            steps.Add(stops.All(static stop => stop.CanBeApproved)
                ? new ReportStep("If it is right, approve it once:", PlanApprovals.Command(statePath, plan))
                : new ReportStep("What is wrong with the source cannot be approved, only mended."));
        }
    }

    private static void AddFailures(List<ReportStep> steps, long failed, string statePath)
    {
        if (failed > 0)
        {
            steps.Add(new ReportStep("See below why people have failed. All of them:", $"Get-ProvisioningState -StatePath {Quoted(statePath)} -Status Failed"));
        }
    }

    private static void AddKeptBack(List<ReportStep> steps, RunSummary summary, long refused)
    {
        if (summary.Rejected > 0)
        {
            steps.Add(new ReportStep("Correct the rejected rows in the source; -RejectPath keeps them with the reason."));
        }

        if (summary.Held + Math.Max(refused, summary.Refused) > 0 && summary.ExitCode != 2)
        {
            steps.Add(new ReportStep("Look at the records below that were held back or refused; they go when what is wrong with them is corrected."));
        }
    }

    private static ReportStep AfterFault(string? errorId, string statePath) => errorId switch
    {
        "StateDamaged" or "StateNotFound" or "StateVanished" => new ReportStep("Bring the newest good copy of the state back, then run again:", $"Repair-ProvisioningState -StatePath {Quoted(statePath)}"),
        "StateLocked" => new ReportStep("Wait until the other run has ended, or give -WaitForLock <seconds>."),
        "InitialRunUndecided" => new ReportStep("Say once what is right: -Initial sends all people, -Baseline takes them as sent already."),
        "NotConnected" or "CredentialMissing" => new ReportStep("Sign in first, then run again:", "Connect-InboundProvisioning"),
        null => new ReportStep("Start the same command again: it goes on where this run ended."),
        _ => new ReportStep("Mend what the error names (docs/troubleshooting.md has its id), then start the same command again: it goes on where this run ended."),
    };

    private static string Quoted(string path) => "'" + path.Replace("'", "''") + "'";

    private static string Ended(string text) => text.TrimEnd().TrimEnd('.') + ".";

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text.Substring(1);

    private static string Join(string[] parts) => parts.Length < 2 ? string.Concat(parts) : string.Join(", ", parts.Take(parts.Length - 1)) + " and " + parts[parts.Length - 1];
}
