namespace InboundProvisioning.PowerShell.Schema;

/// <summary>How Export-ProvisioningSchema writes a schema.</summary>
public enum SchemaFormat
{
    /// <summary>As the service gives it; Import-ProvisioningSchema reads it.</summary>
    Json,

    /// <summary>A document of the mappings, for people.</summary>
    Markdown,
}
