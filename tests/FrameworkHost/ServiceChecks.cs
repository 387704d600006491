using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;

namespace InboundProvisioning.FrameworkHost;

/// <summary>Sending, the job, its schema and the logs.</summary>
internal sealed class ServiceChecks(Service service)
{
    public async Task Records_are_accepted()
    {
        BulkUploadOutcome[] outcomes = await Send("ann", "bo");
        Expect.Equal((2, 202), (outcomes.Length, outcomes[0].Result!.Status));
        Expect.Contains("\"ann\"", await service.GetAsync("/emulator/staged"));
    }

    public async Task A_request_that_is_refused_for_now_is_sent_again()
    {
        await service.PostAsync("/emulator/faults", "[{\"path\":\"bulkUpload\",\"count\":1,\"status\":503,\"retryAfter\":\"1\"}]");
        BulkUploadResult result = (await Send("cy")).Single().Result!;
        Expect.Equal((202, 2), (result.Status, result.Attempts));
    }

    public async Task Each_of_many_requests_is_accepted()
    {
        BulkUploadOutcome[] outcomes = await Send([.. Enumerable.Range(0, 20).Select(i => $"many{i}")]);
        Expect.Equal(20, outcomes.Count(outcome => outcome.IsAccepted));
    }

    public Task The_job_is_read() => WithGraph(async graph =>
    {
        ProvisioningJob job = await Jobs(graph).GetAsync(service.Job, CancellationToken.None);
        Expect.Equal(service["jobId"], job.JobId);
    });

    public Task The_job_is_paused_and_started() => WithGraph(async graph =>
    {
        await Jobs(graph).PauseAsync(service.Job, CancellationToken.None);
        Expect.True((await Jobs(graph).GetAsync(service.Job, CancellationToken.None)).IsPaused, "The job runs.");
        await Jobs(graph).StartAsync(service.Job, CancellationToken.None);
        Expect.True((await Jobs(graph).GetAsync(service.Job, CancellationToken.None)).IsRunning, "The job does not run.");
    });

    public Task The_job_is_restarted() =>
        WithGraph(graph => Jobs(graph).RestartAsync(service.Job, ProvisioningJobClient.PortalScope, CancellationToken.None));

    public Task The_schema_is_read_and_parses_again() => WithGraph(async graph =>
    {
        ProvisioningSchema schema = await new ProvisioningSchemaClient(graph, null).ReadAsync(service.Job, CancellationToken.None);
        Expect.True(ProvisioningSchema.Parse(schema.ToString()).IsSameAs(schema), "The schema changed.");
    });

    public Task An_extension_is_added_to_the_schema() => WithGraph(async graph =>
    {
        var client = new ProvisioningSchemaClient(graph, null);
        ProvisioningSchema before = await client.ReadAsync(service.Job, CancellationToken.None);
        SchemaExtensionPlan plan = new SchemaExtension("urn:ietf:params:scim:schemas:extension:contoso:1.0:User", [new SchemaAttribute("Pronouns")]).Plan(before);
        await client.ReplaceAsync(service.Job, before, plan.Schema, CancellationToken.None);
        Expect.Contains("contoso:1.0:User:Pronouns", (await client.ReadAsync(service.Job, CancellationToken.None)).ToString());
    });

    public async Task The_outcomes_are_in_the_logs()
    {
        await Send("dora");
        await service.PostAsync("/emulator/cycle");
        List<ProvisioningEvent> events = await Events(new ProvisioningLogSelection { SourceIds = ["dora"] });
        Expect.True(events.Count > 0 && events.All(item => item.SourceId == "dora"), $"{events.Count} events.");
    }

    public async Task Events_are_summed_up_by_cycle()
    {
        await service.PostAsync("/emulator/logs?count=1200&eventsPerCycle=600");
        var cycles = new CycleSummarizer();
        List<ProvisioningEvent> events = await Events(new ProvisioningLogSelection { Last = 2 });
        List<CycleSummary> summaries = [.. events.SelectMany(cycles.Add), .. cycles.Complete()];

        Expect.True(events.Count >= 1200, $"{events.Count} events.");
        Expect.Equal(events.Select(static item => item.CycleId).Distinct().Count(), summaries.Count);
        Expect.Equal((long)events.Count, summaries.Sum(static cycle => cycle.Events));
    }

    private static ProvisioningJobClient Jobs(GraphClient graph) => new(graph, null, TimeProvider.System);

    private Task<BulkUploadOutcome[]> Send(params string[] people) => WithGraph(async graph =>
    {
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        using var queue = new BulkUploadQueue(graph, limits, service.Job, throttleLimit: 4, notices: null, CancellationToken.None);
        return await Task.WhenAll(people.Select((person, i) => queue.Enqueue(
            i + 1, BulkRequestDocument.Read("payload.json", 1, Encoding.UTF8.GetBytes(Payload(person))))));
    });

    private Task<List<ProvisioningEvent>> Events(ProvisioningLogSelection selection) => WithGraph(async graph =>
    {
        using var limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1000 }, callsPerDay: null, TimeProvider.System);
        var events = new List<ProvisioningEvent>();
        await foreach (ProvisioningEvent item in new ProvisioningLogClient(graph, limits, null).ReadAsync(service.Job, selection, CancellationToken.None))
        {
            events.Add(item);
        }

        return events;
    });

    private Task<bool> WithGraph(Func<GraphClient, Task> use) => WithGraph(async graph =>
    {
        await use(graph);
        return true;
    });

    private async Task<T> WithGraph<T>(Func<GraphClient, Task<T>> use)
    {
        using ServiceConnection connection = service.Open();
        using GraphClient graph = connection.CreateGraphClient(new RetrySettings(), TimeProvider.System);
        return await use(graph);
    }

    private static string Payload(string externalId) =>
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[{\"method\":\"POST\",\"bulkId\":\"" + externalId
        + "\",\"path\":\"/Users\",\"data\":{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"externalId\":\"" + externalId
        + "\",\"userName\":\"" + externalId + "@contoso.com\",\"displayName\":\"" + externalId + "\",\"active\":true}}],\"failOnErrors\":null}";
}
