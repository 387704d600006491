using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// Sending to an emulator with the documented limits that takes 300 milliseconds for each call: how many of the 40 calls that each 5
/// seconds allow are used, and how many are refused. The first 40 calls need not wait, so they are measured alone and taken off.
/// </summary>
internal static class SendBenchmark
{
    private const int Unlimited = 40;
    private const int Requests = 400;

    public static void Run()
    {
        (double atOnce, _) = Send(Unlimited);
        (double seconds, int refused) = Send(Requests);
        Report.Line(
            string.Create(CultureInfo.InvariantCulture, $"{Requests} requests sent at 300 ms"),
            string.Create(CultureInfo.InvariantCulture, $"{(Requests - Unlimited) / (seconds - atOnce) * 5:F1} calls in 5 s, {refused} refused"),
            "39 of 40, 0 refused");
    }

    private static (double Seconds, int Refused) Send(int requests)
    {
        using var emulator = new EmulatorProcess("--latency-ms", "300");
        double seconds = Pwsh.Run($$$"""
            Import-Module '{{{Pwsh.ModulePath}}}'
            {{{EmulatorProcess.ConnectScript(emulator.Address)}}}
            $payloads = foreach ($i in 1..{{{requests}}}) {
                '{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","bulkId":"1","path":"/Users",' +
                '"data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"' + $i + '","active":true}}],"failOnErrors":null}'
            }
            Write-Figure seconds (Measure-Seconds { $payloads | Send-ScimBulkPayload })
            """)["seconds"].Single();
        return (seconds, emulator.Get("/emulator/requests").GetProperty("refusedCalls").GetInt32());
    }
}
