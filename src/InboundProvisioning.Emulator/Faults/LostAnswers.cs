using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Throttling;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Faults;

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

    /// <summary>Says that a fault drops the answer of this call.</summary>
    public static void Drop(HttpContext context) => context.Items[typeof(LostAnswers)] = true;

    /// <summary>Has the fate of an accepted upload's answer observed.</summary>
    public void Observe(HttpContext context, IReadOnlyList<JsonElement> users) =>
        context.Response.OnCompleted(() =>
        {
            if (context.Items.ContainsKey(typeof(LostAnswers)) || context.RequestAborted.IsCancellationRequested)
            {
                calls.AnswerLost();
                lock (_lock)
                {
                    _users.AddRange(users);
                }

                _first.TrySetResult();
            }

            return Task.CompletedTask;
        });

    public IReadOnlyList<JsonElement> ToList()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }
}
