using System;
using System.Linq;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The query options that a call takes: https://learn.microsoft.com/graph/query-parameters
/// Any other is refused: a client that asked for something must not take an answer without it for the right one.
/// </summary>
internal sealed record QueryOptions(params string[] Taken)
{
    private static readonly string[] System =
        ["$count", "$expand", "$filter", "$format", "$orderby", "$search", "$select", "$skip", "$skiptoken", "$top"];

    private static readonly QueryOptions None = new();

    /// <summary>The refusal of an option that the call does not take, or null.</summary>
    public static GraphError? Refuse(HttpContext context)
    {
        QueryOptions options = context.GetEndpoint()?.Metadata.GetMetadata<QueryOptions>() ?? None;
        return context.Request.Query.Keys.FirstOrDefault(name => IsOption(name) && !options.Taken.Contains(name)) is { } unknown
            ? GraphError.BadRequest($"The query parameter '{unknown}' is not supported.")
            : null;
    }

    /// <summary>Also one without its dollar sign, which Graph reads as an option in some places.</summary>
    private static bool IsOption(string name) =>
        name.StartsWith('$') || System.Contains($"${name}", StringComparer.OrdinalIgnoreCase);
}
