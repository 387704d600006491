using System;
using System.Diagnostics;
using System.Threading.Tasks;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator;

/// <summary>One line a request on standard error.</summary>
internal static class RequestReport
{
    public static async Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        long start = Stopwatch.GetTimestamp();
        string outcome = "failed";
        try
        {
            await next(context);
            outcome = $"{context.Response.StatusCode}";
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            outcome = fault.ToString();
            throw;
        }
        finally
        {
            await Console.Error.WriteLineAsync(
                $"{context.Request.Method} {context.Request.Path} {outcome} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        }
    }
}
