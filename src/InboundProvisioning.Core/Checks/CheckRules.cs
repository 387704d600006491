using System.Collections.Generic;

namespace InboundProvisioning.Checks;

/// <summary>
/// The rules of the check, each with the page that it is from. A rule is an error where Microsoft's text says that the service refuses the value, or where
/// the record does harm; else a warning.
/// </summary>
public static class CheckRules
{
    private const string UserPage = "https://learn.microsoft.com/graph/api/resources/user#properties";
    private const string UserNamePage = "https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#username-policies";
    private const string FaqPage = "https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs";
    private const string IssuesPage = "https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues";
    private const string ManagerPage = "https://learn.microsoft.com/entra/identity/app-provisioning/hr-manager-update-issues";
    private const string ScimPage = "https://www.rfc-editor.org/rfc/rfc7643";

    /// <summary>An attribute without which there is no account: the one that finds the person, the sign-in name, the display name.</summary>
    public static CheckRule RequiredValue { get; } = new(
        "RequiredValue",
        FindingSeverity.Error,
        "is empty, and no account is made without it",
        "Give it a value in the mapping, or correct the source.",
        UserPage);

    /// <summary>
    /// active left out. "By default, the value associated with the SCIM Core User schema attribute active determines the status of the user's
    /// account": a record without it can disable the account.
    /// </summary>
    public static CheckRule ActiveMissing { get; } = new(
        "ActiveMissing",
        FindingSeverity.Error,
        "is missing, and an update without it can disable the account",
        "Map active, with true or false for everybody.",
        FaqPage + "#how-do-we-process-terminations-using-the-bulkupload-api-endpoint");

    /// <summary>active that is no JSON Boolean, as RFC 7643, section 4.1.1, has it.</summary>
    public static CheckRule ActiveNotBoolean { get; } = new(
        "ActiveNotBoolean",
        FindingSeverity.Error,
        "is not true or false, and can disable the account",
        "Have the mapping give a Boolean, such as { $_.Status -eq 'Active' }.",
        ScimPage + "#section-4.1.1");

    /// <summary>A letter that a sign-in name may not have.</summary>
    public static CheckRule UserNameCharacter { get; } = new(
        "UserNameCharacter",
        FindingSeverity.Error,
        "has a character that no sign-in name may have",
        "Use A-Z, a-z, 0-9 and ' . - _ ! # ^ ~ alone, one @, and no period before it. Replace letters with marks by plain ones.",
        UserNamePage);

    /// <summary>A sign-in name beyond 113 characters, 64 of them before the @ and 48 behind it.</summary>
    public static CheckRule UserNameTooLong { get; } = new(
        "UserNameTooLong",
        FindingSeverity.Error,
        "is longer than a sign-in name may be",
        "Keep to 64 characters before the @ and 48 behind it.",
        UserNamePage);

    /// <summary>A sign-in name without a domain, or with one that is none.</summary>
    public static CheckRule UserNameForm { get; } = new(
        "UserNameForm",
        FindingSeverity.Error,
        "is not of the form name@domain",
        "Add the domain in the mapping, or let the job's own mapping of userPrincipalName add it.",
        UserPage);

    /// <summary>A sign-in name in a domain that the tenant has not verified.</summary>
    public static CheckRule UserNameDomain { get; } = new(
        "UserNameDomain",
        FindingSeverity.Error,
        "is not in a verified domain of the tenant",
        "Use a verified domain, or verify this one in the tenant.",
        IssuesPage + "#user-creation-failed---invalid-domain");

    /// <summary>A sign-in name of two people: "the user create operation fails".</summary>
    public static CheckRule UserNameTwice { get; } = new(
        "UserNameTwice",
        FindingSeverity.Error,
        "is that of another record too",
        "Make sign-in names unique in the source or in the mapping.",
        FaqPage + "#how-do-we-generate-unique-values-for-upn");

    /// <summary>A value longer than its target takes.</summary>
    public static CheckRule ValueTooLong { get; } = new(
        "ValueTooLong",
        FindingSeverity.Error,
        "is longer than the directory takes",
        "Shorten it in the mapping, or in the job's mapping with Left() or Mid().",
        UserPage);

    /// <summary>An account name of Active Directory with a character that it may not have, or with more than 20.</summary>
    public static CheckRule AccountName { get; } = new(
        "AccountName",
        FindingSeverity.Error,
        "is no account name of Active Directory",
        "Keep to 20 characters, without \" / \\ [ ] : ; | = , + * ? < >.",
        "https://learn.microsoft.com/windows/win32/adschema/a-samaccountname");

    /// <summary>A usage location that is no two-letter code.</summary>
    public static CheckRule UsageLocation { get; } = new(
        "UsageLocation",
        FindingSeverity.Error,
        "is no two-letter country code of ISO 3166",
        "Give the code, such as US or GB; the United Kingdom is GB.",
        UserPage);

    /// <summary>A country that is no two-letter code: "When specified, the value MUST be in ISO 3166-1 'alpha-2' code format".</summary>
    public static CheckRule CountryCode { get; } = new(
        "CountryCode",
        FindingSeverity.Warning,
        "is no two-letter country code of ISO 3166",
        "Give the code, such as US or GB. Entra ID keeps any text as country; other uses of it need the code.",
        ScimPage + "#section-4.1.2");

    /// <summary>A date that is not written as xsd:dateTime, which is ISO 8601.</summary>
    public static CheckRule DateNotIso8601 { get; } = new(
        "DateNotIso8601",
        FindingSeverity.Error,
        "is no date of ISO 8601",
        "Write dates as 2021-05-01T00:00:00Z. A column of the type DateTime is written so by itself: -ProvisioningSchema.",
        ScimPage + "#section-2.3.5");

    /// <summary>An e-mail address that is none, or one with letters that mail "cannot contain".</summary>
    public static CheckRule EmailForm { get; } = new(
        "EmailForm",
        FindingSeverity.Error,
        "is no e-mail address that the directory takes",
        "Correct the address in the source, or leave it out of the mapping. It has one @, no blanks and no letters with marks.",
        UserPage);

    /// <summary>
    /// A manager of whom there is no record: "The manager record must also be in scope of the provisioning job", processed "prior to processing the
    /// user record".
    /// </summary>
    public static CheckRule ManagerUnknown { get; } = new(
        "ManagerUnknown",
        FindingSeverity.Warning,
        "is nobody of whom there is a record",
        "Fine where the manager was provisioned before. Else send the manager too, or leave the manager empty in the mapping.",
        ManagerPage + "#prerequisites-for-successful-manager-update");

    /// <summary>A manager who is the person. No page of Microsoft says what becomes of that.</summary>
    public static CheckRule ManagerIsSelf { get; } = new(
        "ManagerIsSelf",
        FindingSeverity.Warning,
        "is the person's own externalId",
        "HR systems mark the head of the organization so. Leave the manager empty there if charts and approvals go round in circles.",
        ManagerPage);

    /// <summary>Managers in a circle. No page of Microsoft says what becomes of that.</summary>
    public static CheckRule ManagerCircle { get; } = new(
        "ManagerCircle",
        FindingSeverity.Warning,
        "closes a circle of managers",
        "Correct one of the managers in the source.",
        ManagerPage);

    /// <summary>Several values marked as primary: "The primary attribute value 'true' MUST appear no more than once".</summary>
    public static CheckRule PrimaryTwice { get; } = new(
        "PrimaryTwice",
        FindingSeverity.Warning,
        "has several values that are marked as primary",
        "Mark one of them, or none.",
        ScimPage + "#section-2.4");

    /// <summary>White space around a value. No page of Microsoft says that it is taken off.</summary>
    public static CheckRule WhiteSpaceAround { get; } = new(
        "WhiteSpaceAround",
        FindingSeverity.Warning,
        "has white space around it",
        "Take it off with -Trim of ConvertTo-ScimBulkPayload, or in the source.",
        ScimPage + "#section-2.3.1");

    /// <summary>Several records of one person: the service promises no order between them.</summary>
    public static CheckRule ExternalIdTwice { get; } = new(
        "ExternalIdTwice",
        FindingSeverity.Warning,
        "is that of an earlier record too, and which of them is taken last is not known",
        "Send one record for each person.",
        FaqPage + "#how-do-we-update-users-using-the-provisioning-bulkupload-api-endpoint");

    /// <summary>All rules.</summary>
    public static IReadOnlyList<CheckRule> All { get; } =
    [
        RequiredValue, ActiveMissing, ActiveNotBoolean, UserNameCharacter, UserNameTooLong, UserNameForm, UserNameDomain, UserNameTwice,
        ValueTooLong, AccountName, UsageLocation, CountryCode, DateNotIso8601, EmailForm, ManagerUnknown, ManagerIsSelf, ManagerCircle, PrimaryTwice,
        WhiteSpaceAround, ExternalIdTwice,
    ];
}
