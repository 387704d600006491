using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Xml;
using InboundProvisioning.Authentication;

namespace InboundProvisioning.Jobs;

/// <summary>
/// Reads a synchronizationJob. What is missing, null or of another kind than documented stays empty: the rest is worth showing.
/// </summary>
internal static class ProvisioningJobReader
{
    public static ProvisioningJob Read(JsonElement job, string servicePrincipalId, string jobId, ServiceEndpoints endpoints)
    {
        JsonElement schedule = Child(job, "schedule");
        JsonElement status = Child(job, "status");
        return new ProvisioningJob
        {
            ServicePrincipalId = servicePrincipalId,
            JobId = jobId,
            ProvisioningEndpoint = endpoints.Resource(new ProvisioningJobAddress(servicePrincipalId, jobId).BulkUploadPath),
            TemplateId = Text(job, "templateId"),
            Status = Text(status, "code"),
            Schedule = Text(schedule, "state"),
            Interval = Duration(schedule, "interval"),
            ScheduleExpiration = Time(schedule, "expiration"),
            LastExecution = Execution(status, "lastExecution"),
            LastSuccessfulExecution = Execution(status, "lastSuccessfulExecution"),
            LastSuccessfulExecutionWithExports = Execution(status, "lastSuccessfulExecutionWithExports"),
            Quarantine = Quarantine(Child(status, "quarantine")),
            SuccessiveCompleteFailures = Number(status, "countSuccessiveCompleteFailures"),
            EscrowsPruned = Flag(status, "escrowsPruned"),
            Progress = Items(status, "progress").Select(static item => new JobProgress(
                Number(item, "completedUnits"), Number(item, "totalUnits"), Text(item, "units"), Time(item, "progressObservationDateTime"))).ToArray(),
            SynchronizedEntryCounts = Pairs(status, "synchronizedEntryCountByType", "key", static item => Number(item, "value")),
            SteadyStateFirstAchieved = Time(status, "steadyStateFirstAchievedTime"),
            SteadyStateLastAchieved = Time(status, "steadyStateLastAchievedTime"),
            TroubleshootingUrl = Text(status, "troubleshootingUrl"),
            Settings = Pairs(job, "synchronizationJobSettings", "name", static item => Text(item, "value")),
        };
    }

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static JobExecution? Execution(JsonElement status, string name) =>
        Child(status, name) is not { ValueKind: JsonValueKind.Object } execution ? null : new JobExecution
        {
            State = Text(execution, "state"),
            ActivityId = Text(execution, "activityIdentifier"),
            Began = Time(execution, "timeBegan"),
            Ended = Time(execution, "timeEnded"),
            Imported = Number(execution, "countImported"),
            ImportedDeltas = Number(execution, "countImportedDeltas"),
            ImportedReferenceDeltas = Number(execution, "countImportedReferenceDeltas"),
            Entitled = Number(execution, "countEntitled"),
            EntitledForProvisioning = Number(execution, "countEntitledForProvisioning"),
            Escrowed = Number(execution, "countEscrowed"),
            EscrowedRaw = Number(execution, "countEscrowedRaw"),
            Exported = Number(execution, "countExported"),
            Exports = Number(execution, "countExports"),
            Error = Error(Child(execution, "error")),
        };

    private static JobQuarantine? Quarantine(JsonElement quarantine) => quarantine.ValueKind != JsonValueKind.Object ? null : new JobQuarantine
    {
        Reason = Text(quarantine, "reason"),
        Since = Time(quarantine, "currentBegan"),
        SeriesSince = Time(quarantine, "seriesBegan"),
        SeriesCount = Number(quarantine, "seriesCount"),
        NextAttempt = Time(quarantine, "nextAttempt"),
        Error = Error(Child(quarantine, "error")),
    };

    private static SynchronizationFault? Error(JsonElement error) => error.ValueKind != JsonValueKind.Object
        ? null
        : new SynchronizationFault(Text(error, "code"), Text(error, "message"), Flag(error, "tenantActionable"));

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private static Dictionary<string, T> Pairs<T>(JsonElement parent, string name, string key, Func<JsonElement, T> value)
    {
        var pairs = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement item in Items(parent, name))
        {
            if (Text(item, key) is string text)
            {
                pairs[text] = value(item);
            }
        }

        return pairs;
    }

    private static long Number(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : 0;

    private static bool Flag(JsonElement parent, string name) => Child(parent, name).ValueKind == JsonValueKind.True;

    // The service writes the year 1 for never.
    private static DateTimeOffset? Time(JsonElement parent, string name) =>
        DateTimeOffset.TryParse(Text(parent, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1
            ? time
            : null;

    private static TimeSpan? Duration(JsonElement parent, string name)
    {
        try
        {
            return Text(parent, name) is string text ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }
}
