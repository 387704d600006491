using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>
/// The users of all accepted bulk requests, in the order in which they were accepted, and the requests themselves. They stay here when a job has
/// processed them.
/// </summary>
internal sealed class StagedUsers
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _users = [];
    private readonly List<int> _uploadOfUser = [];
    private readonly List<AcceptedUpload> _uploads = [];

    // The places in _users, by externalId: Microsoft Entra compares it without regard to case.
    private readonly Dictionary<string, List<int>> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The accepted requests since the start.</summary>
    public IReadOnlyList<AcceptedUpload> Uploads
    {
        get
        {
            lock (_lock)
            {
                return [.. _uploads];
            }
        }
    }

    /// <summary>Stages one bulk request's users together: no other request's come between them, here and in the job's queue.</summary>
    /// <param name="users">The users.</param>
    /// <param name="queue">The job's queue.</param>
    /// <param name="uploadNumbered">The request, given its number.</param>
    public AcceptedUpload Add(IReadOnlyList<JsonElement> users, PendingUsers queue, Func<int, AcceptedUpload> uploadNumbered)
    {
        lock (_lock)
        {
            AcceptedUpload upload = uploadNumbered(_uploads.Count + 1);
            _uploads.Add(upload);
            Append(users, upload.Number);
            queue.Add(users);
            return upload;
        }
    }

    /// <summary>The answer of an accepted request did not reach the client.</summary>
    public void AnswerLost(int number)
    {
        lock (_lock)
        {
            _uploads[number - 1] = _uploads[number - 1] with { AnswerLost = true };
        }
    }

    public void Load(IEnumerable<JsonElement> users)
    {
        lock (_lock)
        {
            Append(users, 0);
        }
    }

    /// <summary>Reads while nothing is staged.</summary>
    public T Between<T>(Func<IReadOnlyList<JsonElement>, T> read)
    {
        lock (_lock)
        {
            return read(_users);
        }
    }

    public IReadOnlyList<JsonElement> ToList()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }

    /// <summary>What was staged for each person, in the order of their first record.</summary>
    /// <param name="externalId">Only this one, or null for all.</param>
    public IReadOnlyList<StagedRecord> Records(string? externalId = null)
    {
        lock (_lock)
        {
            return externalId is null
                ? [.. _places.Values.Select(Record)]
                : _places.TryGetValue(externalId, out List<int>? places) ? [Record(places)] : [];
        }
    }

    private void Append(IEnumerable<JsonElement> users, int upload)
    {
        foreach (JsonElement user in users)
        {
            string externalId = new ScimUser(user).Id;
            if (!_places.TryGetValue(externalId, out List<int>? places))
            {
                _places.Add(externalId, places = new List<int>(1));
            }

            places.Add(_users.Count);
            _users.Add(user);
            _uploadOfUser.Add(upload);
        }
    }

    private StagedRecord Record(List<int> places)
    {
        var acceptances = new Acceptance[places.Count];
        int needless = 0;
        for (int i = 0; i < acceptances.Length; i++)
        {
            int upload = _uploadOfUser[places[i]];
            acceptances[i] = new Acceptance(
                upload,
                Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(_users[places[i]]))),
                upload > 0 && _uploads[upload - 1].AnswerLost);
            needless += i > 0 && acceptances[i].Sha256 == acceptances[i - 1].Sha256 && !acceptances[i - 1].AnswerLost ? 1 : 0;
        }

        JsonElement last = _users[places[^1]];
        return new StagedRecord(new ScimUser(last).Id, acceptances, needless, last);
    }
}
