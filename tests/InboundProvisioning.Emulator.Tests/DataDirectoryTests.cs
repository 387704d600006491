using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Certificates;
using InboundProvisioning.Emulator.Persistence;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>What survives a restart with <c>--data-dir</c>.</summary>
public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("emulator-data-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_client_goes_on_where_it_was()
    {
        EmulatorAddress address;
        string token;
        HttpClient client;
        await using (RunningEmulator first = await StartAsync())
        {
            address = first.Address;
            token = await first.SignInAsync();
            client = RunningEmulator.ClientTrusting(address);
        }

        await using RunningEmulator second = await StartAsync();

        Assert.Equal(address.ToJson(), second.Address.ToJson());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{second.Address.Graph}{second.Jobs}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.NotEqual("", await second.SignInAsync());
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(second.Address.CertificatePath, address.CertificatePassword);
        Assert.True(certificate.HasPrivateKey);
        client.Dispose();
    }

    [Fact]
    public async Task Jobs_staged_users_the_directory_the_schema_and_the_logs_survive()
    {
        JsonNode logs;
        JsonNode users;
        JsonNode job;
        JsonNode schema;
        await using (RunningEmulator first = await StartAsync())
        {
            await first.UploadAsync(Bulk.Request("1").ToJsonString());
            await first.UploadAsync(Bulk.WithData(user => user["userName"] = "nobody"));
            first.Host.RunCycle();
            first.Host.AddProvisioningEvents(50, 20);
            await PutSchemaAsync(first);
            await PostAsync(first, "pause");
            await first.UploadAsync(Bulk.Request("2").ToJsonString());
            logs = await ReadAsync(first, "/v1.0/auditLogs/provisioning?$top=100");
            job = await ReadAsync(first, $"{first.Jobs}/{first.Address.JobId}");
            schema = await ReadAsync(first, $"{first.Jobs}/{first.Address.JobId}/schema");
            users = JsonNode.Parse((await first.InspectAsync("users")).GetRawText())!;
        }

        await using RunningEmulator second = await StartAsync();

        Same(logs, await ReadAsync(second, "/v1.0/auditLogs/provisioning?$top=100"));
        Same(job, await ReadAsync(second, $"{second.Jobs}/{second.Address.JobId}"));
        Same(schema, await ReadAsync(second, $"{second.Jobs}/{second.Address.JobId}/schema"));
        Same(users, JsonNode.Parse((await second.InspectAsync("users")).GetRawText())!);
        Assert.Equal(["1", "701984", "2"], second.Host.StagedUsers.Select(user => user.GetProperty("externalId").GetString()));

        await PostAsync(second, "start");
        second.Host.AdvanceClock(TimeSpan.FromHours(6)); // when the failed record is tried again
        Cycles.CycleResult cycle = Assert.Single(second.Host.RunCycle());
        Assert.Equal((2, 1, 1), (cycle.Imported, cycle.Exported, cycle.Failed));
        Assert.Equal(["1", "2"], second.Host.Users.Select(user => user["employeeId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_taken_port_is_not_needed_again()
    {
        int port;
        await using (RunningEmulator first = await StartAsync())
        {
            port = new Uri(first.Address.Graph).Port;
        }

        await using EmulatorHost other = await EmulatorHost.StartAsync(new EmulatorOptions { Port = port });
        await using RunningEmulator second = await StartAsync();

        Assert.NotEqual(port, new Uri(second.Address.Graph).Port);
    }

    [Fact]
    public async Task The_state_is_for_the_current_user_only_and_a_half_written_one_does_not_matter()
    {
        Guid tenant;
        await using (RunningEmulator first = await StartAsync())
        {
            tenant = first.Address.TenantId;
        }

        string state = Path.Combine(_directory.FullName, "data", "state.json");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(state));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(state)!));
        }

        await File.WriteAllTextAsync($"{state}.new", "{\"port\":");
        await using RunningEmulator second = await StartAsync();
        Assert.Equal(tenant, second.Address.TenantId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"port\":true}")]
    public async Task A_file_that_is_no_state_is_an_error_that_names_it(string text)
    {
        DirectoryInfo data = _directory.CreateSubdirectory("data");
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "state.json"), text);

        Assert.Contains("state.json", (await Assert.ThrowsAsync<InvalidDataException>(StartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_saved_soon_and_changes_during_a_save_share_the_next()
    {
        using var saving = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        int saves = 0;
        await using (var saver = new StateSaver(() =>
        {
            Interlocked.Increment(ref saves);
            saving.Release();
            goOn.Wait();
        }))
        {
            saver.Changed();
            await saving.WaitAsync();
            saver.Changed();
            saver.Changed();
            saver.Changed();
            goOn.Release(10);
            await saving.WaitAsync();
        }

        Assert.Equal(3, saves);
    }

    [Fact]
    public async Task Other_keys_replace_the_kept_authority_and_the_same_ones_keep_it()
    {
        async Task<string> AuthorityWithAsync(ServerKeyType type)
        {
            await using RunningEmulator emulator = await StartAsync(type);
            Assert.Equal(200, (await emulator.GetAsync(emulator.Jobs)).Status);
            return await File.ReadAllTextAsync(emulator.Address.CaCertificatePath);
        }

        string first = await AuthorityWithAsync(ServerKeyType.Ecdsa);
        string second = await AuthorityWithAsync(ServerKeyType.Rsa);

        Assert.NotEqual(first, second);
        Assert.Equal(second, await AuthorityWithAsync(ServerKeyType.Rsa));
    }

    private Task<RunningEmulator> StartAsync() => StartAsync(ServerKeyType.Ecdsa);

    private Task<RunningEmulator> StartAsync(ServerKeyType key) => RunningEmulator.StartAsync(new EmulatorOptions
    {
        ServerKey = key,
        Limits = LimitMode.Off,
        DataDirectory = Path.Combine(_directory.FullName, "data"),
        Roles = ["SynchronizationData-User.Upload", "Synchronization.ReadWrite.All", "ProvisioningLog.Read.All", "Application.Read.All"],
    });

    private static void Same(JsonNode expected, JsonNode actual) => Assert.Equal(expected.ToJsonString(), actual.ToJsonString());

    private static async Task<JsonNode> ReadAsync(RunningEmulator emulator, string path)
    {
        Answer answer = await emulator.GetAsync(path);
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Body)!;
    }

    private static async Task PostAsync(RunningEmulator emulator, string action) => Assert.Equal(204, (await emulator.SendAsync(
        await emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Post, $"{emulator.Jobs}/{emulator.Address.JobId}/{action}")))).Status);

    private static async Task PutSchemaAsync(RunningEmulator emulator)
    {
        string path = $"{emulator.Jobs}/{emulator.Address.JobId}/schema";
        JsonNode schema = await ReadAsync(emulator, path);
        schema["nobodyKnows"] = new JsonObject { ["x"] = 1.5 };
        Answer put = await emulator.SendAsync(await emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Put, path)
        {
            Content = new StringContent(schema.ToJsonString(), Encoding.UTF8, "application/json"),
        }));
        Assert.Equal(204, put.Status);
    }
}
