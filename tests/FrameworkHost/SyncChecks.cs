using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Conversion;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Mapping;
using InboundProvisioning.Nights;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Upload;

namespace InboundProvisioning.FrameworkHost;

/// <summary>Nights of Sync-InboundProvisioning on a state of their own.</summary>
internal sealed class SyncChecks(Service service)
{
    private static readonly AttributeMapping Mapping = new(new ComplexValue(
        [
            new MappedAttribute("externalId", new ColumnValue("id")),
            new MappedAttribute("userName", new ColumnValue("user")),
            new MappedAttribute("active", new ColumnValue("active")),
            new MappedAttribute("title", new ColumnValue("title")),
        ],
        isOrdered: true));

    public async Task The_second_night_sends_what_changed()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            SyncResult first = await Night(folder, "Clerk", 60);
            Expect.Equal((SyncStatus.Completed, 60L, 2), (first.Status, first.Accepted, first.Calls));
            SyncResult second = await Night(folder, "J\u00fcrist", 60);
            Expect.Equal((SyncStatus.Completed, 1L, 59L), (second.Status, second.Accepted, second.Unchanged));
            SyncResult third = await Night(folder, "J\u00fcrist", 60);
            Expect.Equal(SyncStatus.NothingToDo, third.Status);
            SyncResult cut = await Night(folder, "J\u00fcrist", 5);
            Expect.Equal((SyncStatus.Stopped, 2), (cut.Status, cut.ExitCode));
            Expect.Contains("J\u00fcrist", await service.GetAsync("/emulator/records?externalId=night0"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The title is that of the first person.
    private async Task<SyncResult> Night(string folder, string title, int people)
    {
        string file = Path.Combine(folder, "hr.csv");
        File.WriteAllLines(file, new[] { "id,user,active,title" }.Concat(Enumerable.Range(0, people).Select(i => $"night{i},night{i}@contoso.com,true,{(i == 0 ? title : "Clerk")}")));
        using ServiceConnection connection = service.Open();
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        var observer = new SilentObserver();
        using SyncSession session = SyncSession.Open(new SyncSettings { StatePath = Path.Combine(folder, "state.db"), Initial = true }, observer, CancellationToken.None);
        session.RequireIdentity(new StateIdentity(service.Job.JobId, service.Job.ServicePrincipalId, connection.Endpoints.Graph.Host));
        ConversionSummary summary = new CsvConversion([file], new ConversionOptions { Mapping = Mapping }).Run(observer, rejects: null, CancellationToken.None, session.Records);
        session.Review(new SourceFacts { Summary = summary });
        return await session.CarryOutAsync(
            new UploadRunSettings { Connection = connection, Target = new ProvisioningTarget(service.Job.ServicePrincipalId, service.Job.JobId), Limits = limits },
            CancellationToken.None);
    }
}
