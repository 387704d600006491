using System.Collections.Generic;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>The service cannot be reached, night after night: somebody has to be told.</summary>
public sealed class OutageTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;

    public OutageTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task Nights_in_which_the_service_takes_nothing_have_failed_and_lose_nothing()
    {
        using var company = new Company(_service.Upload);
        await company.BaselineAsync(Worker.Many(120, prefix: "out"));
        List<Worker> people = Worker.Many(120, prefix: "out");
        for (int i = 0; i < 60; i++)
        {
            people[i] = people[i] with { Title = "Title " + i };
        }

        company.Limit(("AttributeChangeLimit", "Unlimited"));
        _service.Emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 503, Count = 4 });

        SyncResult first = (await company.NextAsync(people)).Result!;
        SyncResult second = (await company.NextAsync(people)).Result!;
        SyncResult third = (await company.NextAsync(people)).Result!;

        Assert.Equal((SyncStatus.Failed, 1, 60L), (first.Status, first.ExitCode, first.Left));
        Assert.Equal((SyncStatus.Failed, 1, 60L), (second.Status, second.ExitCode, second.Left));
        Assert.Equal(0, third.ExitCode);
        Assert.Equal(SyncStatus.NothingToDo, (await company.NextAsync(people)).Result!.Status);
    }
}
