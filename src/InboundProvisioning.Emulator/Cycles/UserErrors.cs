using InboundProvisioning.Emulator.Logs;

namespace InboundProvisioning.Emulator.Cycles;

/// <summary>Why a record is not provisioned.</summary>
internal static class UserErrors
{
    private const string Troubleshooting = "https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues";

    /// <summary>https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues#user-creation---invalid-upn</summary>
    public static ProvisioningError InvalidUserPrincipalName(string? name) => new(
        "AzureActiveDirectoryInvalidUserPrincipalName",
        name is null
            ? "The user has no userPrincipalName, which is required."
            : $"The userPrincipalName '{name}' is not valid: it must have the form name@domain, and the domain must be a verified one of the tenant.",
        Troubleshooting);

    /// <summary>Microsoft's pages say that such a creation fails and name no code; this one stands in logs that users report.</summary>
    public static ProvisioningError DuplicateUserPrincipalName(string name) => new(
        "AzureActiveDirectoryDuplicateUserPrincipalName",
        $"Another user has the userPrincipalName '{name}' already.",
        "https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs#how-do-we-generate-unique-values-for-upn");

    /// <summary>Microsoft's pages name no code for this and the next one.</summary>
    public static ProvisioningError NoMatchingValue(string attribute) => new(
        "MatchingPropertyValueMissing", $"The record has no value for the attribute that finds the user: {attribute}.", Troubleshooting);

    public static ProvisioningError UnresolvedManager(string managerId) => new(
        "UnresolvedReference",
        $"The manager '{managerId}' was not found in the directory. The reference is tried again in the next cycle.",
        "Provision the manager, too.");
}
