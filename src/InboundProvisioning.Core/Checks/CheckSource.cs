using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Applications;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Checks;

/// <summary>
/// What a run checks its records by: what is given, and else what the tenant tells. A call is made only where the token may make it, and what is
/// not told is done without: a check is no reason for a run to fail.
/// </summary>
public sealed class CheckSource
{
    private readonly Action<string> _say;
    private readonly IProgress<RetryNotice>? _notices;

    /// <param name="say">Takes what could not be looked up, in a sentence.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    public CheckSource(Action<string> say, IProgress<RetryNotice>? notices)
    {
        _say = say;
        _notices = notices;
    }

    /// <summary>The mappings that are given; null for those of the job.</summary>
    public JobMappings? Mappings { get; init; }

    /// <summary>The domains that are given; null for those of the tenant.</summary>
    public IReadOnlyCollection<string>? VerifiedDomains { get; init; }

    /// <summary>The directory that the job writes to; null for what its id says, and Entra ID where that is not known.</summary>
    public TargetSystem? Target { get; init; }

    /// <summary>The rules that are not applied.</summary>
    public IReadOnlyCollection<string> ExcludedRules { get; init; } = [];

    /// <summary>Reads what is not given.</summary>
    /// <param name="connection">The connection; null where there is none.</param>
    /// <param name="target">The job as far as it is named.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<CheckOptions> ReadAsync(ServiceConnection? connection, ProvisioningTarget target, CancellationToken cancellationToken)
    {
        JobMappings? mappings = Mappings;
        IReadOnlyCollection<string>? domains = VerifiedDomains;
        if (connection is not null && (mappings is null || domains is null))
        {
            using GraphClient graph = connection.CreateGraphClient(new RetrySettings { Retries = 1 }, TimeProvider.System);
            mappings ??= target.IsNamed ? await TryAsync("the mappings of the job", () => ReadMappingsAsync(connection, graph, target, cancellationToken)).ConfigureAwait(false) : null;
            domains ??= await TryAsync("the verified domains of the tenant", () => ReadDomainsAsync(connection, graph, cancellationToken)).ConfigureAwait(false);
        }

        return Of(mappings, domains, target);
    }

    /// <summary>What is given, without a connection.</summary>
    public CheckOptions ReadGiven() => Of(Mappings, VerifiedDomains, ProvisioningTarget.None);

    private CheckOptions Of(JobMappings? mappings, IReadOnlyCollection<string>? domains, ProvisioningTarget target) => new()
    {
        Mappings = mappings ?? JobMappings.Default(Target ?? JobMappings.TargetOf(target.JobId) ?? TargetSystem.EntraId),
        VerifiedDomains = domains,
        ExcludedRules = ExcludedRules,
    };

    private async Task<JobMappings?> ReadMappingsAsync(ServiceConnection connection, GraphClient graph, ProvisioningTarget target, CancellationToken cancellationToken)
    {
        if ((await JobAccess.OfAsync(connection.Tokens, cancellationToken).ConfigureAwait(false)).MayRead == false)
        {
            _say($"The mappings of the job may not be read ({GraphPermissions.ReadSynchronization}), so records are checked by those of a new job, and none is held back for them. -ProvisioningSchema gives them.");
            return null;
        }

        ProvisioningJobAddress job = await target.LocateAsync(graph, _notices, cancellationToken).ConfigureAwait(false);
        JobMappings? found = null;
        await new ProvisioningJobLocator(graph).WithObjectIdAsync(
            job,
            async known =>
            {
                found = await new CheckLookup(graph, _notices).ReadMappingsAsync(known, Target, cancellationToken).ConfigureAwait(false);
                return known;
            },
            _notices,
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    private async Task<IReadOnlyCollection<string>?> ReadDomainsAsync(ServiceConnection connection, GraphClient graph, CancellationToken cancellationToken)
    {
        if (await CheckLookup.MayReadDomainsAsync(connection.Tokens, cancellationToken).ConfigureAwait(false) == false)
        {
            _say($"The verified domains of the tenant may not be read ({GraphPermissions.ReadDomains}), so sign-in names may be in any. -VerifiedDomain gives them.");
            return null;
        }

        return await new CheckLookup(graph, _notices).ReadVerifiedDomainsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T?> TryAsync<T>(string what, Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (InboundProvisioningException fault)
        {
            _say($"The check of the records goes on without {what}: {fault.Message}");
            return null;
        }
    }
}
