using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Core.Tests.EndToEnd.Blobs;

/// <summary>A way to the storage on which calls get lost on command.</summary>
internal sealed class FaultyWay : DelegatingHandler
{
    /// <summary>Whether a call gets there and its answer does not come back; is asked for each.</summary>
    public Func<HttpRequestMessage, bool> LosesAnswer { get; set; } = static _ => false;

    /// <summary>Whether a call is refused on its way.</summary>
    public Func<HttpRequestMessage, bool> Refuses { get; set; } = static _ => false;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(request);
        HttpResponseMessage answer = base.Send(request, cancellationToken);
        ThrowIfLost(request, answer);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(request);
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
        ThrowIfLost(request, answer);
        return answer;
    }

    private void ThrowIfRefused(HttpRequestMessage request)
    {
        if (Refuses(request))
        {
            throw new HttpRequestException("Connection refused");
        }
    }

    private void ThrowIfLost(HttpRequestMessage request, HttpResponseMessage answer)
    {
        if (LosesAnswer(request))
        {
            answer.Dispose();
            throw new HttpRequestException("Connection reset", new IOException("Connection reset by peer"));
        }
    }
}
