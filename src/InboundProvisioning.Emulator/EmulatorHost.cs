using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Certificates;
using InboundProvisioning.Emulator.Cycles;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Emulator.Graph;
using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Inspection;
using InboundProvisioning.Emulator.Logs;
using InboundProvisioning.Emulator.MachineIdentity;
using InboundProvisioning.Emulator.Persistence;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Throttling;
using InboundProvisioning.Emulator.Time;
using InboundProvisioning.Emulator.Tokens;
using InboundProvisioning.Emulator.Users;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InboundProvisioning.Emulator;

/// <summary>
/// A local stand-in for the documented service: the authority that issues tokens, and the part of Microsoft Graph that inbound provisioning
/// uses, over HTTPS on the loopback interface. It follows Microsoft's published pages, not any client. Disposing it stops it and deletes its files.
/// </summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    /// <summary>How many events a cycle has in <see cref="AddProvisioningEvents"/>, when nothing else is said.</summary>
    public const int DefaultEventsPerCycle = 1_000;

    private readonly EmulatorOptions _options;
    private readonly Tenant _tenant;
    private readonly TenantApplications _applications;
    private readonly UserDirectory _users;
    private readonly ProvisioningLog _log;
    private readonly ServiceClock _clock;
    private readonly CycleRunner _cycles;
    private readonly ITimer? _cycleTimer;
    private readonly SigningKey _signingKey;
    private readonly StagedUsers _staged = new();
    private readonly UploadCalls _calls;
    private readonly FaultList _faults = new();
    private readonly RevokedTokens _revoked = new();
    private readonly ExchangedSecrets _secrets = new();
    private readonly LostAnswers _lost;
    private readonly FederatedIssuer _federated;
    private readonly RefusedSignIns _refusedSignIns = new();
    private readonly string _managedIdentityHeader;
    private readonly StateSaver? _saver;
    private readonly CertificateFiles _files;
    private readonly X509Certificate2 _serverCertificate;
    private readonly WebApplication _application;

    private EmulatorHost(EmulatorOptions options)
    {
        _options = options;
        StateDirectory? directory = options.DataDirectory is { } path ? new StateDirectory(path) : null;
        EmulatorState? kept = directory?.Load();
        _clock = new ServiceClock(options.Clock, kept?.ClockAhead ?? TimeSpan.Zero);
        _tenant = kept is null ? new Tenant() : new Tenant(kept.Tenant);
        _signingKey = kept is null ? new SigningKey() : SigningKey.Load(kept.Keys.SigningKeyId, kept.Keys.SigningKey);
        _managedIdentityHeader = kept?.Keys.ManagedIdentityHeader ?? Tenant.NewSecret();
        _applications = kept is null
            ? new TenantApplications(_tenant, options.Roles, options.ManagedIdentityRoles, _clock.GetUtcNow())
            : new TenantApplications(kept.Applications);
        _users = new UserDirectory(options.VerifiedDomains);
        _log = new ProvisioningLog(_clock, options.LogDelay);
        _cycles = new CycleRunner(_tenant.Id, _applications, _users, _log, _clock);
        _calls = new UploadCalls(
            IsLimited,
            options.CallsPerDay
                ?? (options.License == TenantLicense.Governance ? UploadCalls.CallsInOneDayWithGovernance : UploadCalls.CallsInOneDayWithP1),
            _clock);
        _lost = new LostAnswers(_calls, _staged);

        foreach (UserState user in kept?.Users ?? [])
        {
            _users.Add(DirectoryUser.Load(user));
        }

        _log.Load(kept?.Events ?? []);
        _staged.Load(kept?.Staged ?? []);

        LoopbackSockets sockets = LoopbackSockets.Bind(options.Port, kept?.Port ?? 0);
        LoopbackSockets plainSockets = LoopbackSockets.Bind(0, kept?.PlainPort ?? 0);
        using CertificateAuthority authority = kept is null
            ? new CertificateAuthority(options.ServerKey)
            : CertificateAuthority.Load(kept.Keys.Authority, options.ServerKey);
        string certificatePassword = kept?.Keys.CertificatePassword ?? Tenant.NewSecret();
        _serverCertificate = authority.IssueLoopbackCertificate();
        _files = new CertificateFiles(authority.Certificate, _tenant.Client.Certificate, certificatePassword, directory?.FullName);

        string baseUrl = $"https://localhost:{sockets.Port}";
        string plainUrl = $"http://127.0.0.1:{plainSockets.Port}";
        _federated = new FederatedIssuer($"{baseUrl}{FederationEndpoints.Path}", _signingKey, options.Clock);
        _files.WriteFederatedToken(_federated.Issue());
        Address = new EmulatorAddress
        {
            Graph = baseUrl,
            Authority = baseUrl,
            TenantId = _tenant.Id,
            ClientId = _tenant.Client.ClientId,
            ClientSecret = _tenant.Client.Secret,
            CertificatePath = _files.ClientPath,
            CertificatePassword = certificatePassword,
            CaCertificatePath = _files.AuthorityPath,
            ServicePrincipalId = _tenant.ServicePrincipalId,
            AppId = _tenant.AppId,
            JobId = _tenant.JobId,
            FederatedTokenPath = _files.FederatedTokenPath,
            ManagedIdentityEndpoint = plainUrl + ManagedIdentityEndpoints.AppServicePath,
            ManagedIdentityHeader = _managedIdentityHeader,
            ImdsHost = plainUrl,
            SystemAssignedPrincipalId = _tenant.SystemAssignedIdentity.ServicePrincipalId,
            UserAssignedPrincipalId = _tenant.UserAssignedIdentity.ServicePrincipalId,
            UserAssignedClientId = _tenant.UserAssignedIdentity.ClientId,
            UserAssignedResourceId = _tenant.UserAssignedIdentity.ResourceId!,
        };
        if (directory is not null)
        {
            var keys = new KeyState(
                authority.Export(), certificatePassword, _signingKey.Id, _signingKey.Key.ExportPkcs8PrivateKey(), _managedIdentityHeader);
            _saver = new StateSaver(() => directory.Save(ToState(sockets.Port, plainSockets.Port, keys)));
            _saver.Changed();
        }

        _application = Build(sockets, plainSockets);
        if (options.CycleInterval > TimeSpan.Zero)
        {
            _cycleTimer = _clock.CreateTimer(_ => RunCycleAndWait(), null, options.CycleInterval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Where the emulator listens, and the credentials that it takes.</summary>
    public EmulatorAddress Address { get; }

    /// <summary>What <c>GET /emulator/requests</c> answers.</summary>
    public UploadCounts Requests => _calls.Counts;

    /// <summary>What <c>GET /emulator/quota</c> answers.</summary>
    public DailyQuota Quota => _calls.Quota;

    /// <summary>The accepted uploads since the start, in their order: what <c>GET /emulator/uploads</c> answers.</summary>
    public IReadOnlyList<AcceptedUpload> Uploads => _staged.Uploads;

    /// <summary>What was staged for each person, in the order of their first record: what <c>GET /emulator/records</c> answers.</summary>
    public IReadOnlyList<StagedRecord> Records => _staged.Records();

    /// <summary>The users of the directory as their source knows them: what <c>GET /emulator/directory</c> answers.</summary>
    public IReadOnlyList<DirectoryEntry> Directory => _users.ToEntries();

    /// <summary>The time at the service: that of <see cref="EmulatorOptions.Clock"/>, and what it was moved on by <see cref="AdvanceClock"/>.</summary>
    public DateTimeOffset UtcNow => _clock.GetUtcNow();

    /// <summary>The users that <c>GET /emulator/staged</c> answers: each operation's <c>data</c>, in the order of acceptance.</summary>
    public IReadOnlyList<JsonElement> StagedUsers => _staged.ToList();

    /// <summary>The faults that were given, those that are used up among them, in their order: what <c>GET /emulator/faults</c> answers.</summary>
    public IReadOnlyList<FaultCount> Faults => _faults.ToList();

    /// <summary>
    /// The users of the uploads that were accepted and whose answer did not reach the client: what <c>GET /emulator/lost</c> answers.
    /// Only they may be staged more than once.
    /// </summary>
    public IReadOnlyList<JsonElement> UsersOfLostAnswers => _lost.ToList();

    /// <summary>
    /// Every token and code that was issued, and every secret, assertion, code and code verifier that a token request presented: what must show
    /// nowhere at the client. Values only, in no order.
    /// </summary>
    public IReadOnlyCollection<string> ExchangedSecrets => _secrets.ToList();

    /// <summary>
    /// Completes with the first accepted upload whose answer is lost. A fault drops it before the client notices; that the client has gone by
    /// itself is noticed just after.
    /// </summary>
    public Task LostAnswer() => _lost.First;

    /// <summary>
    /// Moves the service's time on, as <c>POST /emulator/clock?advance=…</c> does: limits, cycles, retries, quarantines and logs. Tokens and
    /// certificates do not follow. A cycle that is due by then runs once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, or of a hundred years.</exception>
    public void AdvanceClock(TimeSpan step)
    {
        _clock.Advance(step);
        _saver?.Changed();
    }

    /// <summary>What was staged for one person, or null.</summary>
    /// <param name="externalId">The externalId, in any case.</param>
    public StagedRecord? Record(string externalId) => _staged.Records(externalId).SingleOrDefault();

    /// <summary>Has faults strike the next calls, after those that wait already, as <c>POST /emulator/faults</c> does.</summary>
    /// <exception cref="ArgumentException">A fault makes no sense; none is added.</exception>
    public void AddFaults(params IReadOnlyList<Fault> faults) => _faults.Add(faults);

    /// <summary>Takes all faults away, as <c>DELETE /emulator/faults</c> does. Tokens that one made expire stay refused.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Has the next visit to the authorization endpoint end with an error, as <c>POST /emulator/signin?error=…</c> does.</summary>
    /// <param name="error">The OAuth error that the client is told (RFC 6749 section 4.1.2.1).</param>
    public void RefuseNextSignIn(string error = "access_denied") => _refusedSignIns.Add(error);

    /// <summary>A token of the federated issuer. It is accepted when nothing but its lifetime is given.</summary>
    /// <param name="subject">Another <c>sub</c>.</param>
    /// <param name="audience">Another <c>aud</c>.</param>
    /// <param name="issuer">Another <c>iss</c>.</param>
    /// <param name="lifetime">Another lifetime than an hour; negative for a token that has expired.</param>
    public string NewFederatedToken(string? subject = null, string? audience = null, string? issuer = null, TimeSpan? lifetime = null) =>
        _federated.Issue(subject, audience, issuer, lifetime);

    /// <summary>Puts a new token into the file <see cref="EmulatorAddress.FederatedTokenPath"/>, as platforms do before the old one expires.</summary>
    /// <param name="token">The token; null for a new one that is accepted.</param>
    public void WriteFederatedToken(string? token = null) => _files.WriteFederatedToken(token ?? _federated.Issue());

    /// <summary>Writes the TLS certificate of this emulator and its key as PEM files, for another server on this machine that clients are to trust too.</summary>
    /// <param name="certificatePath">The certificate.</param>
    /// <param name="keyPath">The key, without a password.</param>
    public void WriteServerCertificate(string certificatePath, string keyPath)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)_serverCertificate.GetECDsaPrivateKey() ?? _serverCertificate.GetRSAPrivateKey()!;
        File.WriteAllText(certificatePath, _serverCertificate.ExportCertificatePem() + "\n");
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Starts an emulator. It listens when the task completes.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    /// <exception cref="System.IO.InvalidDataException">The data directory holds a state that the emulator did not write.</exception>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var host = new EmulatorHost(options ?? new EmulatorOptions());
        try
        {
            await host._application.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The users of the directory: what <c>GET /emulator/users</c> answers.</summary>
    public IReadOnlyList<JsonObject> Users => _users.ToJson();

    /// <summary>
    /// Runs the jobs that are active once, as <c>POST /emulator/cycle</c> does: what is staged becomes users, and events in the provisioning logs.
    /// </summary>
    /// <param name="jobId">Only this job; null for all.</param>
    /// <returns>One result for each job that ran.</returns>
    public IReadOnlyList<CycleResult> RunCycle(string? jobId = null)
    {
        IReadOnlyList<CycleResult> results = _cycles.Run(jobId);
        _saver?.Changed();
        return results;
    }

    /// <summary>Adds made-up events of the provisioning app's job to the provisioning logs, as <c>POST /emulator/logs</c> does.</summary>
    /// <param name="count">How many. The last is of now; they are some 200 bytes each.</param>
    /// <param name="eventsPerCycle">How many each cycle has. Cycles are 40 minutes apart.</param>
    public void AddProvisioningEvents(int count, int eventsPerCycle = DefaultEventsPerCycle)
    {
        EnterpriseApplication application = Application(Address.ServicePrincipalId);
        LoggedJob job = _cycles.Logged(application, application.Jobs[0]);
        _log.Load(GeneratedEvents.Of(job, count, eventsPerCycle, _clock.GetUtcNow()));
        _saver?.Changed();
    }

    /// <summary>An application of the tenant, by its service principal's object id.</summary>
    internal EnterpriseApplication Application(Guid servicePrincipalId) => _applications.Find(servicePrincipalId.ToString())!;

    /// <summary>Stops the emulator and deletes its certificate files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_cycleTimer is not null)
        {
            await _cycleTimer.DisposeAsync();
        }

        await _application.DisposeAsync();
        if (_saver is not null)
        {
            await _saver.DisposeAsync();
        }

        _files.Dispose();
        _serverCertificate.Dispose();
        _signingKey.Dispose();
        _tenant.Dispose();
    }

    private bool IsLimited => _options.Limits == LimitMode.Documented;

    private EmulatorState ToState(int port, int plainPort, KeyState keys)
    {
        EmulatorState? state = null;

        // While no job runs and no upload is staged: a user is either pending or processed.
        _cycles.Between(() => state = _staged.Between(staged => new EmulatorState(
            port,
            plainPort,
            _tenant.ToState(),
            keys,
            [.. _applications.All.Select(application => application.ToState())],
            [.. staged],
            _users.ToState(),
            _log.ToList(),
            _clock.Ahead)));
        return state!;
    }

    /// <summary>Whatever is not a reading call may have changed something.</summary>
    private async Task SaveChangesAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (!HttpMethods.IsGet(context.Request.Method))
            {
                _saver!.Changed();
            }
        }
    }

    private void RunCycleAndWait()
    {
        RunCycle();
        _cycleTimer!.Change(_options.CycleInterval, Timeout.InfiniteTimeSpan);
    }

    private WebApplication Build(LoopbackSockets sockets, LoopbackSockets plainSockets)
    {
        // The empty builder reads no settings file and no environment: an emulator is what its options say.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_options.Clock);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddRoutingCore();

        // The services do not escape quotes and non-ASCII text; nothing here is read by a browser.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<SocketTransportOptions>(transport =>
            transport.CreateBoundListenSocket = endPoint =>
                (((System.Net.IPEndPoint)endPoint).Port == sockets.Port ? sockets : plainSockets).Take(endPoint));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (System.Net.IPAddress address in sockets.Addresses)
            {
                kestrel.Listen(address, sockets.Port, listen => listen.UseHttps(_serverCertificate));
            }

            foreach (System.Net.IPAddress address in plainSockets.Addresses)
            {
                kestrel.Listen(address, plainSockets.Port);
            }
        });

        WebApplication application = builder.Build();
        application.Use(DateAsync);
        if (_options.Verbose)
        {
            application.Use(RequestReport.WriteAsync);
        }

        var urls = new AuthorityUrls(Address.Authority, _tenant.Id);
        var tokens = new AccessTokens(_tenant, urls, Address.Graph, _signingKey, _revoked, _applications, _secrets, _options.Clock);
        var managedIdentity = new ManagedIdentityEndpoints(_tenant, tokens, _managedIdentityHeader, plainSockets.Port, _options.Clock);
        application.Use(managedIdentity.SeparateAsync);
        if (_saver is not null)
        {
            application.Use(SaveChangesAsync);
        }

        application.Use(HoldBackAsync);
        application.Use(_secrets.RecordAsync);
        var faults = new FaultInjection(_faults, _revoked, _calls, _lost, _options.Clock);
        application.UseWhen(context => !IsInspection(context), struck => struck.Use(faults.AnswerAsync));
        var authorization = new GraphAuthorization(tokens, urls);
        application.Use(new BatchRequests(authorization).AnswerAsync);
        application.Use(new AlternateKeys(_applications).ResolveAsync);
        application.UseRouting();
        managedIdentity.Map(application);
        var deviceCodes = new DeviceCodes(_options.DeviceCodeInterval, _options.ApproveDeviceCodes, _secrets, _options.Clock);
        var scopes = new DelegatedScopes(_tenant, _applications, Address.Graph, _options.Scopes);
        new AuthorityEndpoints(_tenant, urls, tokens, scopes, deviceCodes, _federated, _signingKey, _refusedSignIns, _secrets, _options.Clock)
            .Map(application);
        new GraphEndpoints(
            _tenant,
            _applications,
            new FreshApplications(_options.NotFoundAfterInstantiate),
            authorization,
            _log,
            new ReportCalls(IsLimited, _clock),
            _calls,
            _staged,
            _lost,
            _options.VerifiedDomains,
            _options.Clock,
            _clock).Map(application, Address.Graph);
        new InspectionEndpoints(_calls, _staged, _lost).Map(application);
        new RecordEndpoints(_staged, _users).Map(application);
        new ClockEndpoints(_clock, AdvanceClock).Map(application);
        new FaultEndpoints(_faults).Map(application);
        new FederationEndpoints(_federated).Map(application);
        new SignInEndpoints(deviceCodes, _refusedSignIns).Map(application);
        new CycleEndpoints(
            RunCycle, _users, (count, eventsPerCycle) => AddProvisioningEvents(count, eventsPerCycle ?? DefaultEventsPerCycle)).Map(application);
        return application;
    }

    /// <summary>An answer is dated by the clock of the service (RFC 9110 section 6.6.1), as its logs are: a client compares the two.</summary>
    private Task DateAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Date = _clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Delays the answer, not the work: a call counts and its users are staged when it arrives.</summary>
    private Task HoldBackAsync(HttpContext context, RequestDelegate next)
    {
        if (_options.Latency > TimeSpan.Zero && !IsInspection(context))
        {
            context.Response.OnStarting(() => Task.Delay(_options.Latency, _options.Clock, context.RequestAborted));
        }

        return next(context);
    }

    private static bool IsInspection(HttpContext context) => context.Request.Path.StartsWithSegments(InspectionEndpoints.Prefix);
}
