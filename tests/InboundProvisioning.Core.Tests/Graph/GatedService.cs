using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>Holds requests back until they are let through, each known by the externalId of its first operation.</summary>
internal sealed class GatedService
{
    private readonly object _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _inFlight = [];
    private bool _open;

    public GatedService(FakeService service)
    {
        service.Answer(AnswerAsync);
    }

    public int MostInFlight { get; private set; }

    public IReadOnlyList<string> InFlight
    {
        get
        {
            lock (_lock)
            {
                return [.. _inFlight.Keys];
            }
        }
    }

    public async Task WaitForInFlight(int count)
    {
        while (InFlight.Count < count)
        {
            await Task.Yield();
        }
    }

    public void Open(string name)
    {
        lock (_lock)
        {
            _inFlight[name].TrySetResult();
        }
    }

    public void OpenForAll()
    {
        lock (_lock)
        {
            _open = true;
            foreach (TaskCompletionSource gate in _inFlight.Values)
            {
                gate.TrySetResult();
            }
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using JsonDocument document = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(stop));
        string name = document.RootElement.GetProperty("Operations")[0].GetProperty("data").GetProperty("externalId").GetString()!;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _inFlight.Add(name, gate);
            MostInFlight = Math.Max(MostInFlight, _inFlight.Count);
            if (_open)
            {
                gate.TrySetResult();
            }
        }

        try
        {
            await gate.Task.WaitAsync(stop);
            return FakeService.Response(202);
        }
        finally
        {
            lock (_lock)
            {
                _inFlight.Remove(name);
            }
        }
    }
}
