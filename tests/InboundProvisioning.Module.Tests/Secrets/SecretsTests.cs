using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Secrets;

/// <summary>
/// Every flow with -Verbose and -Debug, the failing ones included: no token, secret, assertion, code or password shows in a stream, an object, an
/// error with its causes, the host or a file, and none goes to another host. <see cref="SeenTextsTests"/> proves that one which shows is found.
/// </summary>
[Collection(EnvironmentCollection.Name)]
public sealed class SecretsTests : IAsyncLifetime
{
    private const string App = "-TenantId $emulator.TenantId -ClientId $emulator.ClientId";
    private const string Certificate = App + " -CertificatePath $emulator.CertificatePath -CertificatePassword $certificatePassword";
    private const string Secret = App + " -ClientSecret $clientSecret";
    private const string Credential = "-TenantId $emulator.TenantId -ClientSecretCredential $credential";
    private const string Federated = App + " -FederatedTokenPath $emulator.FederatedTokenPath";
    private const string Identity = "-Identity";
    private const string DeviceCode = App + " -UseDeviceCode";

    private const string Mistyped = "typed-by-the-user-and-wrong";

    private readonly SeenTexts _seen = new();
    private readonly TemporaryDirectory _folder = new();
    private readonly TemporaryDirectory _usersFolder = new();
    private readonly RecordingListener _elsewhere = new();
    private EmulatedService _emulator = null!;
    private EmulatedSession _service = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatedService.StartAsync(new EmulatorOptions
        {
            Limits = LimitMode.Off,
            Roles = ServiceCalls.Roles,
            ManagedIdentityRoles = ServiceCalls.Roles,
            ApproveDeviceCodes = true,
            DeviceCodeInterval = TimeSpan.Zero,
            NotFoundAfterInstantiate = 0,
        });
        _service = _emulator.OpenSession();
        _service.Run(
            """
            $null = $ExecutionContext.SessionState.Path.SetLocation($folder)
            $env:IDENTITY_ENDPOINT = $emulator.ManagedIdentityEndpoint; $env:IDENTITY_HEADER = $emulator.ManagedIdentityHeader
            $PSDefaultParameterValues['*:Verbose'] = $true; $PSDefaultParameterValues['*:Debug'] = $true
            $PSDefaultParameterValues['*:WarningAction'] = 'Continue' # -Debug alone asks at each warning.
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            """,
            ("folder", _folder.Path),
            ("credential", new PSCredential(_service.Address.ClientId.ToString(), EmulatedService.Secure(_service.Address.ClientSecret))),
            ("payload", Payload.Of("a"))).ThrowIfFailed();
    }

    public async Task DisposeAsync()
    {
        _service.Run("$env:IDENTITY_ENDPOINT = $null; $env:IDENTITY_HEADER = $null");
        _service.Dispose();
        await _emulator.DisposeAsync();
        await _elsewhere.DisposeAsync();
        _folder.Dispose();
        _usersFolder.Dispose();
    }

    [Theory]
    [InlineData(Certificate)]
    [InlineData(Secret)]
    [InlineData(Credential)]
    [InlineData(Federated)]
    [InlineData(Identity)]
    [InlineData(Identity + " -ClientId $emulator.UserAssignedClientId")]
    [InlineData(DeviceCode)]
    public void A_sign_in_and_its_renewal_show_no_secret(string parameters)
    {
        Run($"Connect-InboundProvisioning {parameters} @private @job; Get-InboundProvisioningContext -All; Get-InboundProvisioningContext | Out-Default").ThrowIfFailed();
        _emulator.Host.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.ExpireToken });
        Run("$payload | Send-ScimBulkPayload; Get-InboundProvisioningContext").ThrowIfFailed();
        Run($"Disconnect-InboundProvisioning; $payload | Send-ScimBulkPayload {parameters} @private @job; Get-ProvisioningJob {parameters} @private @job").ThrowIfFailed();

        Assert.Equal(1, Assert.Single(_emulator.Host.Faults).Struck);
        Assert.Equal(2, _service.Staged.Length);
        AssertNothingShows();
    }

    [Theory]
    [InlineData(Certificate)]
    [InlineData(Secret)]
    [InlineData(Credential)]
    [InlineData(Federated)]
    [InlineData(Identity)]
    [InlineData(DeviceCode)]
    public void A_sign_in_that_fails_shows_no_secret_and_goes_nowhere_else(string parameters)
    {
        Fault[] faults =
        [
            new() { Path = "/token", Status = 400 },
            new() { Path = "/token", Status = 401 },
            new() { Path = "/token", Status = 307, Action = FaultAction.Redirect, Location = _elsewhere.Url },
            new() { Path = "/token", Action = FaultAction.Redirect, Location = _elsewhere.Url },
            new() { Path = "/token", Action = FaultAction.ResetAfterAccept },
            new() { Path = "/token", Action = FaultAction.Truncate },
        ];
        int failures = 0;
        foreach (Fault fault in faults)
        {
            _emulator.Host.ClearFaults();
            _emulator.Host.AddFaults(fault);
            failures += Run($"Connect-InboundProvisioning {parameters} @private @job").Failure is null ? 0 : 1;
            Assert.Equal(1, Assert.Single(_emulator.Host.Faults).Struck);
        }

        Assert.InRange(failures, 4, faults.Length);
        Assert.Equal(0, _elsewhere.Connections);
        AssertNothingShows();
    }

    [Theory]
    [InlineData(App + " -ClientSecret $wrong", "SignInFailed")]
    [InlineData("-TenantId $emulator.TenantId -ClientSecretCredential $wrongCredential", "SignInFailed")]
    [InlineData(App + " -CertificatePath $emulator.CertificatePath -CertificatePassword $wrong", "CertificatePasswordWrong")]
    [InlineData(App + " -FederatedTokenPath $strangersToken", "SignInFailed")]
    [InlineData(App + " -FederatedTokenPath $noToken", "FederatedTokenInvalid")]
    [InlineData("-AccessToken $expired", "AccessTokenExpired")]
    [InlineData("-AccessToken $brokenToken", "AccessTokenInvalid")]
    [InlineData("-Identity -ClientId 6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", "SignInFailed")]
    [InlineData(App + " -ClientSecret $clientSecret -Proxy \"http://u:$mistyped@127.0.0.1\"", "ProxyInvalid")]
    public void What_the_user_gives_wrong_is_not_shown_back(string parameters, string errorId)
    {
        string expired = $"eyJhbGciOiJub25lIn0.{Base64Url("{\"exp\":1000000000}")}.{Base64Url(Mistyped)}";
        string stranger = _emulator.Host.NewFederatedToken(subject: "a-stranger");
        (string, object?)[] given =
        [
            ("wrong", EmulatedService.Secure(Mistyped)),
            ("wrongCredential", new PSCredential(_service.Address.ClientId.ToString(), EmulatedService.Secure(Mistyped))),
            ("strangersToken", _usersFolder.Write("stranger", stranger)),
            ("noToken", _usersFolder.Write("none", Mistyped)),
            ("expired", EmulatedService.Secure(expired)),
            ("brokenToken", EmulatedService.Secure(Mistyped + " " + Mistyped)),
            ("mistyped", Mistyped),
        ];

        PowerShellResult result = Run($"Connect-InboundProvisioning {parameters} @private @job", given);
        PowerShellResult own = Run($"$payload | Send-ScimBulkPayload {parameters} @private @job", given);

        Assert.Equal([errorId, errorId], new[] { result, own }.Select(run => run.Failure?.FullyQualifiedErrorId.Split(',')[0]));
        AssertNothingShows(Mistyped, expired, stranger);
    }

    [Fact]
    public void A_given_token_is_not_shown_whether_it_works_or_is_refused()
    {
        Run("Connect-InboundProvisioning @secretSignIn @job").ThrowIfFailed();
        string token = _emulator.Host.ExchangedSecrets.Single(secret => secret.StartsWith("eyJ", StringComparison.Ordinal));
        (string, object?) given = ("token", EmulatedService.Secure(token));

        Run("Connect-InboundProvisioning -AccessToken $token @private @job; Get-InboundProvisioningContext; $payload | Send-ScimBulkPayload", given).ThrowIfFailed();
        _emulator.Host.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.ExpireToken });
        PowerShellResult refused = Run("$payload | Send-ScimBulkPayload");

        Assert.Contains(refused.Errors.Append(refused.Failure), error => error?.FullyQualifiedErrorId.StartsWith("AccessTokenRefused", StringComparison.Ordinal) == true);
        AssertNothingShows();
    }

    [Fact]
    public void A_device_code_that_nothing_comes_of_is_not_shown()
    {
        _emulator.Host.AddFaults(new Fault { Path = "/devicecode", Status = 503 }, new Fault { Path = "/token", Status = 400 });

        Assert.NotNull(Run($"Connect-InboundProvisioning {DeviceCode} @private").Failure);

        Assert.All(_emulator.Host.Faults, fault => Assert.Equal(1, fault.Struck));
        AssertNothingShows();
    }

    [Theory]
    [InlineData("http://identity.example/msi/token")]
    [InlineData("http://10.0.0.4:2377/msi/token")]
    [InlineData("http://127.0.0.1.evil.example/msi/token")]
    public void A_managed_identity_endpoint_elsewhere_is_refused_and_its_header_not_shown(string endpoint)
    {
        PowerShellResult result = Run("$env:IDENTITY_ENDPOINT = $endpoint; Connect-InboundProvisioning -Identity @private @job", ("endpoint", endpoint));

        Assert.Equal("ManagedIdentityEndpointRefused", result.Failure?.FullyQualifiedErrorId.Split(',')[0]);
        AssertNothingShows();
    }

    [Fact]
    public void Every_cmdlet_works_without_showing_a_secret()
    {
        Run("Connect-InboundProvisioning @secretSignIn @job").ThrowIfFailed();
        Prepare();

        foreach (string call in ServiceCalls.Of(_service.Session))
        {
            Run(call).ThrowIfFailed();
            Run($"{call} | Out-Default").ThrowIfFailed();
        }

        Assert.NotEmpty(Directory.GetFiles(_folder.Path));
        AssertNothingShows();
    }

    [Theory]
    [InlineData("403")]
    [InlineData("404")]
    [InlineData("503")]
    [InlineData("truncate")]
    [InlineData("expireToken")]
    [InlineData("redirect")]
    [InlineData("reset")]
    public void Every_cmdlet_fails_without_showing_a_secret_and_goes_nowhere_else(string kind)
    {
        Fault fault = kind switch
        {
            "truncate" => new() { Path = "/v1.0/", Action = FaultAction.Truncate },
            "expireToken" => new() { Path = "/v1.0/", Action = FaultAction.ExpireToken, Count = 2 },
            "redirect" => new() { Path = "/v1.0/", Action = FaultAction.Redirect, Status = 307, Location = _elsewhere.Url },
            "reset" => new() { Path = "/v1.0/", Action = FaultAction.Reset },
            _ => new() { Path = "/v1.0/", Status = int.Parse(kind, null) },
        };
        Run("Connect-InboundProvisioning @secretSignIn @job").ThrowIfFailed();
        Prepare();
        var succeeded = new List<string>();

        foreach (string call in ServiceCalls.Of(_service.Session))
        {
            _emulator.Host.ClearFaults();
            _emulator.Host.AddFaults(fault);
            PowerShellResult result = Run(call);
            Assert.InRange(Assert.Single(_emulator.Host.Faults).Struck, 1, fault.Count);
            if (result.Failure is null && result.Errors.Count == 0)
            {
                succeeded.Add(call);
            }
        }

        // A fault that passes is tried again; the others end the cmdlet, where it does not do without the call.
        bool passes = kind is "503" or "reset" or "truncate";
        Assert.True(passes || succeeded.Count <= 3, string.Join(Environment.NewLine, succeeded));
        Assert.Equal(0, _elsewhere.Connections);
        AssertNothingShows();
    }

    private PowerShellResult Run(string script, params (string Name, object? Value)[] variables)
    {
        PowerShellResult result = _service.Run(script, variables);
        _seen.Add(result);
        return result;
    }

    private void Prepare() =>
        Run("Export-ProvisioningSchema -Path before.json; $schema = 'before.json'; " + ServiceCalls.Preparation).ThrowIfFailed();

    private void AssertNothingShows(params string[] given)
    {
        _seen.Add(_service.Session);
        _seen.AddFiles(_folder.Path);
        string[] secrets =
        [
            .. _emulator.Host.ExchangedSecrets, _service.Address.ClientSecret, _service.Address.CertificatePassword,
            _service.Address.ManagedIdentityHeader, File.ReadAllText(_service.Address.FederatedTokenPath), .. given,
        ];

        Assert.Empty(_seen.PlacesOf(secrets));
    }

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
