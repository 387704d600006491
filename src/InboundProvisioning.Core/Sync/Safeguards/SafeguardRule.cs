using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Sync.Safeguards;

/// <summary>A limit with its default: min(cap, max(floor, percentage of the people last accepted)).</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Default">The percentage.</param>
/// <param name="Floor">What is always let through.</param>
/// <param name="Cap">What is never let through.</param>
/// <param name="Subject">What is counted, in words.</param>
internal sealed record SafeguardRule(string Name, string Default, long Floor, long Cap, string Subject)
{
    public static readonly SafeguardRule Disable = new("DisableLimit", "5%", 10, 500, "active people who would become inactive");

    public static readonly SafeguardRule Missing = new("MissingLimit", "5%", 10, 500, "known people who are not in the source any more");

    public static readonly SafeguardRule Shrink = new("ShrinkLimit", "10%", 20, long.MaxValue, "rows fewer than last time");

    public static readonly SafeguardRule Create = new("CreateLimit", "10%", 50, long.MaxValue, "new people");

    public static readonly SafeguardRule Clear = new("ClearLimit", "5%", 10, 500, "people for whom {0} would become empty");

    public static readonly SafeguardRule AttributeChange = new("AttributeChangeLimit", "30%", 50, long.MaxValue, "people for whom {0} would change");

    public static readonly SafeguardRule UserNameChange = new("UserNameChangeLimit", "2%", 10, 100, "people who would get another userName");

    public static readonly SafeguardRule Reject = new("RejectLimit", "5%", 10, long.MaxValue, "rows that cannot be used");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SafeguardRule> All { get; } = [Disable, Missing, Shrink, Create, Clear, AttributeChange, UserNameChange, Reject];

    /// <summary>The rule of a name; null for none.</summary>
    public static SafeguardRule? Of(string name) => All.FirstOrDefault(rule => string.Equals(rule.Name, name, StringComparison.OrdinalIgnoreCase));
}
