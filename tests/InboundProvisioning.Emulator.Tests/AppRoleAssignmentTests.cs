using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Giving application permissions: https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments</summary>
public sealed class AppRoleAssignmentTests : IAsyncLifetime
{
    private const string GraphByAppId = "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";

    private RunningEmulator _emulator = null!;

    private Guid Identity => _emulator.Address.SystemAssignedPrincipalId;

    private string Assignments => $"/v1.0/servicePrincipals/{Identity}/appRoleAssignments";

    public async Task InitializeAsync() => _emulator =
        await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"] });

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task A_permission_is_given_once_and_stands_in_the_next_token()
    {
        (Guid graph, Guid role) = await RoleAsync("SynchronizationData-User.Upload");

        Answer answer = await GrantAsync(Identity, graph, role);

        Assert.Equal(201, answer.Status);
        JsonElement made = answer.Json;
        Assert.Equal(role, made.GetProperty("appRoleId").GetGuid());
        Assert.Equal(Identity, made.GetProperty("principalId").GetGuid());
        Assert.Equal(graph, made.GetProperty("resourceId").GetGuid());
        Assert.Equal("ServicePrincipal", made.GetProperty("principalType").GetString());
        Assert.Equal("Microsoft Graph", made.GetProperty("resourceDisplayName").GetString());
        Assert.True(made.TryGetProperty("createdDateTime", out _) && made.TryGetProperty("principalDisplayName", out _));
        Assert.Equal(["SynchronizationData-User.Upload"], await RolesInTokenAsync());
        Assert.Equal(
            "Permission being assigned already exists on the object", (await GrantAsync(Identity, graph, role)).GraphMessage(400, "Request_BadRequest"));
    }

    [Fact]
    public async Task A_permission_is_listed_and_taken_away_again()
    {
        (Guid graph, Guid role) = await RoleAsync("ProvisioningLog.Read.All");
        string id = (await GrantAsync(Identity, graph, role)).Json.GetProperty("id").GetString()!;

        JsonElement listed = Assert.Single((await _emulator.GetAsync(Assignments)).Json.GetProperty("value").EnumerateArray());
        Assert.Equal(id, listed.GetProperty("id").GetString());
        Assert.Contains(
            (await _emulator.GetAsync($"{GraphByAppId}/appRoleAssignedTo")).Json.GetProperty("value").EnumerateArray(),
            assignment => assignment.GetProperty("id").GetString() == id);
        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, $"{Assignments}/{id}", "")).Status);
        Assert.Empty(await RolesInTokenAsync());
    }

    [Fact]
    public async Task A_permission_is_given_from_the_side_of_the_resource_too()
    {
        (Guid graph, Guid role) = await RoleAsync("SynchronizationData-User.Upload");

        Answer answer = await SendAsync(HttpMethod.Post, $"{GraphByAppId}/appRoleAssignedTo", Body(Identity, graph, role));

        Assert.Equal(201, answer.Status);
        Assert.Equal(["SynchronizationData-User.Upload"], await RolesInTokenAsync());
    }

    [Fact]
    public async Task What_does_not_fit_together_is_refused()
    {
        (Guid graph, Guid role) = await RoleAsync("SynchronizationData-User.Upload");

        (await SendAsync(HttpMethod.Post, Assignments, Body(_emulator.Address.UserAssignedPrincipalId, graph, role))).GraphMessage(400, "Request_BadRequest");
        (await GrantAsync(Identity, graph, Guid.NewGuid())).GraphMessage(400, "Request_BadRequest");
        (await GrantAsync(Identity, Guid.NewGuid(), role)).GraphMessage(404, "Request_ResourceNotFound");
        (await SendAsync(HttpMethod.Post, Assignments, "{}")).GraphMessage(400, "Request_BadRequest");
        (await SendAsync(HttpMethod.Post, $"/v1.0/servicePrincipals/{Guid.NewGuid()}/appRoleAssignments", Body(Identity, graph, role)))
            .GraphMessage(404, "Request_ResourceNotFound");
    }

    [Theory]
    [InlineData("AppRoleAssignment.ReadWrite.All")]
    [InlineData("Application.Read.All")]
    public async Task Both_documented_permissions_are_needed(string role)
    {
        await using RunningEmulator limited = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = [role] });

        Answer answer = await limited.SendAsync(await limited.AuthorizedAsync(new HttpRequestMessage(
            HttpMethod.Post, $"/v1.0/servicePrincipals/{limited.Address.SystemAssignedPrincipalId}/appRoleAssignments")));

        answer.GraphMessage(403, "Authorization_RequestDenied");
    }

    private async Task<(Guid Graph, Guid Role)> RoleAsync(string value)
    {
        JsonElement graph = (await _emulator.GetAsync($"{GraphByAppId}?$select=id,appRoles")).Json;
        JsonElement role = graph.GetProperty("appRoles").EnumerateArray().Single(role => role.GetProperty("value").GetString() == value);
        return (graph.GetProperty("id").GetGuid(), role.GetProperty("id").GetGuid());
    }

    private async Task<string[]> RolesInTokenAsync()
    {
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{_emulator.Address.ManagedIdentityEndpoint}?api-version=2019-08-01&resource={Uri.EscapeDataString(_emulator.Address.Graph)}");
        request.Headers.Add("X-IDENTITY-HEADER", _emulator.Address.ManagedIdentityHeader);
        JsonElement claims = Jwt.Claims((await _emulator.SendAsync(request)).Json.GetProperty("access_token").GetString()!);
        return [.. claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)];
    }

    private Task<Answer> GrantAsync(Guid principal, Guid resource, Guid role) => SendAsync(HttpMethod.Post, Assignments, Body(principal, resource, role));

    private static string Body(Guid principal, Guid resource, Guid role) =>
        JsonSerializer.Serialize(new { principalId = principal, resourceId = resource, appRoleId = role });

    private async Task<Answer> SendAsync(HttpMethod method, string path, string body) => await _emulator.SendAsync(
        await _emulator.AuthorizedAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));
}
