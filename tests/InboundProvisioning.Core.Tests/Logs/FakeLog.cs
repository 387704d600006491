using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Graph;

namespace InboundProvisioning.Core.Tests.Logs;

/// <summary>
/// Provisioning logs as the documentation describes them: filters with eq, gt and lt joined by and, $orderby by time, $top, and a
/// link to the next page. Anything else is a 400.
/// </summary>
internal sealed class FakeLog
{
    private const string Url = "https://graph.microsoft.com/v1.0/auditLogs/provisioning?";

    public List<FakeLogEvent> Events { get; } = [];

    /// <summary>What was asked for: filter, order, page size and skip token.</summary>
    public List<IReadOnlyDictionary<string, string>> Queries { get; } = [];

    /// <summary>The filters that were asked with, without the job and without pages after the first.</summary>
    public IReadOnlyList<string> Filters =>
        [.. Queries.Where(query => !query.ContainsKey("$skiptoken")).Select(query => query["$filter"].Replace("jobId eq 'job'", string.Empty, StringComparison.Ordinal))];

    /// <summary>Pages that this says are not there any more.</summary>
    public Func<int, bool> IsExpired { get; set; } = _ => false;

    public Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        Dictionary<string, string> query = request.RequestUri!.Query.TrimStart('?').Split('&')
            .Select(part => part.Split('=', 2)).ToDictionary(part => Uri.UnescapeDataString(part[0]), part => Uri.UnescapeDataString(part[1]));
        Queries.Add(query);
        int skip = query.TryGetValue("$skiptoken", out string? token) ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        if (skip > 0 && IsExpired(Queries.Count))
        {
            return Task.FromResult(FakeService.Response(400, FakeService.Error("BadRequest", "Skip token is expired.")));
        }

        IEnumerable<FakeLogEvent> found = Events.Where(Filter(query["$filter"]));
        found = query["$orderby"] switch
        {
            "activityDateTime desc" => found.OrderByDescending(item => item.Time),
            "activityDateTime asc" => found.OrderBy(item => item.Time),
            _ => throw new InvalidOperationException(query["$orderby"]),
        };
        List<FakeLogEvent> all = [.. found];
        int top = int.Parse(query["$top"], CultureInfo.InvariantCulture);
        string next = skip + top < all.Count
            ? ",\"@odata.nextLink\":" + JsonSerializer.Serialize(
                Url + string.Join('&', query.Where(part => part.Key != "$skiptoken").Select(part => part.Key + "=" + Uri.EscapeDataString(part.Value)))
                    + "&$skiptoken=" + (skip + top).ToString(CultureInfo.InvariantCulture))
            : string.Empty;
        return Task.FromResult(FakeService.Response(200, "{\"value\":[" + string.Join(',', all.Skip(skip).Take(top).Select(item => item.Json)) + "]" + next + "}"));
    }

    private static Func<FakeLogEvent, bool> Filter(string filter)
    {
        List<Func<FakeLogEvent, bool>> terms = [];
        string rest = filter + " and ";
        while (rest.Length > 0)
        {
            Match match = Regex.Match(rest, "^(?<name>[A-Za-z/]+) (?<operator>eq|gt|lt) (?:'(?<text>(?:[^']|'')*)'|(?<time>[0-9TZ:.-]+)) and ");
            if (!match.Success)
            {
                throw new InvalidOperationException("Not documented: " + rest);
            }

            terms.Add(Term(match.Groups["name"].Value, match.Groups["operator"].Value, match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal), match.Groups["time"].Value));
            rest = rest[match.Length..];
        }

        return item => terms.TrueForAll(term => term(item));
    }

    private static Func<FakeLogEvent, bool> Term(string name, string comparison, string text, string time)
    {
        if (name == "activityDateTime")
        {
            var bound = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
            return comparison == "gt" ? item => item.Time > bound : item => item.Time < bound;
        }

        return name switch
        {
            "jobId" => _ => text == "job",
            "cycleId" => item => item.CycleId == text,
            "sourceIdentity/id" => item => item.SourceId == text,
            "provisioningStatusInfo/status" => item => item.Status == text,
            "provisioningAction" => item => item.Action == text,
            _ => throw new InvalidOperationException(name),
        };
    }
}
