using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Storage.Blobs.Specialized;
using InboundProvisioning.Azurite;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Graph;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;

namespace InboundProvisioning.KillCampaign;

/// <summary>Nights that are killed, one after the other, on one state and one emulator; then nights that are let alone; then the judgement.</summary>
public sealed class Campaign
{
    private const int Company = 500;
    private const int MostCompletions = 20;
    private const int NothingToDo = 10;
    private const string UploadPath = "bulkUpload";
    private const string Container = "provisioning";
    private const string Blob = "state.db";

    // A killed run cannot give its lease up, which runs out by itself within a minute: so it goes each so many kills, and is broken otherwise.
    private const int KillsThatWait = 20;

    private readonly Random _random;
    private readonly People _people;
    private readonly EmulatorHost _emulator;
    private readonly string _folder;
    private readonly string _file;
    private readonly string _state;
    private readonly AzuriteServer? _azurite;
    private readonly StateLocation _location;
    private readonly HashSet<string> _doubtful = [];
    private readonly KillCounts _counts = new();
    private TimeSpan _usual;

    private Campaign(int seed, EmulatorHost emulator, string folder, AzuriteServer? azurite, ServiceConnection connection)
    {
        _random = new Random(seed);
        _people = new People(_random, Company);
        _emulator = emulator;
        _folder = folder;
        _file = Path.Combine(folder, "hr.csv");
        _azurite = azurite;
        _state = azurite is null ? Path.Combine(folder, "state.db") : azurite.SignedUrl(Container, Blob);
        _location = azurite is null ? _state : BlobStates.Locate(_state, connection);
    }

    /// <summary>Kills so many runs.</summary>
    /// <param name="kills">How many.</param>
    /// <param name="seed">What decides on all that is random but the machine.</param>
    /// <param name="report">Is told how many are done, now and then; or null.</param>
    /// <param name="inBlob">Whether the state is a blob, in Azurite.</param>
    public static async Task<KillCounts> RunAsync(int kills, int seed, Action<int>? report = null, bool inBlob = false)
    {
        string folder = Directory.CreateTempSubdirectory("InboundProvisioning.KillCampaign-").FullName;
        await using EmulatorHost emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });
        await using AzuriteServer? azurite = inBlob ? await AzuriteServer.StartAsync(emulator.Address.CaCertificatePath, emulator.WriteServerCertificate) : null;
        using ServiceConnection connection = Night.Connect(emulator.Address);
        try
        {
            if (azurite is not null)
            {
                await azurite.CreateContainerAsync(Container);
            }

            var campaign = new Campaign(seed, emulator, folder, azurite, connection);
            await campaign.RunAsync(kills, report);
            return campaign._counts;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task RunAsync(int kills, Action<int>? report)
    {
        NewNight();
        await MeasureAsync();
        NewNight();
        while (_counts.Kills < kills)
        {
            _emulator.ClearFaults();
            _emulator.AddFaults([.. Faults()]);
            await KillAsync();
            if (_counts.Kills % 50 == 0)
            {
                report?.Invoke(_counts.Kills);
            }

            if (_random.Next(2) == 0)
            {
                NewNight();
            }
        }

        _emulator.ClearFaults();
        await CompleteAsync();
        Judge();
    }

    // How long a run takes on this machine, so that kills strike all of it.
    private async Task MeasureAsync()
    {
        var clock = Stopwatch.StartNew();
        using Process night = Start();
        await night.WaitForExitAsync();
        RequireGoodEnd(night);
        _usual = clock.Elapsed;
    }

    private void NewNight()
    {
        _counts.Nights++;
        _counts.Changes += _people.Change();
        _people.Write(_file);
    }

    private IEnumerable<Fault> Faults()
    {
        int count = _random.Next(3);
        for (int i = 0; i < count; i++)
        {
            yield return _random.Next(4) switch
            {
                0 => new Fault { Path = UploadPath, Action = FaultAction.ResetAfterAccept },
                1 => new Fault { Path = UploadPath, Action = FaultAction.Reset },
                2 => new Fault { Path = UploadPath, Action = FaultAction.Slow, DelayMs = _random.Next(200) },
                _ => new Fault { Path = UploadPath, Status = 503 },
            };
        }
    }

    private async Task KillAsync()
    {
        using Process night = Start();

        // A third at any time; the others after so many requests of the run were accepted, and a little later.
        int before = _emulator.Uploads.Count;
        int requests = _random.Next(3) == 0 ? int.MaxValue : _random.Next(5);
        TimeSpan latest = requests == int.MaxValue ? _usual * _random.NextDouble() * 1.2 : TimeSpan.FromMinutes(1);
        var clock = Stopwatch.StartNew();
        while (!night.HasExited && clock.Elapsed < latest && _emulator.Uploads.Count - before < requests)
        {
            await Task.Delay(1);
        }

        if (requests != int.MaxValue)
        {
            await Task.Delay(_random.Next(20));
        }

        if (night.HasExited)
        {
            _counts.EndedFirst++;
            RequireGoodEnd(night);
            return;
        }

        night.Kill();
        await night.WaitForExitAsync();
        _counts.Kills++;
        Note();
        if (_azurite is not null && _counts.Kills % KillsThatWait != 0)
        {
            await BreakLeaseAsync(_azurite);
        }
    }

    private static async Task BreakLeaseAsync(AzuriteServer azurite)
    {
        try
        {
            await azurite.Blob(Container, Blob).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 409)
        {
            // There is none.
        }
    }

    private void Note()
    {
        if (!StateAccess.Exists(_location, CancellationToken.None))
        {
            _counts.KilledBeforeState++;
            return;
        }

        try
        {
            using SqliteState state = _azurite is null ? SqliteState.Open(_state, writes: true, checks: true) : StateAccess.OpenToRead(_location, checks: true);
            IReadOnlyList<OutboxRequest> doubtful = state.InDoubt();
            _counts.KillsInDoubt += doubtful.Count > 0 ? 1 : 0;
            _counts.InDoubt += doubtful.Count;
            _doubtful.UnionWith(doubtful.Select(static request => Convert.ToHexString(SHA256.HashData(request.Body)).ToUpperInvariant()));
        }
        catch (InboundProvisioningException fault)
        {
            _counts.Violations.Add($"kill {_counts.Kills}: {fault.ErrorId}: {fault.Message}");
        }
    }

    private async Task CompleteAsync()
    {
        for (int i = 0; i < MostCompletions; i++)
        {
            using Process night = Start();
            await night.WaitForExitAsync();
            _counts.Completions++;
            RequireGoodEnd(night);
            if (night.ExitCode == NothingToDo)
            {
                return;
            }
        }

        _counts.Violations.Add($"{MostCompletions} runs did not come to an end");
    }

    // No hand is ever needed after a crash.
    private void RequireGoodEnd(Process night)
    {
        if (night.ExitCode is not (0 or NothingToDo))
        {
            _counts.Violations.Add($"after {_counts.Kills} kills a run ended with {night.ExitCode}: {night.StandardOutput.ReadToEnd()} {night.StandardError.ReadToEnd()}");
        }
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [typeof(Campaign).Assembly.Location, .. Night.Arguments(_file, _state, _emulator.Address)])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,

        // What a killed run leaves goes with the campaign.
        Environment = { ["TMPDIR"] = _folder },
    })!;

    private void Judge()
    {
        Dictionary<string, StagedRecord> records = _emulator.Records.ToDictionary(static record => record.ExternalId);
        foreach ((string id, (string title, bool isActive)) in _people.Now)
        {
            if (!records.TryGetValue(id, out StagedRecord? record))
            {
                _counts.Violations.Add($"{id} was lost");
            }
            else if (Text(record.Data, "title") != title || record.Data.GetProperty("active").GetBoolean() != isActive)
            {
                _counts.Violations.Add($"{id}: the last change was lost");
            }
        }

        Dictionary<int, AcceptedUpload> uploads = _emulator.Uploads.ToDictionary(static upload => upload.Number);
        _counts.Accepted = uploads.Count;
        var seen = new Dictionary<string, AcceptedUpload>(StringComparer.OrdinalIgnoreCase);
        foreach (AcceptedUpload upload in uploads.Values.OrderBy(static upload => upload.Number))
        {
            if (seen.TryGetValue(upload.Sha256, out AcceptedUpload? first))
            {
                _counts.AcceptedTwice++;
                if (!first.AnswerLost && !_doubtful.Contains(first.Sha256.ToUpperInvariant()))
                {
                    _counts.Violations.Add($"upload {upload.Number} is upload {first.Number} again, whose answer had arrived");
                }
            }

            seen[upload.Sha256] = upload;
        }

        foreach (StagedRecord record in records.Values)
        {
            JudgeRecord(record, uploads);
        }
    }

    // The same record in another request.
    private void JudgeRecord(StagedRecord record, Dictionary<int, AcceptedUpload> uploads)
    {
        for (int i = 1; i < record.Acceptances.Count; i++)
        {
            Acceptance before = record.Acceptances[i - 1];
            Acceptance now = record.Acceptances[i];
            if (before.Sha256 == now.Sha256 && uploads[before.Upload].Sha256 != uploads[now.Upload].Sha256)
            {
                _counts.Violations.Add($"{record.ExternalId} was sent again unchanged, with upload {now.Upload} after {before.Upload}");
            }
        }
    }

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
