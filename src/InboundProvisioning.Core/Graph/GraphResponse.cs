using System;
using System.Text.Json;
using InboundProvisioning.Http;

namespace InboundProvisioning.Graph;

/// <summary>The answer to a call, read to its end.</summary>
internal sealed record GraphResponse
{
    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>The body; empty where there is none.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Whether the body had more than is taken of such an answer.</summary>
    public bool IsCut { get; init; }

    /// <summary>Header <c>request-id</c>: each answer of Microsoft Graph has one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The <c>client-request-id</c> that the call was sent with.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Header <c>Location</c>.</summary>
    public Uri? Location { get; init; }

    /// <summary>When the answer was made, by the service's clock and to the second (header <c>Date</c>); by ours where it does not say.</summary>
    public DateTimeOffset AnsweredOn { get; init; }

    /// <summary>How long the service asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many attempts it took.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>From the first attempt, waits for limits and retries included, to the answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the service did what was asked.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Reads the body; the caller disposes it.</summary>
    /// <exception cref="InboundProvisioningException"><c>AnswerNotUnderstood</c>: it is no JSON object.</exception>
    public JsonDocument ReadJson()
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(Body);
        }
        catch (JsonException)
        {
            throw NotUnderstood(ForeignAnswer.IsPage(Body) ? "a page" : "something that is not JSON");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw NotUnderstood("something that is not an object");
        }

        return document;
    }

    /// <summary>The fault of an answer that is a success by its status, and not what the call is for.</summary>
    /// <param name="what">What came, as in "something that is not a collection".</param>
    public InboundProvisioningException NotUnderstood(string what) => new(
        "AnswerNotUnderstood",
        FaultKind.Connection,
        $"Microsoft Graph answered {Status} with {what}. {(RequestId is null ? ForeignAnswer.Describe(Body) : "Check -GraphEndpoint.")} (request-id {RequestId ?? "none"})");
}
