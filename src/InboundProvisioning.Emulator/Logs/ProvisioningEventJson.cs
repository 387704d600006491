using System;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>An event as Graph answers it, with every documented property.</summary>
internal static class ProvisioningEventJson
{
    /// <summary>Who starts all of it.</summary>
    public const string Initiator = "Azure AD Provisioning Service";

    /// <summary>The type of every object.</summary>
    public const string IdentityType = "User";

    public static string Name<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    /// <param name="writer">Where it goes.</param>
    /// <param name="one">The event.</param>
    /// <param name="context">The address for <c>@odata.context</c>, for an event by itself.</param>
    public static void Write(Utf8JsonWriter writer, ProvisioningEvent one, string? context = null)
    {
        writer.WriteStartObject();
        if (context is not null)
        {
            writer.WriteString("@odata.context", context);
        }

        writer.WriteString("id", one.Id);
        writer.WriteString("activityDateTime", one.ActivityDateTime);
        writer.WriteString("tenantId", one.Job.TenantId);
        writer.WriteString("jobId", one.Job.Id);
        writer.WriteString("cycleId", one.CycleId);
        writer.WriteString("changeId", one.ChangeId);
        writer.WriteString("provisioningAction", Name(one.Action));
        writer.WriteNumber("durationInMilliseconds", one.DurationInMilliseconds);
        WriteStatus(writer, one);
        WriteSteps(writer, one);
        writer.WriteStartArray("modifiedProperties");
        foreach (ModifiedProperty property in one.ModifiedProperties)
        {
            writer.WriteStartObject();
            writer.WriteString("displayName", property.DisplayName);
            writer.WriteString("oldValue", property.OldValue);
            writer.WriteString("newValue", property.NewValue);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteObject(writer, "servicePrincipal", one.Job.ServicePrincipalId.ToString(), one.Job.ServicePrincipalName);
        writer.WriteEndObject();
        WriteObject(writer, "sourceSystem", one.Job.AppId.ToString(), one.Job.SourceSystem);
        WriteDetails(writer);
        writer.WriteEndObject();
        WriteObject(writer, "targetSystem", one.Job.TenantId.ToString(), one.Job.TargetSystem);
        WriteDetails(
            writer,
            ("ApplicationId", one.Job.AppId.ToString()),
            ("ServicePrincipalId", one.Job.ServicePrincipalId.ToString()),
            ("ServicePrincipalDisplayName", one.Job.ServicePrincipalName));
        writer.WriteEndObject();
        WriteObject(writer, "initiatedBy", "", Initiator);
        writer.WriteString("initiatorType", "system");
        writer.WriteEndObject();
        WriteObject(writer, "sourceIdentity", one.SourceId, one.SourceName);
        writer.WriteString("identityType", IdentityType);
        WriteDetails(writer);
        writer.WriteEndObject();
        WriteObject(writer, "targetIdentity", one.TargetId?.ToString() ?? "", one.TargetName);
        writer.WriteString("identityType", IdentityType);
        WriteDetails(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, ProvisioningEvent one)
    {
        writer.WriteStartObject("provisioningStatusInfo");
        writer.WriteString("status", Name(one.Status));
        if (one.Error is { } error)
        {
            writer.WriteStartObject("errorInformation");
            writer.WriteString("errorCode", error.ErrorCode);
            writer.WriteString("reason", error.Reason);
            writer.WriteNull("additionalDetails");
            writer.WriteString("errorCategory", "nonServiceFailure");
            writer.WriteString("recommendedAction", error.RecommendedAction);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("errorInformation");
        }

        writer.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter writer, ProvisioningEvent one)
    {
        writer.WriteStartArray("provisioningSteps");
        foreach (ProvisioningStep step in ProvisioningSteps.Of(one))
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WriteString("provisioningStepType", Name(step.ProvisioningStepType));
            writer.WriteString("status", Name(step.Status));
            writer.WriteString("description", step.Description);
            writer.WritePropertyName("details");
            if (step.Details is { } details)
            {
                details.WriteTo(writer);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, string property, string id, string displayName)
    {
        writer.WriteStartObject(property);
        writer.WriteString("id", id);
        writer.WriteString("displayName", displayName);
    }

    private static void WriteDetails(Utf8JsonWriter writer, params ReadOnlySpan<(string Name, string Value)> details)
    {
        writer.WriteStartObject("details");
        foreach ((string name, string value) in details)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
