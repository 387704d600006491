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
        Entry("AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService", "The account comes from elsewhere (an on-premises directory, Exchange), and this attribute can only be changed there.", "Take the attribute out of the mapping of the job, or change it at its source.", mayMend: false),
        Entry("AzureActiveDirectoryDuplicateUserPrincipalName", "Another account has this userPrincipalName.", "Give one of the two another userName in the HR system, or rename or delete the other account if it is a leftover.", mayMend: false),
        Entry("AzureActiveDirectoryForbidden", "The directory does not allow the service to do this.", "Look whether the account is protected (an administrator's role, a restricted administrative unit).", mayMend: false),
        Entry("AzureActiveDirectoryInvalidUserPrincipalName", "The userPrincipalName is not valid: its domain is not a verified one of the tenant, or it has signs that are not allowed.", "Let userName end in a verified domain, or verify the domain in the tenant; see the mapping of userName.", mayMend: false),
        Entry("AzureActiveDirectoryQuotaLimitExceeded", "The tenant has as many objects as it may have.", "Delete what is not needed, or ask for a greater quota.", mayMend: true),
        Entry("Conflict", "A value that may be there once is another account's.", "Correct the value, or let the matching attribute find that account if it is the same person.", mayMend: false),
        Entry("DuplicateSourceEntries", "Two records of the source have the same matching value.", "Take one of them out of the source, or match by an attribute that tells people apart.", mayMend: false),
        Entry("DuplicateTargetEntries", "Two accounts have the matching value of this person.", "Take it from one of the accounts, or match by another attribute.", mayMend: false),
        Entry("EntryConflict", "A value that may be there once is another account's.", "Correct the value, or let the matching attribute find that account if it is the same person.", mayMend: false),
        Entry("EntrySynchronizationSkipped", "The account is as it should be, or the person is out of scope.", null, mayMend: false),
        Entry("ImportSkipped", "The record has no value for the matching attribute.", "Fill the matching attribute (usually externalId or employeeId) in the source.", mayMend: false),
        Entry("InsufficientRights", "The provisioning agent or the service may not do this in the directory.", "Give the account of the provisioning agent its rights in this organizational unit.", mayMend: true),
        Entry("InternalError", "A fault inside the provisioning service.", Wait, mayMend: true),
        Entry("InternalServerError", "The directory answered with a fault of its own.", Wait, mayMend: true),
        Entry("InvalidAnchor", "The account that was this person's is not there any more.", "Restore the account, or restart the job so that people are matched anew: Restart-ProvisioningJob.", mayMend: true),
        Entry("InvalidDomain", "A value has a domain that is not allowed.", "Correct the domain, or verify it in the tenant.", mayMend: false),
        Entry("LicenseLimitExceeded", "There is no license left.", "Get more licenses, or free some.", mayMend: true),
        Entry("MandatoryFieldsMissing", "An attribute that an account needs has no value.", "Fill it in the source, or give it a default in the mapping of the job.", mayMend: false),
        Entry("MethodNotAllowed", "The directory does not allow this change.", Mapping + ".", mayMend: false),
        Entry("MissingValues", "An attribute that an account needs has no value.", "Fill it in the source, or give it a default in the mapping of the job.", mayMend: false),
        Entry("NotEffectivelyEntitled", "The person is out of the scope of the job.", "Change the scoping filter if the person should have an account.", mayMend: false),
        Entry("NotImplemented", "The directory does not know this change.", Mapping + ".", mayMend: false),
        Entry("NotPermitted", "The service may not do this in the directory.", "Look at the rights of the provisioning agent and of the app.", mayMend: true),
        Entry("RedundantExport", "The account is as the record says already.", null, mayMend: false),
        Entry("SchemaAttributeNotFound", "The mapping of the job writes an attribute that the directory does not have.", Mapping + ", or add the attribute to the directory.", mayMend: false),
        Entry("SchemaPropertyCanOnlyAcceptValue", "The attribute takes one value, and the record has several.", "Map one value, or leave the attribute out.", mayMend: false),
        Entry("Timeout", "The directory took too long.", Wait, mayMend: true),
        Entry("TooManyRequests", "The directory has too much to do.", Wait, mayMend: true),
        Entry("Unauthorized", "The service or the provisioning agent could not sign in to the directory.", "Look at the state of the provisioning agent and its account.", mayMend: true),
        Entry("UnprocessableEntity", "The directory does not take the record.", Mapping + " and at the values of this person.", mayMend: false),
        Entry("WebExceptionProtocolError", "The connection to the directory broke.", Wait, mayMend: true),
    ];

    /// <summary>What is known of a code; of one that nobody has described what its name says.</summary>
    /// <param name="code">The code, or null.</param>
    public static OutcomeError Of(string? code) =>
        Known.FirstOrDefault(one => string.Equals(one.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? new OutcomeError(code ?? string.Empty, "See the reason.", null, code is null || !IsLasting(code));

    private static OutcomeError Entry(string code, string cause, string? remedy, bool mayMend) => new(code, cause, remedy, mayMend);

    private static bool IsLasting(string code) => code.Contains("Invalid") || code.Contains("Duplicate");
}
