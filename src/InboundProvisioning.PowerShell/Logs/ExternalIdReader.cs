using System;
using System.Globalization;
using System.Management.Automation;

namespace InboundProvisioning.PowerShell.Logs;

/// <summary>Reads externalIds from objects of the pipeline: ids, or objects with SourceId or ExternalId.</summary>
internal static class ExternalIdReader
{
    /// <summary>The id of an object; null or empty where it has the property and no id, as events about others than records do.</summary>
    /// <returns>False where the object names no record.</returns>
    public static bool TryRead(PSObject item, out string? externalId)
    {
        if (item.BaseObject is string or Guid or sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double)
        {
            externalId = Text(item.BaseObject);
            return true;
        }

        PSPropertyInfo? property = item.Properties["SourceId"] ?? item.Properties["ExternalId"];
        externalId = property is null ? null : Text(property.Value);
        return property is not null;
    }

    /// <summary>The fault of an object that names no record.</summary>
    public static InboundProvisioningException Refuse(PSObject item) => new(
        "InvalidInputObject",
        FaultKind.InvalidArgument,
        "The pipeline takes externalIds, objects with a property SourceId or ExternalId, and the output of Send-ScimBulkPayload; "
            + $"this is {item.BaseObject.GetType().FullName}.");

    private static string? Text(object? value) => Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture);
}
