using System;
using System.Globalization;

using InboundProvisioning.Emulator.Certificates;

namespace InboundProvisioning.Emulator;

/// <summary>What the command line asks for.</summary>
internal sealed record CommandLine
{
    public const string Usage =
        """
        A local stand-in for Microsoft Entra API-driven inbound provisioning, on loopback only.
        Prints one line of JSON with its address and credentials, then serves until stopped.

        Usage: InboundProvisioning.Emulator [options]
          --port N                      the port, 0 for any free one (default 0)
          --server-key ecdsa|rsa        the keys of the TLS certificate and its authority; Mono reads RSA only (default ecdsa)
          --limits documented|off       refuse calls past the documented limits (default documented)
          --license P1|Governance       2,000 or 6,000 calls in 24 hours (default P1)
          --calls-per-day N             uploads in 24 hours, in place of the licence's figure
          --latency-ms N                hold each answer back for N milliseconds (default 0)
          --roles A,B                   the application permissions that tokens of the API client carry
          --managed-identity-roles A,B  those of the managed identities (default none)
          --not-found-calls N           calls to a new service principal that do not find it (default 2)
          --scopes A,B                  the delegated permissions that the API client has consent for (default all)
          --approve-device-codes        the user signs in as soon as a device code is issued
          --device-code-interval N      seconds between two questions about a device code (default 5)
          --cycle-seconds N             run the jobs every N seconds; 0: only on POST /emulator/cycle (default 0)
          --log-delay-seconds N         show events in the provisioning logs N seconds after they happened (default 0)
          --verified-domains A,B        the domains that sign-in names may have (default contoso.com and those of Microsoft's examples)
          --data-dir PATH               keep the tenant, its credentials, users and logs there over a restart; it holds the emulator's secrets
          --until-stdin-closes          stop when standard input ends, for a script that starts the emulator
          --verbose                     one line a request on standard error
          --help                        this text
        """;

    private const int MostSeconds = 1_000_000;

    public EmulatorOptions Options { get; private init; } = new();

    public bool UntilStdinCloses { get; private init; }

    public bool Help { get; private init; }

    /// <exception cref="FormatException">An option is unknown, or its value is missing or wrong. The message says which.</exception>
    public static CommandLine Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new CommandLine();
        for (int i = 0; i < arguments.Length; i++)
        {
            string option = arguments[i];
            EmulatorOptions options = parsed.Options;
            parsed = option switch
            {
                "--port" => parsed with { Options = options with { Port = Number(option, Value(arguments, ref i), 65_535) } },
                "--server-key" => parsed with { Options = options with { ServerKey = Choice<ServerKeyType>(option, Value(arguments, ref i)) } },
                "--limits" => parsed with { Options = options with { Limits = Choice<LimitMode>(option, Value(arguments, ref i)) } },
                "--license" => parsed with { Options = options with { License = Choice<TenantLicense>(option, Value(arguments, ref i)) } },
                "--calls-per-day" => parsed with
                {
                    Options = options with { CallsPerDay = Number(option, Value(arguments, ref i), int.MaxValue) },
                },
                "--latency-ms" => parsed with
                {
                    Options = options with { Latency = TimeSpan.FromMilliseconds(Number(option, Value(arguments, ref i), int.MaxValue)) },
                },
                "--roles" => parsed with { Options = options with { Roles = List(Value(arguments, ref i)) } },
                "--managed-identity-roles" => parsed with { Options = options with { ManagedIdentityRoles = List(Value(arguments, ref i)) } },
                "--not-found-calls" => parsed with
                {
                    Options = options with { NotFoundAfterInstantiate = Number(option, Value(arguments, ref i), 1_000) },
                },
                "--scopes" => parsed with { Options = options with { Scopes = List(Value(arguments, ref i)) } },
                "--approve-device-codes" => parsed with { Options = options with { ApproveDeviceCodes = true } },
                "--device-code-interval" => parsed with
                {
                    Options = options with { DeviceCodeInterval = TimeSpan.FromSeconds(Number(option, Value(arguments, ref i), 60)) },
                },
                "--cycle-seconds" => parsed with
                {
                    Options = options with { CycleInterval = TimeSpan.FromSeconds(Number(option, Value(arguments, ref i), MostSeconds)) },
                },
                "--log-delay-seconds" => parsed with
                {
                    Options = options with { LogDelay = TimeSpan.FromSeconds(Number(option, Value(arguments, ref i), MostSeconds)) },
                },
                "--verified-domains" => parsed with { Options = options with { VerifiedDomains = List(Value(arguments, ref i)) } },
                "--data-dir" => parsed with { Options = options with { DataDirectory = Value(arguments, ref i) } },
                "--until-stdin-closes" => parsed with { UntilStdinCloses = true },
                "--verbose" => parsed with { Options = options with { Verbose = true } },
                "--help" or "-h" => parsed with { Help = true },
                _ => throw new FormatException($"Unknown option '{option}'."),
            };
        }

        return parsed;
    }

    private static string Value(ReadOnlySpan<string> arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new FormatException($"Option '{arguments[i - 1]}' needs a value.");

    private static int Number(string option, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            ? number
            : throw new FormatException($"Option '{option}' takes a whole number from 0 to {most}, not '{value}'.");

    private static string[] List(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static T Choice<T>(string option, string value)
        where T : struct, Enum
    {
        foreach (T choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), value, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw new FormatException($"Option '{option}' takes {string.Join(" or ", Enum.GetNames<T>())}, not '{value}'.");
    }
}
