using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Throttling;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>
/// The users of the uploads that were accepted and whose answer did not reach the client: dropped by a fault, or the client had gone by then.
/// Only such users may be staged twice.
/// </summary>
internal sealed class LostAnswers(UploadCalls calls)
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _users = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first answer that is lost.</summary>
    public Task First => _first.Task;

    /// <summary>Has the fate of an accepted upload's answer observed.</summary>
    public void Observe(HttpContext context, IReadOnlyList<JsonElement> users)
    {
        context.Items[typeof(LostAnswers)] = users;
        context.Response.OnCompleted(() =>
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                Drop(context);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Says that the answer of this call does not reach the client. It counts once, and only when the call is an accepted upload.</summary>
    public void Drop(HttpContext context)
    {
        if (!context.Items.Remove(typeof(LostAnswers), out object? users))
        {
            return;
        }

        calls.AnswerLost();
        lock (_lock)
        {
            _users.AddRange((IReadOnlyList<JsonElement>)users!);
        }

        _first.TrySetResult();
    }

    public IReadOnlyList<JsonElement> ToList()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }
}
