using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Schema;

/// <summary>
/// Finds the inbound rule's mapping of users. The source directory is the one that the rule names, never the first: a schema
/// can list the directories in any order, and a rule the other way can stand beside.
/// </summary>
/// <remarks>
/// No property of a rule says that it is the inbound one. What the source object holds says it: the service's definition of a
/// record that arrives through the API has SCIM attributes (<c>externalId</c>, or names that begin with <c>urn:</c>), which a
/// directory of Microsoft's own as a source does not have.
/// </remarks>
internal sealed class InboundMappingFinder(SchemaText text)
{
    private const string UserObject = "User";

    private static readonly string[] MicrosoftDirectories = ["Azure Active Directory", "Microsoft Entra ID"];

    /// <summary>The mapping of users.</summary>
    /// <param name="ruleName">The name or id of the rule, or null for the only one.</param>
    /// <exception cref="InboundProvisioningException"><c>InboundRuleNotFound</c> or <c>SeveralInboundRules</c>.</exception>
    public InboundMapping Find(string? ruleName)
    {
        IReadOnlyList<InboundMapping> found = FindAll(ruleName);
        return found.Count == 1 ? found[0] : throw new InboundProvisioningException(
            "SeveralInboundRules",
            FaultKind.InvalidArgument,
            $"{found.Count} rules of the job's schema map users from the provisioning API. Name one with -RuleName: "
                + $"{List(found.Select(static mapping => $"'{mapping.RuleName}' ({mapping.SourceDirectory} to {mapping.TargetDirectory})"))}.",
            ruleName);
    }

    /// <summary>The mappings of users of all inbound rules.</summary>
    /// <param name="ruleName">The name or id of the rules, or null for any.</param>
    /// <exception cref="InboundProvisioningException"><c>InboundRuleNotFound</c>.</exception>
    public IReadOnlyList<InboundMapping> FindAll(string? ruleName)
    {
        IReadOnlyList<SchemaNode> rules = text.Items(text.Root, "synchronizationRules");
        List<InboundMapping> users = [.. rules.Where(rule => IsNamed(rule, ruleName)).SelectMany(Mappings)];
        List<InboundMapping> found = [.. users.Where(mapping => HoldsScimAttributes(mapping.SourceObject))];
        if (found.Count == 0)
        {
            found = [.. users.Where(mapping => ruleName is not null || MayBeInbound(mapping))];
        }

        return found.Count > 0 ? found : throw new InboundProvisioningException(
            "InboundRuleNotFound",
            FaultKind.NotFound,
            $"{(ruleName is null ? "No rule" : $"No rule '{ruleName}'")} of the job's schema maps users from the provisioning API. "
                + $"Is it the job of an API-driven provisioning app? Its rules: {List(rules.Select(Describe))}.",
            ruleName);
    }

    private bool IsNamed(SchemaNode rule, string? name) => name is null
        || string.Equals(text.Text(rule, "name"), name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(text.Text(rule, "id"), name, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<InboundMapping> Mappings(SchemaNode rule)
    {
        string source = text.Text(rule, "sourceDirectoryName") ?? string.Empty;
        string target = text.Text(rule, "targetDirectoryName") ?? string.Empty;
        foreach (SchemaNode mapping in text.Items(rule, "objectMappings"))
        {
            if (string.Equals(text.Text(mapping, "sourceObjectName"), UserObject, StringComparison.OrdinalIgnoreCase)
                && Definition(source, UserObject) is SchemaNode sourceObject)
            {
                yield return new InboundMapping(
                    text.Text(rule, "name") ?? string.Empty,
                    source,
                    target,
                    mapping,
                    sourceObject,
                    Definition(target, text.Text(mapping, "targetObjectName") ?? string.Empty));
            }
        }
    }

    // A source object without any attribute yet; not the rule of an app that users are provisioned to.
    private bool MayBeInbound(InboundMapping mapping) =>
        !MicrosoftDirectories.Contains(mapping.SourceDirectory) && (mapping.TargetObject is null || !HoldsScimAttributes(mapping.TargetObject));

    private bool HoldsScimAttributes(SchemaNode definition) => text.Items(definition, "attributes").Any(attribute =>
        text.Text(attribute, "name") is string name
            && (string.Equals(name, "externalId", StringComparison.OrdinalIgnoreCase) || name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)));

    private SchemaNode? Definition(string directory, string name)
    {
        List<SchemaNode> directories = [.. text.Items(text.Root, "directories").Where(item => text.Text(item, "name") == directory)];
        return directories.Count == 1
            ? text.Items(directories[0], "objects").LastOrDefault(
                item => string.Equals(text.Text(item, "name"), name, StringComparison.OrdinalIgnoreCase))
            : null;
    }

    private string Describe(SchemaNode rule) =>
        $"'{text.Text(rule, "name")}' ({text.Text(rule, "sourceDirectoryName")} to {text.Text(rule, "targetDirectoryName")})";

    private static string List(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } list ? list : "none";
}
