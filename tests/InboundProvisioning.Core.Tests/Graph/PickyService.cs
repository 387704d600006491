using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>Refuses each request that holds a record it does not like, as a whole and without saying which.</summary>
internal sealed class PickyService
{
    private readonly Func<IReadOnlyList<string>, int> _status;

    public PickyService(FakeService service, Func<IReadOnlyList<string>, int> status)
    {
        _status = status;
        service.Answer(async (request, stop) =>
        {
            IReadOnlyList<string> people = People(await request.Content!.ReadAsByteArrayAsync(stop));
            return Answer(people);
        });
    }

    /// <summary>The externalIds of all accepted requests.</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    public int Calls { get; private set; }

    public static PickyService Disliking(FakeService service, params string[] bad) => new(service, people => people.Any(bad.Contains) ? 400 : 202);

    private static List<string> People(byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("Operations").EnumerateArray()
            .Select(operation => operation.GetProperty("data").GetProperty("externalId").GetString()!)];
    }

    private HttpResponseMessage Answer(IReadOnlyList<string> people)
    {
        lock (Accepted)
        {
            Calls++;
            int status = _status(people);
            foreach (string person in status == 202 ? people : [])
            {
                Accepted.Enqueue(person);
            }

            return status == 202 ? FakeService.Response(202) : FakeService.Response(status, FakeService.Error("BadRequest", "Invalid Data Format"));
        }
    }
}
