using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Conversion;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>
/// A plan as a JSON file: facts first, then a change a line with the complete record, so that it can be carried out without the source.
/// It holds what the source holds, and is for its owner alone.
/// </summary>
internal static class PlanFile
{
    private const string Format = "InboundProvisioning plan 1";
    private const string Beginning = "{\"Format\":\"InboundProvisioning plan ";

    /// <summary>Writes a plan.</summary>
    /// <exception cref="InboundProvisioningException"><c>NotAPlanFile</c>: something else is there, and would be lost.</exception>
    public static void Write(string path, SyncPlan plan, ProvisioningPlan facts, IProvisioningState state)
    {
        RefuseOther(path);
        string temporary = path + ".tmp";
        File.Delete(temporary);
        using (FileStream file = StateFile.Open(temporary, FileMode.CreateNew, FileShare.None))
        using (var writer = new StreamWriter(file, new UTF8Encoding(false), 64 * 1024))
        {
            var header = new PlanHeader(Format, facts.PlanId, facts.CreatedOn, facts.Rows, facts.Rejected, facts.Missing, facts.Unchanged, facts.Records, plan.Changes.Entries.LongCount(static entry => entry.Kind != ChangeKind.Same), [.. facts.Stops.Select(static stop => stop.Name)]);
            string text = JsonSerializer.Serialize(header, SyncJson.OfRecords.PlanHeader);
            writer.Write(text.TrimEnd('}'));
            writer.Write(",\"Changes\":[\n");
            var reader = new RecordReader(state.Shapes);
            string separator = string.Empty;
            foreach (StoredChange change in plan.Changes.Ranked())
            {
                UserRecord record = reader.Read(change.Data);
                StoredPerson? old = state.Find(change.Key);
                IEnumerable<AttributeDifference> differences = old is null || change.Kind == ChangeKind.New ? [] : RecordDifference.Of(old, record, state.Content);
                writer.Write(separator);
                writer.Write(JsonSerializer.Serialize(new PlanLine(
                    record.ExternalId!,
                    change.Kind.ToString(),
                    change.Held,
                    old?.Fingerprint.ToString(),
                    record.Fingerprint.ToString(),
                    AttributeChange.Of(differences),
                    JsonDocument.Parse(change.Data).RootElement), SyncJson.OfRecords.PlanLine));
                separator = ",\n";
            }

            writer.Write("\n]}\n");
        }

        WholeFile.Put(temporary, path);
    }

    /// <summary>Reads a plan into the run of a session.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The state that it is to be carried out on.</param>
    /// <param name="collector">Takes its records.</param>
    /// <exception cref="InboundProvisioningException"><c>PlanStale</c>, <c>PlanInvalid</c>, <c>PathNotFound</c>.</exception>
    public static SourceFacts Read(string path, IProvisioningState state, ChangeCollector collector)
    {
        if (!File.Exists(path))
        {
            throw new InboundProvisioningException("PathNotFound", FaultKind.NotFound, $"There is no plan {path}.", path);
        }

        try
        {
            using var lines = new StreamReader(path, Encoding.UTF8);
            string first = lines.ReadLine() ?? string.Empty;
            PlanHeader header = JsonSerializer.Deserialize(first + "]}", SyncJson.OfRecords.PlanHeader)!;
            if (header.Format != Format)
            {
                throw Invalid(path, "it is of another version");
            }

            var stale = new List<string>();
            long count = 0;
            string? line;
            while ((line = lines.ReadLine()) is not null && line != "]}")
            {
                if (line.Length > 0)
                {
                    count++;
                    Take(JsonSerializer.Deserialize(line.TrimEnd(','), SyncJson.OfRecords.PlanLine)!, state, collector, stale);
                }
            }

            if (line is null)
            {
                throw Invalid(path, "it breaks off");
            }

            if (count != header.Lines)
            {
                throw Invalid(path, FormattableString.Invariant($"it was edited: of {header.Lines:N0} changes it has {count:N0}"));
            }

            if (stale.Count > 0)
            {
                throw new InboundProvisioningException(
                    "PlanStale",
                    FaultKind.Refused,
                    FormattableString.Invariant(
                        $"The plan {path} is stale: since it was made, {stale.Count:N0} of its people were changed in the state, such as {string.Join(", ", stale.Take(10).Select(static id => $"'{id}'"))}. Nothing was sent. Make a new one with Get-ProvisioningPlan."),
                    path);
            }

            var summary = new ConversionSummary { Rows = header.Rows, RejectedRows = header.Rejected };
            return new SourceFacts { Summary = summary, Plan = header };
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw Invalid(path, "it is not what Get-ProvisioningPlan -PlanPath wrote: " + fault.Message);
        }
    }

    internal static InboundProvisioningException Invalid(string path, string what) => new(
        "PlanInvalid", FaultKind.InvalidData, $"The plan {path} cannot be used: {what}. Nothing was sent. Make a new one with Get-ProvisioningPlan.", path);

    // A state, an HR file or a mapping that -PlanPath names by mistake would be gone.
    private static void RefuseOther(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var start = new char[Beginning.Length];
        using var reader = new StreamReader(path, Encoding.UTF8);
        if (reader.ReadBlock(start, 0, start.Length) > 0 && new string(start) != Beginning)
        {
            throw new InboundProvisioningException(
                "NotAPlanFile", FaultKind.InvalidArgument, $"{path} is there already and is no plan: it would be lost. Take another -PlanPath, or delete it.", path);
        }
    }

    private static void Take(PlanLine change, IProvisioningState state, ChangeCollector collector, List<string> stale)
    {
        long key = PersonKey.Of(change.ExternalId);
        if (state.Find(key)?.Fingerprint.ToString() != change.Before)
        {
            stale.Add(change.ExternalId);
            return;
        }

        byte[] data = Encoding.UTF8.GetBytes(change.Record.GetRawText());
        if (RecordFingerprint.Of(data).ToString() != change.After)
        {
            throw new InvalidOperationException($"the record of '{change.ExternalId}' was edited");
        }

        if (change.Kind == nameof(ChangeKind.Missing))
        {
            collector.AddMissing(key, state.Find(key)!);
        }
        else
        {
            collector.Add(key, data);
        }
    }
}
