using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Records;
using InboundProvisioning.Reports;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Core.Tests.Reports;

/// <summary>Reports of nights that went in different ways.</summary>
internal static class SampleReports
{
    public const string StatePath = "/hr/contoso.db";

    private static readonly DateTimeOffset Night = new(2026, 11, 26, 2, 20, 0, TimeSpan.Zero);

    private static readonly string[] Codes =
        ["AzureActiveDirectoryInvalidUserPrincipalName", "AzureActiveDirectoryDuplicateUserPrincipalName", "MandatoryFieldsMissing", "TooManyRequests", "SomethingNew"];

    private static readonly string[] Actions = ["create", "update", "disable"];

    /// <summary>A night after which so many people have failed.</summary>
    public static ReportFacts WithFailures(int failures, ReportDetail detail = ReportDetail.Records, Func<int, string>? idOf = null)
    {
        var outcomes = new OutcomeFacts { Since = Night.AddDays(-1) };
        for (int i = 0; i < failures; i++)
        {
            string code = Codes[i % 100 < 70 ? 0 : i % 100 < 90 ? 1 : i % 100 < 97 ? 2 : i % 100 < 99 ? 3 : 4];
            string action = Actions[i % 3 == 0 ? 1 : 0];
            outcomes.Count(action, RecordStatus.Failed);
            outcomes.Failures.Add(code, attribute: null, new ReportRecord
            {
                ExternalId = idOf?.Invoke(i) ?? (100000 + i).ToString(CultureInfo.InvariantCulture),
                Action = action,
                ErrorCode = code,
                On = Night.AddMinutes(-600 - i),
                Attempts = 1 + (i % 3),
                NextAttemptOn = code == Codes[3] ? Night.AddHours(18) : null,
                Reason = "The value 'secret-value' is not valid.",
            });
        }

        foreach ((string? action, RecordStatus outcome, int count) in new (string?, RecordStatus, int)[]
        {
            ("create", RecordStatus.Succeeded, 214), ("update", RecordStatus.Succeeded, 961), ("update", RecordStatus.Skipped, 38), ("disable", RecordStatus.Succeeded, 27), (null, RecordStatus.Open, 64),
        })
        {
            for (int i = 0; i < count; i++)
            {
                outcomes.Count(action, outcome);
            }
        }

        int kept = failures == 0 ? 0 : 1;
        RunSummary summary = Summary() with
        {
            ExitCode = kept * 4,
            Rejected = kept * 3,
            Held = kept * 2,
            Rejections = kept == 0 ? [] : [new RunRejection("InvalidBoolean", "active", 2), new RunRejection("EmptyExternalId", null, 1)],
            RejectedRecords = kept == 0 ? [] :
            [
                new RunRecordNote("200417", "'perhaps' is no Boolean.", "workers.csv, line 418", "InvalidBoolean", "active"),
                new RunRecordNote("200981", "'secret-value' is no Boolean.", "workers.csv, line 982", "InvalidBoolean", "active"),
                new RunRecordNote(null, "The row has no externalId.", "workers.csv, line 1207", "EmptyExternalId"),
            ],
            HeldRecords = kept == 0 ? [] : [new RunRecordNote("300001", "its userName is or was another person's"), new RunRecordNote("300002", "it is the last row of a file without a line break at its end, and could be cut")],
        };
        return RunReport.Compose(Run(42, nameof(SyncStatus.Completed), Night), summary, Nights(29, Run(42, nameof(SyncStatus.Completed), Night, summary)), outcomes, StatePath, detail, detail == ReportDetail.Values ? Changes() : [], Night.AddMinutes(5));
    }

    /// <summary>A night that a safeguard has stopped.</summary>
    public static ReportFacts Stopped(ReportDetail detail = ReportDetail.Records)
    {
        RunSummary summary = Summary() with
        {
            ExitCode = 2,
            Rows = 400,
            New = 0,
            Changed = 0,
            Deactivated = 0,
            Unchanged = 400,
            Reactivated = 0,
            Missing = 601,
            Sent = 0,
            Accepted = 0,
            Calls = 0,
            CallsLeft = 1979,
            Attributes = [],
            Stops = ["MissingLimit", "HalfOfPeople"],
            Safeguards = [.. Measures().Select(static measure => measure.Name == "MissingLimit" ? measure with { Count = 601, Allowed = 50, Base = 1001 } : measure with { Count = 0 })],
            StopDetails =
            [
                new RunStop("MissingLimit", "MissingLimitExceeded", "601 known people who are not in the source any more; -MissingLimit 5% allows 50 of 1,001 people.", 601, 50, 1001, ["100455", "100480", "100504"], null, true, null),
                new RunStop("HalfOfPeople", "HalfOfPeople", "534 of 897 active people would become inactive or are not in the source any more.", 534, null, 897, ["100455", "100480"], null, true, Night.AddDays(-2)),
            ],
        };
        RunRecord run = Run(43, nameof(SyncStatus.Stopped), Night, summary);
        return RunReport.Compose(run, summary, Nights(29, run), new OutcomeFacts(), StatePath, detail, [], Night.AddMinutes(1));
    }

    /// <summary>A run that failed before there was anything.</summary>
    public static ReportFacts Failed() => RunReport.Of(
        session: null,
        new SyncResult
        {
            Status = SyncStatus.Failed,
            StartedOn = Night,
            Reason = "Another run holds the state /hr/contoso.db.",
            Fault = new InboundProvisioningException("StateLocked", FaultKind.LimitReached, "Another run holds the state /hr/contoso.db."),
        },
        StatePath,
        ReportDetail.Records,
        [],
        TimeProvider.System);

    private static PlannedChange[] Changes() =>
    [
        new PlannedChange { ExternalId = "100000", Kind = InboundProvisioning.Sync.Changes.ChangeKind.Changed, Attributes = [new AttributeChange("title", "Director", "Chief <Executive>")] },
        new PlannedChange { ExternalId = "100001", Kind = InboundProvisioning.Sync.Changes.ChangeKind.Deactivated, Attributes = [new AttributeChange("active", "true", "false")] },
    ];

    private static RunSummary Summary() => new(
        ExitCode: 0, Rows: 20417, Rejected: 0, New: 214, Changed: 999, Reactivated: 4, Deactivated: 27, Unchanged: 19171, Missing: 12, Held: 0, Sent: 1244, Accepted: 1244, Refused: 0, Left: 0, Calls: 25, Stops: [])
    {
        CallsLeft = 1851,
        DailyCallLimit = 2000,
        Safeguards = Measures(),
        Attributes =
        [
            new RunAttribute("title", 611, 0), new RunAttribute("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", 388, 4),
            new RunAttribute("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", 207, 0), new RunAttribute("phoneNumbers[type eq \"work\"].value", 96, 31),
            new RunAttribute("active", 31, 0), new RunAttribute("userName", 9, 0), new RunAttribute("name.familyName", 9, 0),
        ],
    };

    private static SafeguardMeasure[] Measures() =>
    [
        new("RejectLimit", null, 3, "5%", 1020, 20400), new("DisableLimit", null, 27, "5%", 500, 20400), new("MissingLimit", null, 12, "5%", 500, 20400),
        new("ShrinkLimit", null, 0, "10%", 2040, 20400), new("CreateLimit", null, 214, "10%", 2040, 20400),
        new("ClearLimit", "phoneNumbers[type eq \"work\"].value", 31, "5%", 500, 20400), new("AttributeChangeLimit", "title", 611, "30%", 6120, 20400), new("UserNameChangeLimit", "userName", 9, "2%", 100, 20400),
    ];

    private static RunRecord Run(long id, string status, DateTimeOffset time, RunSummary? summary = null) => new()
    {
        Id = id,
        StartedOn = time,
        EndedOn = time.AddSeconds(128),
        Status = status,
        Plan = "0555F95DD3E4",
        Result = System.Text.Json.JsonSerializer.Serialize(summary ?? Summary(), SyncJson.Default.RunSummary),
    };

    private static List<RunRecord> Nights(int before, RunRecord last)
    {
        List<RunRecord> runs = [last];
        for (int i = 1; i <= before; i++)
        {
            int exitCode = i == 6 ? 2 : i == 13 ? 1 : i == 20 ? 3 : i % 5 == 0 ? 4 : 0;
            string status = exitCode switch { 2 => "Stopped", 1 => "Failed", 3 => "Incomplete", _ => "Completed" };
            long accepted = exitCode is 1 or 2 ? 0 : 400 + (i * 7919 % 1100);
            runs.Add(Run(last.Id - i, status, last.StartedOn.AddDays(-i), Summary() with { ExitCode = exitCode, Accepted = accepted, Sent = accepted }));
        }

        return runs;
    }
}
