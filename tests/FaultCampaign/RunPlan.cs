using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Scim;

namespace InboundProvisioning.FaultCampaign;

/// <summary>
/// What one run sends and which faults strike meanwhile, all from one number: the same number gives the same run. A record is
/// known by its externalId and a version; a person may have several, in requests of their own and in this order.
/// </summary>
public sealed class RunPlan
{
    private const int SlowBeyondTheTimeLimit = 2500;

    private readonly Random _random;
    private readonly List<Fault> _faults = [];
    private readonly List<BulkRequestDocument> _requests = [];
    private readonly HashSet<string> _bad = [];

    /// <param name="seed">The seed of the campaign.</param>
    /// <param name="number">The number of the run.</param>
    /// <param name="now">The service's time, for the dates of Retry-After.</param>
    public RunPlan(int seed, int number, DateTimeOffset now)
    {
        // Not HashCode: it differs between processes.
        _random = new Random(unchecked((seed * 1_000_003) + number));
        Name = string.Create(CultureInfo.InvariantCulture, $"r{number}-");
        AddRequests();
        AddFaults(now);
    }

    /// <summary>The start of all externalIds of the run.</summary>
    public string Name { get; }

    /// <summary>The requests, in their order.</summary>
    public IReadOnlyList<BulkRequestDocument> Requests => _requests;

    /// <summary>The faults, in their order.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>The records that the service refuses.</summary>
    public IReadOnlySet<string> Bad => _bad;

    /// <summary>The records of a request, as <c>externalId/version</c>.</summary>
    public static IEnumerable<string> RecordsOf(BulkRequestDocument request) => request.Operations.Select(static operation => operation.BulkId!);

    private void AddRequests()
    {
        int requests = _random.Next(2, 9);
        int next = 0;
        bool again = _random.Next(2) == 0;
        for (int request = 0; request < requests; request++)
        {
            List<string> people = [.. Enumerable.Range(0, _random.Next(1, 9)).Select(_ => Name + (next++).ToString(CultureInfo.InvariantCulture))];
            if (again && next > 1)
            {
                string known = Name + _random.Next(next).ToString(CultureInfo.InvariantCulture);
                if (!people.Contains(known))
                {
                    people.Add(known);
                }
            }

            int bad = people.Count >= 3 && _random.Next(10) == 0 ? _random.Next(people.Count) : -1;
            _requests.Add(Request(request, people, bad));
        }
    }

    private BulkRequestDocument Request(int number, List<string> people, int bad)
    {
        var json = new StringBuilder("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[""");
        for (int i = 0; i < people.Count; i++)
        {
            string record = string.Create(CultureInfo.InvariantCulture, $"{people[i]}/{number}");
            if (i == bad)
            {
                _bad.Add(record);
            }

            json.Append(i == 0 ? string.Empty : ",").Append(
                $$$"""{"method":"POST","bulkId":"{{{record}}}","path":"{{{(i == bad ? "/Nowhere" : "/Users")}}}","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"{{{people[i]}}}","title":"{{{record}}}","active":true}}""");
        }

        json.Append("""],"failOnErrors":null}""");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json.ToString()));
        return BulkRequestDocumentReader.Read(stream, string.Create(CultureInfo.InvariantCulture, $"{Name}{number}.json")).Single();
    }

    private void AddFaults(DateTimeOffset now)
    {
        for (int i = _random.Next(0, 7); i > 0; i--)
        {
            _faults.Add(NextFault(now));
        }

        if (_random.Next(20) == 0)
        {
            // Longer than all retries of a request: the run ends, and what it names as not sent is sent again.
            _faults.Add(new Fault { Path = "bulkUpload", Count = _random.Next(8, 30), Status = 503 });
        }
    }

    private Fault NextFault(DateTimeOffset now)
    {
        string? path = _random.Next(4) == 0 ? null : "bulkUpload";
        int count = _random.Next(1, 4);
        switch (_random.Next(9))
        {
            case 0:
                return new Fault { Path = path, Count = count, Action = FaultAction.Reset };
            case 1:
                return new Fault { Path = path, Count = 1, Action = FaultAction.ResetAfterAccept };
            case 2:
                return new Fault { Path = path, Count = 1, Action = FaultAction.Truncate };
            case 3:
                bool tooSlow = _random.Next(30) == 0;
                return new Fault { Path = "bulkUpload", Count = tooSlow ? 1 : count, Action = FaultAction.Slow, DelayMs = tooSlow ? SlowBeyondTheTimeLimit : _random.Next(1, 25) };
            case 4:
                if (_random.Next(2) == 0)
                {
                    _faults.Add(new Fault { Path = "/oauth2/v2.0/token", Count = 1, Status = 503 });
                }

                return new Fault { Path = path, Count = 1, Action = FaultAction.ExpireToken };
            case 5:
                return new Fault { Path = path, Count = count, Status = 502 };

            // Not at sign-in: MSAL keeps to a Retry-After by the real clock.
            case 6:
                return new Fault { Path = "bulkUpload", Count = count, Status = 504, RetryAfter = NextRetryAfter(now) };
            case 7:
                return new Fault { Path = "bulkUpload", Count = count, Status = 503, RetryAfter = NextRetryAfter(now) };
            default:
                return new Fault { Path = "bulkUpload", Count = count, Status = 429, RetryAfter = NextRetryAfter(now) };
        }
    }

    private string? NextRetryAfter(DateTimeOffset now) => _random.Next(7) switch
    {
        0 => null,
        1 => "0",
        2 => "1",
        3 => _random.Next(2, 20).ToString(CultureInfo.InvariantCulture),
        4 => _random.NextDouble().ToString("0.000", CultureInfo.InvariantCulture),
        5 => now.AddSeconds(_random.Next(-2, 10)).ToString("R", CultureInfo.InvariantCulture),
        _ => "soon",
    };
}
