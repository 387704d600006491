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
internal sealed class LostAnswers(UploadCalls calls, StagedUsers staged)
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _users = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first answer that is lost.</summary>
    public Task First => _first.Task;

    /// <summary>Has the fate of an accepted upload's answer observed.</summary>
    /// <param name="context">The call.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="users">Its users.</param>
    public void Observe(HttpContext context, AcceptedUpload upload, IReadOnlyList<JsonElement> users)
    {
        context.Items[typeof(LostAnswers)] = (upload.Number, users);
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
        if (!context.Items.Remove(typeof(LostAnswers), out object? observed))
        {
            return;
        }

        (int number, IReadOnlyList<JsonElement> users) = ((int, IReadOnlyList<JsonElement>))observed!;
        calls.AnswerLost();
        staged.AnswerLost(number);
        lock (_lock)
        {
            _users.AddRange(users);
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
