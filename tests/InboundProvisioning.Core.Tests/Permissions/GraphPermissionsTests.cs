using System.Linq;
using InboundProvisioning.Permissions;
using Xunit;

namespace InboundProvisioning.Core.Tests.Permissions;

public sealed class GraphPermissionsTests
{
    [Theory]
    [InlineData(new[] { ProvisioningTask.Upload }, "SynchronizationData-User.Upload")]
    [InlineData(new[] { ProvisioningTask.Upload, ProvisioningTask.Log }, "SynchronizationData-User.Upload ProvisioningLog.Read.All")]
    [InlineData(new[] { ProvisioningTask.Job }, "Synchronization.ReadWrite.All Application.Read.All")]
    [InlineData(new[] { ProvisioningTask.Schema, ProvisioningTask.Schema }, "Synchronization.ReadWrite.All")]
    [InlineData(new[] { ProvisioningTask.Create }, "Application.ReadWrite.All Synchronization.ReadWrite.All")]
    public void Each_task_has_the_narrowest_permissions_that_are_enough(ProvisioningTask[] tasks, string permissions) =>
        Assert.Equal(permissions.Split(' '), GraphPermissions.For(tasks));

    [Fact]
    public void A_broader_permission_does_as_well()
    {
        string[] held = ["AuditLog.Read.All", "SynchronizationData-User.Upload.OwnedBy", "Synchronization.ReadWrite.All", "Application.ReadWrite.All"];

        Assert.Empty(GraphPermissions.Missing(held, [ProvisioningTask.Upload, ProvisioningTask.Log, ProvisioningTask.Job, ProvisioningTask.Schema]));
    }

    [Fact]
    public void What_is_missing_is_named_with_its_use() => Assert.Equal(
        [("Get-ProvisioningLog", "ProvisioningLog.Read.All")],
        GraphPermissions.Missing(["SynchronizationData-User.Upload"], [ProvisioningTask.Upload, ProvisioningTask.Log]).Select(need => (need.Use, need.Permission)));
}
