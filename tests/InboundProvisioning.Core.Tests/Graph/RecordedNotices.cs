using System;
using System.Collections.Concurrent;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>Keeps the notices of retries, at once and in order.</summary>
internal sealed class RecordedNotices : ConcurrentQueue<RetryNotice>, IProgress<RetryNotice>
{
    public void Report(RetryNotice value) => Enqueue(value);
}
