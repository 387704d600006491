using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Outcomes;

/// <summary>
/// What a code of the provisioning logs means: the cause, what to do, and whether the same record may succeed by itself later.
/// https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs#error-codes
/// </summary>
/// <param name="Code">The code.</param>
/// <param name="Cause">Why it comes.</param>
/// <param name="Remedy">What to do about it; null where there is nothing to do.</param>
/// <param name="MayMend">Whether it is worth a try to send the same record again.</param>
public sealed record OutcomeError(string Code, string Cause, string? Remedy, bool MayMend)
{
    private const string Mapping = "Look at the attribute mapping of the job in the portal";
    private const string Wait = "Nothing: the service tries again by itself.";

    /// <summary>The codes that are known, in alphabetical order.</summary>
    public static IReadOnlyList<OutcomeError> Known { get; } =
    [
        new("AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService", "The account comes from elsewhere (an on-premises directory, Exchange), and this attribute can only be changed there.", "Take the attribute out of the mapping of the job, or change it at its source.", MayMend: false),
        new("AzureActiveDirectoryDuplicateUserPrincipalName", "Another account has this userPrincipalName.", "Give one of the two another userName in the HR system, or rename or delete the other account if it is a leftover.", MayMend: false),
        new("AzureActiveDirectoryForbidden", "The directory does not allow the service to do this.", "Look whether the account is protected (an administrator's role, a restricted administrative unit).", MayMend: false),
        new("AzureActiveDirectoryInvalidUserPrincipalName", "The userPrincipalName is not valid: its domain is not a verified one of the tenant, or it has signs that are not allowed.", "Let userName end in a verified domain, or verify the domain in the tenant; see the mapping of userName.", MayMend: false),
        new("AzureActiveDirectoryQuotaLimitExceeded", "The tenant has as many objects as it may have.", "Delete what is not needed, or ask for a greater quota.", MayMend: true),
        new("Conflict", "A value that may be there once is another account's.", "Correct the value, or let the matching attribute find that account if it is the same person.", MayMend: false),
        new("DuplicateSourceEntries", "Two records of the source have the same matching value.", "Take one of them out of the source, or match by an attribute that tells people apart.", MayMend: false),
        new("DuplicateTargetEntries", "Two accounts have the matching value of this person.", "Take it from one of the accounts, or match by another attribute.", MayMend: false),
        new("EntryConflict", "A value that may be there once is another account's.", "Correct the value, or let the matching attribute find that account if it is the same person.", MayMend: false),
        new("EntrySynchronizationSkipped", "The account is as it should be, or the person is out of scope.", null, MayMend: false),
        new("ImportSkipped", "The record has no value for the matching attribute.", "Fill the matching attribute (usually externalId or employeeId) in the source.", MayMend: false),
        new("InsufficientRights", "The provisioning agent or the service may not do this in the directory.", "Give the account of the provisioning agent its rights in this organizational unit.", MayMend: true),
        new("InternalError", "A fault inside the provisioning service.", Wait, MayMend: true),
        new("InternalServerError", "The directory answered with a fault of its own.", Wait, MayMend: true),
        new("InvalidAnchor", "The account that was this person's is not there any more.", "Restore the account, or restart the job so that people are matched anew: Restart-ProvisioningJob.", MayMend: true),
        new("InvalidDomain", "A value has a domain that is not allowed.", "Correct the domain, or verify it in the tenant.", MayMend: false),
        new("LicenseLimitExceeded", "There is no license left.", "Get more licenses, or free some.", MayMend: true),
        new("MandatoryFieldsMissing", "An attribute that an account needs has no value.", "Fill it in the source, or give it a default in the mapping of the job.", MayMend: false),
        new("MethodNotAllowed", "The directory does not allow this change.", Mapping + ".", MayMend: false),
        new("MissingValues", "An attribute that an account needs has no value.", "Fill it in the source, or give it a default in the mapping of the job.", MayMend: false),
        new("NotEffectivelyEntitled", "The person is out of the scope of the job.", "Change the scoping filter if the person should have an account.", MayMend: false),
        new("NotImplemented", "The directory does not know this change.", Mapping + ".", MayMend: false),
        new("NotPermitted", "The service may not do this in the directory.", "Look at the rights of the provisioning agent and of the app.", MayMend: true),
        new("RedundantExport", "The account is as the record says already.", null, MayMend: false),
        new("SchemaAttributeNotFound", "The mapping of the job writes an attribute that the directory does not have.", Mapping + ", or add the attribute to the directory.", MayMend: false),
        new("SchemaPropertyCanOnlyAcceptValue", "The attribute takes one value, and the record has several.", "Map one value, or leave the attribute out.", MayMend: false),
        new("Timeout", "The directory took too long.", Wait, MayMend: true),
        new("TooManyRequests", "The directory has too much to do.", Wait, MayMend: true),
        new("Unauthorized", "The service or the provisioning agent could not sign in to the directory.", "Look at the state of the provisioning agent and its account.", MayMend: true),
        new("UnprocessableEntity", "The directory does not take the record.", Mapping + " and at the values of this person.", MayMend: false),
        new("WebExceptionProtocolError", "The connection to the directory broke.", Wait, MayMend: true),
    ];

    /// <summary>What is known of a code; of one that nobody has described what its name says.</summary>
    /// <param name="code">The code, or null.</param>
    public static OutcomeError Of(string? code) =>
        Known.FirstOrDefault(one => string.Equals(one.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? new OutcomeError(code ?? string.Empty, "See the reason.", null, code is null || !IsLasting(code));

    private static bool IsLasting(string code) => code.Contains("Invalid") || code.Contains("Duplicate");
}
