using Microsoft.AspNetCore.Builder;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>Says on a route which query options the call takes.</summary>
internal static class QueryOptionsExtensions
{
    public static void Takes(this RouteHandlerBuilder route, params string[] options) => route.WithMetadata(new QueryOptions(options));
}
