using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Checks;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Reads the parameters of a check.</summary>
internal static class CheckParameters
{
    /// <summary>The rules that names with wildcards stand for.</summary>
    /// <exception cref="InboundProvisioningException"><c>RuleNotFound</c>.</exception>
    public static IReadOnlyList<string> Rules(IEnumerable<string> names)
    {
        var rules = new List<string>();
        foreach (string name in names)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            int before = rules.Count;
            rules.AddRange(CheckRules.All.Select(static rule => rule.Name).Where(pattern.IsMatch));
            if (rules.Count == before)
            {
                throw new InboundProvisioningException(
                    "RuleNotFound",
                    FaultKind.InvalidArgument,
                    $"There is no rule '{name}'. The rules are {string.Join(", ", CheckRules.All.Select(static rule => rule.Name).OrderBy(static rule => rule, StringComparer.Ordinal))}.",
                    name);
            }
        }

        return rules;
    }
}
