using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Applications;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;
using Xunit;

namespace InboundProvisioning.Core.Tests.Applications;

public sealed class PermissionGranterTests : IDisposable
{
    private const string GraphPrincipal = """
        {"value":[{"id":"graph-sp","appRoles":[
          {"id":"role-upload","value":"SynchronizationData-User.Upload"},{"id":"role-log","value":"ProvisioningLog.Read.All"},{"id":"role-none","value":null}]}]}
        """;

    private static readonly ServicePrincipal Principal = new("principal", "app", "hr-automation", null);

    private readonly FakeService _service = new();
    private readonly GraphClient _graph;
    private readonly List<PermissionGrant> _grants = [];
    private readonly List<InboundProvisioningException> _refusals = [];

    public PermissionGranterTests() => _graph = new GraphClient(
        ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings { Retries = 0 }, new ManualTimeProvider());

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task What_is_missing_is_granted_and_what_is_there_stays()
    {
        _service
            .Answer(200, GraphPrincipal)
            .Answer(200, """
                {"value":[{"resourceId":"other-sp","appRoleId":"role-log"}],
                 "@odata.nextLink":"https://graph.microsoft.com/v1.0/servicePrincipals/principal/appRoleAssignments?$skiptoken=2"}
                """)
            .Answer(200, """{"value":[{"resourceId":"GRAPH-SP","appRoleId":"ROLE-UPLOAD"}]}""")
            .Answer(201, "{}");

        await GrantAsync("SynchronizationData-User.Upload", "ProvisioningLog.Read.All");

        Assert.Equal(
            [("SynchronizationData-User.Upload", PermissionStatus.AlreadyGranted), ("ProvisioningLog.Read.All", PermissionStatus.Granted)],
            _grants.Select(grant => (grant.Permission, grant.Status)));
        SentRequest posted = Assert.Single(_service.Sent, sent => sent.Method == "POST");
        Assert.Equal("https://graph.microsoft.com/v1.0/servicePrincipals/principal/appRoleAssignments", posted.Uri.AbsoluteUri);
        using JsonDocument body = JsonDocument.Parse(Encoding.UTF8.GetString(posted.Body!));
        Assert.Equal(
            ("principal", "graph-sp", "role-log"),
            (body.RootElement.GetProperty("principalId").GetString(), body.RootElement.GetProperty("resourceId").GetString(), body.RootElement.GetProperty("appRoleId").GetString()));
    }

    [Fact]
    public async Task A_grant_that_somebody_else_made_meanwhile_is_one_that_is_there()
    {
        _service.Answer(200, GraphPrincipal).Answer(200, """{"value":[]}""")
            .Answer(400, FakeService.Error("Request_BadRequest", "Permission being assigned already exists on the object"));

        await GrantAsync("ProvisioningLog.Read.All");

        Assert.Equal(PermissionStatus.AlreadyGranted, Assert.Single(_grants).Status);
    }

    [Fact]
    public async Task What_is_not_approved_is_not_granted()
    {
        _service.Answer(200, GraphPrincipal).Answer(200, """{"value":[]}""");

        await GrantAsync(approve: false, "ProvisioningLog.Read.All");

        Assert.Equal(PermissionStatus.WhatIf, Assert.Single(_grants).Status);
        Assert.DoesNotContain(_service.Sent, sent => sent.Method == "POST");
    }

    [Fact]
    public async Task A_permission_that_the_cloud_does_not_have_is_an_error_of_its_own()
    {
        _service.Answer(200, GraphPrincipal).Answer(200, """{"value":[]}""").Answer(201, "{}");

        await GrantAsync("Synchronization.ReadWrite.All", "ProvisioningLog.Read.All");

        Assert.Equal("AppRoleNotFound", Assert.Single(_refusals).ErrorId);
        Assert.Equal("ProvisioningLog.Read.All", Assert.Single(_grants).Permission);
    }

    [Fact]
    public async Task Without_the_right_to_grant_the_error_names_it()
    {
        _service.Answer(200, GraphPrincipal).Answer(200, """{"value":[]}""").Answer(403);

        var fault = await Assert.ThrowsAsync<GraphException>(() => GrantAsync("ProvisioningLog.Read.All"));

        Assert.Equal("PermissionMissing", fault.ErrorId);
        Assert.Contains("AppRoleAssignment.ReadWrite.All", fault.Message, StringComparison.Ordinal);
    }

    private Task GrantAsync(params string[] permissions) => GrantAsync(approve: true, permissions);

    private Task GrantAsync(bool approve, params string[] permissions) => new PermissionGranter(_graph, notices: null).GrantAsync(
        Principal, permissions, _ => Task.FromResult(approve), _grants.Add, _refusals.Add, CancellationToken.None);
}
