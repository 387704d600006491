using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Core.Tests.Sync;

/// <summary>A row of an HR export.</summary>
internal sealed record Worker(
    string Id, string GivenName, string Surname, string UserName, string Title, string Department, string Manager, bool IsActive = true)
{
    private static readonly string[] Surnames = ["Müller", "Smith", "Jones", "Brown", "Wood", "Çelik", "Hall", "Ward", "Cook", "Bell"];

    /// <summary>So many people; every fifth has a name that is not all ASCII, and all but the first have a manager.</summary>
    public static List<Worker> Many(int count, int first = 1, string prefix = "") => [.. Enumerable.Range(first, count).Select(number => Of(number, prefix))];

    /// <summary>The person of a number.</summary>
    public static Worker Of(int number, string prefix = "") => new(
        prefix + Text($"{number:00000}"),
        "Given" + Text($"{number}"),
        Surnames[number % Surnames.Length],
        prefix + Text($"user{number}@contoso.com"),
        "Engineer",
        "Department " + Text($"{number % 7}"),
        number == 1 ? string.Empty : prefix + Text($"{(number + 9) / 10:00000}"));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
