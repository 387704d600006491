using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Core.Tests.Sync;

/// <summary>Each limit lets through what it allows, and not one more.</summary>
public sealed class SafeguardLimitTests
{
    [Theory]
    [InlineData("5%", 0, 10, 500, 10)]
    [InlineData("5%", 199, 10, 500, 10)]
    [InlineData("5%", 219, 10, 500, 10)]
    [InlineData("5%", 220, 10, 500, 11)]
    [InlineData("5%", 9_999, 10, 500, 499)]
    [InlineData("5%", 1_000_000, 10, 500, 500)]
    [InlineData("2.5 %", 1_000, 10, 500, 25)]
    [InlineData("100%", 1_000_000, 10, 500, 500)]
    [InlineData("0%", 1_000_000, 10, 500, 0)]
    [InlineData("0", 1_000_000, 10, 500, 0)]
    [InlineData("7", 1_000_000, 10, 500, 7)]
    [InlineData(" 4000 ", 10, 10, 500, 4000)]
    [InlineData("unlimited", 10, 10, 500, null)]
    public void What_counts_is_the_number_or_the_percentage_between_floor_and_cap(string limit, long people, long floor, long cap, int? allowed) =>
        Assert.Equal(allowed, new SafeguardLimit(limit).Allowed(people, new SafeguardRule("X", "1%", floor, cap, "x")));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("5.5")]
    [InlineData("101%")]
    [InlineData("1,5%")]
    [InlineData("five")]
    [InlineData("%")]
    [InlineData("99999999999")]
    [InlineData(null)]
    public void What_is_no_limit_is_refused(string? limit) => Assert.Throws<FormatException>(() => new SafeguardLimit(limit!));

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        Assert.Equal(
            [
                ("DisableLimit", "5%", 10, 500),
                ("MissingLimit", "5%", 10, 500),
                ("ShrinkLimit", "10%", 20, long.MaxValue),
                ("CreateLimit", "10%", 50, long.MaxValue),
                ("ClearLimit", "5%", 10, 500),
                ("AttributeChangeLimit", "30%", 50, long.MaxValue),
                ("UserNameChangeLimit", "2%", 10, 100),
                ("RejectLimit", "5%", 10, long.MaxValue),
            ],
            SafeguardRule.All.Select(static rule => (rule.Name, rule.Default, rule.Floor, rule.Cap)));
    }

    [Theory]
    [InlineData("DisableLimit", 60, 10)]
    [InlineData("DisableLimit", 1000, 50)]
    [InlineData("MissingLimit", 60, 10)]
    [InlineData("MissingLimit", 1000, 50)]
    [InlineData("ShrinkLimit", 60, 20)]
    [InlineData("ShrinkLimit", 1000, 100)]
    [InlineData("CreateLimit", 60, 50)]
    [InlineData("CreateLimit", 1000, 100)]
    [InlineData("ClearLimit:title", 60, 10)]
    [InlineData("ClearLimit:title", 1000, 50)]
    [InlineData("AttributeChangeLimit:title", 60, 50)]
    [InlineData("AttributeChangeLimit:title", 1000, 300)]
    [InlineData("UserNameChangeLimit", 60, 10)]
    [InlineData("UserNameChangeLimit", 1000, 20)]
    [InlineData("RejectLimit", 60, 10)]
    [InlineData("RejectLimit", 1000, 50)]
    public async Task A_limit_lets_through_what_it_allows_and_not_one_more(string stop, int size, int allowed)
    {
        using var company = new Company();
        string name = stop.Split(':')[0];
        List<Worker> people = Worker.Many(size);
        await company.BaselineAsync(people);
        if (name == "ShrinkLimit")
        {
            company.Limit(("MissingLimit", "Unlimited"));
        }

        Assert.Empty(company.PlanNext(HrFile.Bytes(With(name, people, allowed))).Stops);
        Night more = company.PlanNext(HrFile.Bytes(With(name, people, allowed + 1)));
        Assert.Equal([stop], more.Stops);
        Assert.Equal([name + "Exceeded"], more.ErrorIds);
        SafeguardStop found = Assert.Single(more.Plan!.Stops);
        Assert.Equal((allowed + 1, allowed, size), (found.Count, found.Allowed, found.Base));
        Assert.InRange(found.ExternalIds.Count, name is "RejectLimit" or "ShrinkLimit" ? 0 : 10, 10);
        Assert.Contains($"-{name} ", found.Reason, StringComparison.Ordinal);

        // The same with a number, none at all and no limit.
        company.Limit((name, "3"), ("MissingLimit", name == "MissingLimit" ? "3" : "Unlimited"));
        Assert.Empty(company.PlanNext(HrFile.Bytes(With(name, people, 3))).Stops);
        Assert.Equal([stop], company.PlanNext(HrFile.Bytes(With(name, people, 4))).Stops);
        company.Limit((name, "0"), ("MissingLimit", name == "MissingLimit" ? "0" : "Unlimited"));
        Assert.Empty(company.PlanNext(HrFile.Bytes(people)).Stops);
        Assert.Equal([stop], company.PlanNext(HrFile.Bytes(With(name, people, 1))).Stops);
        company.Limit((name, "Unlimited"), ("MissingLimit", "Unlimited"));
        Assert.Empty(company.PlanNext(HrFile.Bytes(With(name, people, allowed + 1))).Stops);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(30, true)]
    public async Task Half_of_the_active_people_and_at_least_three_are_never_let_through(int size, bool stops)
    {
        using var company = new Company();
        company.Limit([.. SafeguardRule.All.Select(static rule => (rule.Name, "Unlimited"))]);
        List<Worker> people = Worker.Many(size);
        await company.BaselineAsync([.. people, .. Worker.Many(size, first: 500).Select(static one => one with { IsActive = false })]);
        Worker[] inactive = [.. Worker.Many(size, first: 500).Select(static one => one with { IsActive = false })];
        int half = Math.Max((size + 1) / 2, stops ? 3 : 0);

        Night gone = company.PlanNext(HrFile.Bytes([.. people.Skip(half), .. inactive]));
        Night left = company.PlanNext(HrFile.Bytes([.. With("DisableLimit", people, half), .. inactive]));
        Night mixed = company.PlanNext(HrFile.Bytes([.. With("DisableLimit", people, half - 1).Skip(1), .. inactive, people[0] with { IsActive = false }]));
        Night fewer = company.PlanNext(HrFile.Bytes([.. people.Skip(half - 1), .. inactive]));

        string[] expected = stops ? ["HalfOfPeople"] : [];
        Assert.Equal(expected, gone.Stops);
        Assert.Equal(expected, left.Stops);
        Assert.Empty(fewer.Stops);
        Assert.True(mixed.Stops.Length == 0 || mixed.Stops.SequenceEqual(expected));
    }

    [Fact]
    public async Task Those_who_are_missing_since_long_do_not_count_among_the_active_half()
    {
        using var company = new Company();
        company.Limit([.. SafeguardRule.All.Select(static rule => (rule.Name, "Unlimited"))]);
        List<Worker> people = Worker.Many(100);
        await company.BaselineAsync(people);

        // 40 leave the file, and much later half of the 60 others.
        using var emulated = new Company();
        Night first = company.PlanNext(HrFile.Bytes(people.Skip(40)));
        Assert.Empty(first.Stops);
        await company.NextAsync(people.Skip(40));
        await company.NextAsync(people.Skip(40));

        Assert.Equal(["HalfOfPeople"], company.PlanNext(HrFile.Bytes(people.Skip(70))).Stops);
        Assert.Empty(company.PlanNext(HrFile.Bytes(people.Skip(69))).Stops);
    }

    [Fact]
    public async Task Limits_that_a_state_keeps_count_unless_others_are_given()
    {
        using var company = new Company();
        List<Worker> people = Worker.Many(60);
        await company.BaselineAsync(people);
        KeptSafeguards.Write(company.StatePath, new Dictionary<string, SafeguardLimit?> { ["CreateLimit"] = new("0"), ["ClearLimit"] = new("1") });

        Assert.Equal(["CreateLimit"], company.PlanNext(HrFile.Bytes(With("CreateLimit", people, 1))).Stops);
        company.Limit(("CreateLimit", "1"));
        Assert.Empty(company.PlanNext(HrFile.Bytes(With("CreateLimit", people, 1))).Stops);

        SafeguardSetting kept = KeptSafeguards.Read(company.StatePath).Single(static one => one.Name == "CreateLimit");
        Assert.Equal(("0", "state", 0L), (kept.Limit, kept.Source, kept.Allowed));
        KeptSafeguards.Write(company.StatePath, new Dictionary<string, SafeguardLimit?> { ["CreateLimit"] = null });
        SafeguardSetting back = KeptSafeguards.Read(company.StatePath).Single(static one => one.Name == "CreateLimit");
        Assert.Equal(("10%", "default", 50L), (back.Limit, back.Source, back.Allowed));
    }

    /// <summary>The people, of whom so many pass a limit.</summary>
    internal static IEnumerable<Worker> With(string name, List<Worker> people, int count) => name switch
    {
        "DisableLimit" => people.Select((one, place) => place < count ? one with { IsActive = false } : one),
        "MissingLimit" or "ShrinkLimit" => people.Skip(count),
        "CreateLimit" => people.Concat(Worker.Many(count, first: 50_000)),
        "ClearLimit" => people.Select((one, place) => place < count ? one with { Title = string.Empty } : one),
        "AttributeChangeLimit" => people.Select((one, place) => place < count ? one with { Title = "Lead" } : one),
        "UserNameChangeLimit" => people.Select((one, place) => place < count ? one with { UserName = "new-" + one.UserName } : one),
        "RejectLimit" => people.Concat(Worker.Many(count, first: 50_000).Select(static one => one with { Id = string.Empty })),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
