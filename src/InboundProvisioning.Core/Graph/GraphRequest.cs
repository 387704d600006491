using System.Net.Http;

namespace InboundProvisioning.Graph;

/// <summary>A call of Microsoft Graph v1.0, with what its faults are explained by.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the version, with its query; always on the configured host.</param>
/// <param name="Purpose">What the call does, as in "Uploading to job 'x'": messages start with it.</param>
/// <param name="Permission">The application permission that the call needs: the remedy of a 403.</param>
/// <param name="Subject">What the call looks for: the remedy of a 404.</param>
internal sealed record GraphRequest(HttpMethod Method, string Path, string Purpose, string Permission, string Subject)
{
    // A page of 1,000 events and a schema have some MB at most.
    private const int LargestRead = 32 * 1024 * 1024;

    // An app or a job that was made, of some KB.
    private const int LargestAction = 4 * 1024 * 1024;

    /// <summary>The body, or null.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The limits that each attempt of the call counts against, or null.</summary>
    public CallLimits? Limits { get; init; }

    /// <summary>The most bytes of an answer that is a success; what the service gives is far below it. An error has a bound of its own.</summary>
    public int LargestAnswer { get; init; } = Method == HttpMethod.Get ? LargestRead : LargestAction;

    /// <summary>The one status that means that the service has done it; null where any success does.</summary>
    public int? SuccessStatus { get; init; }

    /// <summary>
    /// Whether it makes something anew each time: it is not repeated when its answer was lost, only when the service did not take it.
    /// </summary>
    public bool MakesSomething { get; init; }
}
