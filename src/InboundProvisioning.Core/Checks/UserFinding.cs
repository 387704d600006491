using InboundProvisioning.Scim;

namespace InboundProvisioning.Checks;

/// <summary>What was found in one user.</summary>
internal readonly record struct UserFinding(
    CheckRule Rule, FindingSeverity Severity, FindingScope Scope, string Attribute, string? Target, string Detail)
{
    /// <summary>What is wrong, in a sentence.</summary>
    public string Message => $"{ShortName(Attribute)} {Rule.Words}{Detail}.";

    /// <summary>As it is told.</summary>
    public PayloadFinding ToFinding(string? externalId) => new()
    {
        ExternalId = externalId,
        Severity = Severity,
        RuleName = Rule.Name,
        Attribute = Attribute,
        TargetAttribute = Target,
        Message = Message,
        Remedy = Rule.Remedy,
        HelpUri = Rule.HelpUri,
    };

    /// <summary>An attribute in a sentence; beside it stands the whole path.</summary>
    public static string ShortName(string attribute)
    {
        string name = ScimSchemas.IsUrn(attribute) ? attribute.Substring(attribute.LastIndexOf(':') + 1) : attribute;
        return name == "manager.value" ? "manager" : name;
    }
}
