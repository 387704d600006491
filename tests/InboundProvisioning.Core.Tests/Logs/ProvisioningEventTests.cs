using System;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Logs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Logs;

public sealed class ProvisioningEventTests
{
    // Every property of the resource: https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary
    private const string Whole = """
        {
          "id": "e1", "activityDateTime": "2026-03-01T08:00:05.25Z", "tenantId": "t1", "jobId": "API2AAD.t.g", "cycleId": "c1", "changeId": "x1",
          "provisioningAction": "create", "durationInMilliseconds": 2785,
          "provisioningStatusInfo": { "status": "failure", "errorInformation": {
            "errorCode": "DuplicateTargetEntries", "reason": "Two accounts match.", "additionalDetails": "more", "errorCategory": "nonServiceFailure",
            "recommendedAction": "Remove one." } },
          "provisioningSteps": [
            { "name": "EntryImportAdd", "provisioningStepType": "import", "status": "success", "description": "Received User", "details": {} },
            { "name": "EntryExportAdd", "provisioningStepType": "export", "status": "failure", "description": "Failed", "details": { "ReportableIdentifier": "701984", "Tries": 2 } } ],
          "modifiedProperties": [ { "displayName": "mail", "oldValue": null, "newValue": "a@b.example" } ],
          "servicePrincipal": { "id": "sp1", "displayName": "HR" },
          "sourceSystem": { "id": "s1", "displayName": "API", "details": {} },
          "targetSystem": { "id": "s2", "displayName": "Microsoft Entra ID", "details": { "ApplicationId": "a1" } },
          "initiatedBy": { "id": "", "displayName": "Provisioning service", "initiatorType": "system" },
          "sourceIdentity": { "id": "701984", "displayName": "Ann", "identityType": "User", "details": { "UserPrincipalName": "ann@b.example" } },
          "targetIdentity": { "id": "u1", "displayName": "", "identityType": "User", "details": {} }
        }
        """;

    [Fact]
    public void Every_documented_property_is_read()
    {
        ProvisioningEvent item = Read(Whole);

        Assert.Equal(("e1", new DateTimeOffset(2026, 3, 1, 8, 0, 5, 250, TimeSpan.Zero), "t1", "API2AAD.t.g", "c1", "x1"), (item.Id!, item.ActivityDateTime!.Value, item.TenantId!, item.JobId!, item.CycleId!, item.ChangeId!));
        Assert.Equal(("create", "failure", TimeSpan.FromMilliseconds(2785)), (item.Action!, item.Status!, item.Duration!.Value));
        Assert.Equal(("DuplicateTargetEntries", "Two accounts match.", "more", "nonServiceFailure", "Remove one."), (item.ErrorCode, item.Reason, item.AdditionalDetails, item.ErrorCategory, item.RecommendedAction));
        Assert.Equal(["EntryImportAdd: success", "EntryExportAdd: failure"], item.Steps.Select(step => step.ToString()));
        Assert.Equal(("export", "Failed", "701984", "2"), (item.Steps[1].StepType, item.Steps[1].Description, item.Steps[1].Details["ReportableIdentifier"], item.Steps[1].Details["Tries"]));
        Assert.Equal(new ModifiedProperty("mail", null, "a@b.example"), Assert.Single(item.ModifiedProperties));
        Assert.Equal(("sp1", "API", "a1", "system"), (item.ServicePrincipal.Id, item.SourceSystem.DisplayName, item.TargetSystem.Details["ApplicationId"], item.InitiatedBy.IdentityType));
        Assert.Equal(("701984", "u1", "Ann", "User", "ann@b.example"), (item.SourceId, item.TargetId, item.DisplayName, item.SourceIdentity.IdentityType, item.SourceIdentity.Details["UserPrincipalName"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "id": null, "activityDateTime": null, "changeId": null, "provisioningAction": null, "provisioningStatusInfo": null, "provisioningSteps": null, "modifiedProperties": null, "sourceIdentity": null, "durationInMilliseconds": null }""")]
    [InlineData("""{ "activityDateTime": "yesterday", "provisioningStatusInfo": "failure", "provisioningSteps": [null, 7, "x"], "modifiedProperties": {}, "sourceIdentity": [], "durationInMilliseconds": "long", "targetIdentity": { "details": [1] } }""")]
    public void What_is_missing_or_odd_is_no_fault(string json)
    {
        ProvisioningEvent item = Read(json);

        Assert.Null(item.ActivityDateTime);
        Assert.Null(item.SourceId);
        Assert.Null(item.Status);
        Assert.Null(item.Duration);
        Assert.Empty(item.Steps);
        Assert.Empty(item.ModifiedProperties);
        Assert.Empty(item.TargetIdentity.Details);
    }

    [Fact]
    public void Members_that_nobody_knows_stay_as_they_are()
    {
        ProvisioningEvent item = Read("""{ "provisioningAction": "promote", "provisioningStatusInfo": { "status": "unknownFutureValue" }, "changeId": 12, "cycleId": true, "provisioningSteps": [ { "provisioningStepType": "dream", "status": 4 } ] }""");

        Assert.Equal(("promote", "unknownFutureValue", "12", "true"), (item.Action, item.Status, item.ChangeId, item.CycleId));
        Assert.Equal(("dream", "4"), (item.Steps[0].StepType, item.Steps[0].Status));
    }

    [Fact]
    public void Half_a_character_is_no_fault() => Assert.Equal("\\ud83d!", Read("""{ "id": "\ud83d!" }""").Id);

    private static ProvisioningEvent Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ProvisioningEvent.Read(document.RootElement);
    }
}
