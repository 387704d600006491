using System.Linq;
using InboundProvisioning.Checks;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the names of the rules of the check.</summary>
public sealed class CheckRuleCompleter() : TermCompleter([.. CheckRules.All.Select(static rule => rule.Name)]);
