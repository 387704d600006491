using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using InboundProvisioning.Applications;
using InboundProvisioning.Checks;
using Xunit;
using static InboundProvisioning.Core.Tests.Checks.CheckedPayload;

namespace InboundProvisioning.Core.Tests.Checks;

/// <summary>A test for each rule: what is at the limit passes, and what is over it is found.</summary>
public sealed class UserCheckerTests
{
    private static readonly string LongName = new string('n', 64) + "@" + new string('d', 44) + ".com";

    [Fact]
    public void A_user_in_which_nothing_is_wrong_has_no_findings()
    {
        Assert.Empty(Find(User()));
        Assert.Empty(Find(For(TargetSystem.ActiveDirectory), User()));
        Assert.Empty(Find(new CheckOptions { VerifiedDomains = ["fabrikam.com", "Contoso.com"] }, User()));
    }

    [Theory]
    [InlineData("externalId", 16, "employeeId")]
    [InlineData("displayName", 256, "displayName")]
    [InlineData("title", 128, "jobTitle")]
    [InlineData("name.givenName", 64, "givenName")]
    [InlineData("name.familyName", 64, "surname")]
    [InlineData("addresses.streetAddress", 1024, "streetAddress")]
    [InlineData("addresses.locality", 128, "city")]
    [InlineData("addresses.region", 128, "state")]
    [InlineData("addresses.postalCode", 40, "postalCode")]
    [InlineData(Enterprise + ".department", 64, "department")]
    [InlineData(Enterprise + ".organization", 64, "companyName")]
    public void A_value_of_the_length_that_Entra_ID_takes_passes_and_a_longer_one_is_an_error(string path, int length, string target) =>
        HasLimit(new CheckOptions(), path, length, target);

    [Theory]
    [InlineData("externalId", 16, "employeeID")]
    [InlineData("title", 128, "title")]
    [InlineData("userType", 256, "employeeType")]
    [InlineData("name.familyName", 64, "sn")]
    [InlineData("addresses.locality", 128, "l")]
    [InlineData("addresses.postalCode", 40, "postalCode")]
    [InlineData(Enterprise + ".department", 64, "department")]
    [InlineData(Enterprise + ".organization", 64, "company")]
    [InlineData(Enterprise + ".division", 256, "division")]
    public void A_value_of_the_length_that_Active_Directory_takes_passes_and_a_longer_one_is_an_error(string path, int length, string target) =>
        HasLimit(For(TargetSystem.ActiveDirectory), path, length, target);

    [Fact]
    public void Letters_are_counted_and_not_bytes()
    {
        Assert.Empty(Find(User(change: user => user["title"] = new string('é', 128))));
        Assert.Single(Find(User(change: user => user["title"] = new string('é', 129))));
        Assert.Empty(Find(User(change: user => user["title"] = string.Concat(Enumerable.Repeat("😀", 64)))));
        Assert.Single(Find(User(change: user => user["title"] = string.Concat(Enumerable.Repeat("😀", 65)))));
    }

    [Theory]
    [InlineData("a'b.c-d_e!f#g^h~1@contoso.com")]
    [InlineData("A@sub-1.contoso.com")]
    public void A_sign_in_name_by_the_policy_passes(string name) => Assert.Empty(Find(User(change: user => user["userName"] = name)));

    [Theory]
    [InlineData("josé@contoso.com", "'é'")]
    [InlineData("a b@contoso.com", "a blank")]
    [InlineData("a+b@contoso.com", "'+'")]
    [InlineData("a@b@contoso.com", "'@'")]
    [InlineData("ab.@contoso.com", "a period at the end")]
    [InlineData("a/b@contoso.com", "'/'")]
    public void A_character_that_no_sign_in_name_may_have_is_an_error(string name, string shown)
    {
        PayloadFinding finding = Assert.Single(Find(User(change: user => user["userName"] = name)));

        Assert.Equal((CheckRules.UserNameCharacter.Name, FindingSeverity.Error, "userName", "userPrincipalName"), (finding.RuleName, finding.Severity, finding.Attribute, finding.TargetAttribute));
        Assert.Contains(shown, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_in_name_of_64_and_48_characters_passes_and_one_more_of_either_is_an_error()
    {
        Assert.Empty(Find(User(change: user => user["userName"] = LongName)));
        Assert.Equal(CheckRules.UserNameTooLong.Name, Assert.Single(Find(User(change: user => user["userName"] = "n" + LongName))).RuleName);
        Assert.Equal(CheckRules.UserNameTooLong.Name, Assert.Single(Find(User(change: user => user["userName"] = LongName.Replace("@", "@d", StringComparison.Ordinal)))).RuleName);
    }

    [Theory]
    [InlineData("@contoso.com")]
    [InlineData("ana@")]
    [InlineData("ana@contoso")]
    [InlineData("ana@contoso..com")]
    [InlineData("ana@con toso.com")]
    public void A_sign_in_name_that_is_not_of_the_form_name_and_domain_is_an_error(string name) => Assert.Equal(
        (CheckRules.UserNameForm.Name, FindingSeverity.Error), Of(Assert.Single(Find(User(change: user => user["userName"] = name)))));

    [Fact]
    public void A_sign_in_name_without_a_domain_is_a_warning_until_the_domains_or_the_mapping_are_known()
    {
        JsonObject user = User(change: user => user["userName"] = "EMP100417");

        Assert.Equal((CheckRules.UserNameForm.Name, FindingSeverity.Warning), Of(Assert.Single(Find(user))));
        Assert.Equal((CheckRules.UserNameForm.Name, FindingSeverity.Error), Of(Assert.Single(Find(new CheckOptions { VerifiedDomains = ["contoso.com"] }, user))));
    }

    [Fact]
    public void A_domain_that_is_not_verified_is_an_error_in_Entra_ID_and_a_warning_in_Active_Directory()
    {
        JsonObject user = User(change: user => user["userName"] = "ana@fabrikam.com");

        Assert.Equal((CheckRules.UserNameDomain.Name, FindingSeverity.Error), Of(Assert.Single(Find(new CheckOptions { VerifiedDomains = ["contoso.com"] }, user))));
        Assert.Equal(
            (CheckRules.UserNameDomain.Name, FindingSeverity.Warning),
            Of(Assert.Single(Find(For(TargetSystem.ActiveDirectory) with { VerifiedDomains = ["contoso.com"] }, user))));
    }

    [Fact]
    public void The_account_name_that_Active_Directory_would_be_given_is_looked_at_as_a_warning()
    {
        Assert.Empty(Find(For(TargetSystem.ActiveDirectory), User(change: user => user["userName"] = new string('a', 20) + "@contoso.com")));
        PayloadFinding finding = Assert.Single(Find(For(TargetSystem.ActiveDirectory), User(change: user => user["userName"] = new string('a', 21) + "@contoso.com")));

        Assert.Equal((CheckRules.AccountName.Name, FindingSeverity.Warning), Of(finding));
        Assert.Equal("sAMAccountName", finding.TargetAttribute);
    }

    [Theory]
    [InlineData("externalId")]
    [InlineData("userName")]
    [InlineData("displayName")]
    public void A_value_without_which_there_is_no_account_is_an_error_when_it_is_missing_null_or_empty(string attribute)
    {
        foreach (Action<JsonObject> change in new Action<JsonObject>[] { user => user.Remove(attribute), user => user[attribute] = null, user => user[attribute] = "" })
        {
            PayloadFinding finding = Assert.Single(Find(User(change: change)));
            Assert.Equal((CheckRules.RequiredValue.Name, FindingSeverity.Error), Of(finding));
            Assert.Equal(attribute, finding.Attribute);
        }
    }

    [Fact]
    public void An_active_that_is_missing_or_null_is_an_error_and_so_is_one_that_is_no_Boolean()
    {
        Assert.Equal((CheckRules.ActiveMissing.Name, FindingSeverity.Error), Of(Assert.Single(Find(User(change: user => user.Remove("active"))))));
        Assert.Equal((CheckRules.ActiveMissing.Name, FindingSeverity.Error), Of(Assert.Single(Find(User(change: user => user["active"] = null)))));
        Assert.Equal((CheckRules.ActiveNotBoolean.Name, FindingSeverity.Error), Of(Assert.Single(Find(User(change: user => user["active"] = "TRUE")))));
        Assert.Equal(CheckRules.ActiveNotBoolean.Name, Find(User(change: user => user["active"] = 1)).First().RuleName);
        Assert.Empty(Find(User(change: user => user["active"] = false)));
    }

    [Theory]
    [InlineData("2021-05-01")]
    [InlineData("2021-05-01T00:00:00-05:00")]
    [InlineData("2021-05-01T00:00:00.123Z")]
    [InlineData("")]
    public void A_date_of_ISO_8601_passes(string date) => Assert.Empty(Find(WithCustom("HireDate", date)));

    [Theory]
    [InlineData("01/05/2021")]
    [InlineData("2021-13-01")]
    [InlineData("20210501")]
    [InlineData("2021-05-01 00:00")]
    [InlineData("0000-00-00")]
    public void Another_date_is_a_warning_where_the_name_alone_says_that_it_is_one(string date)
    {
        PayloadFinding finding = Assert.Single(Find(WithCustom("HireDate", date)));

        Assert.Equal((CheckRules.DateNotIso8601.Name, FindingSeverity.Warning), Of(finding));
        Assert.Equal(Custom + ":HireDate", finding.Attribute);
    }

    [Fact]
    public void A_usage_location_is_a_code_of_ISO_3166()
    {
        Assert.Empty(Find(WithCustom("usageLocation", "GB")));
        Assert.Equal((CheckRules.UsageLocation.Name, FindingSeverity.Warning), Of(Assert.Single(Find(WithCustom("UsageLocation", "UK")))));
        Assert.Equal(CheckRules.UsageLocation.Name, Assert.Single(Find(WithCustom("UsageLocation", "Portugal"))).RuleName);
    }

    [Theory]
    [InlineData("de", null)]
    [InlineData("UK", null)]
    [InlineData("USA", "CountryCode")]
    [InlineData("Germany", "CountryCode")]
    [InlineData("ZZ", "CountryCode")]
    public void A_country_that_is_no_code_is_a_warning(string country, string? rule)
    {
        List<PayloadFinding> found = Find(User(change: user => user["addresses"]![0]!["country"] = country));

        Assert.Equal(rule, found.SingleOrDefault()?.RuleName);
        Assert.All(found, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Theory]
    [InlineData("josé@contoso.com", FindingSeverity.Error)]
    [InlineData("ana.contoso.com", FindingSeverity.Warning)]
    [InlineData("ana @contoso.com", FindingSeverity.Warning)]
    [InlineData("ana@contoso.com;b@contoso.com", FindingSeverity.Warning)]
    public void An_address_with_letters_that_mail_cannot_contain_is_an_error_and_another_one_that_is_none_a_warning(string address, FindingSeverity severity)
    {
        Assert.Equal((CheckRules.EmailForm.Name, severity), Of(Assert.Single(Find(User(change: user => user["emails"]![0]!["value"] = address)))));

        // One that goes nowhere by the default mappings.
        Assert.Equal(
            (CheckRules.EmailForm.Name, FindingSeverity.Warning),
            Of(Assert.Single(Find(User(change: user => user["emails"]!.AsArray().Add(new JsonObject { ["type"] = "home", ["value"] = address }))))));
    }

    [Fact]
    public void Two_primary_values_are_a_warning()
    {
        JsonObject user = User(change: user => user["emails"]!.AsArray().Add(new JsonObject { ["value"] = "b@contoso.com", ["type"] = "home", ["primary"] = true }));

        PayloadFinding finding = Assert.Single(Find(user));
        Assert.Equal((CheckRules.PrimaryTwice.Name, FindingSeverity.Warning, "emails"), (finding.RuleName, finding.Severity, finding.Attribute));
    }

    [Theory]
    [InlineData(" Sales")]
    [InlineData("Sales\u00A0")]
    [InlineData("Sales\t")]
    [InlineData("\u200BSales")]
    public void White_space_around_a_value_is_a_warning_wherever_it_stands(string value)
    {
        Assert.Equal((CheckRules.WhiteSpaceAround.Name, Enterprise + ":department"), NameOf(Assert.Single(Find(User(change: user => user[Enterprise]!["department"] = value)))));
        Assert.Equal((CheckRules.WhiteSpaceAround.Name, Custom + ":Site"), NameOf(Assert.Single(Find(WithCustom("Site", value)))));
        Assert.Empty(Find(User(change: user => user[Enterprise]!["department"] = "S a l e s")));
    }

    [Fact]
    public void Names_of_attributes_are_known_in_any_case_and_values_by_their_type_wherever_it_stands()
    {
        Assert.Equal("jobTitle", Assert.Single(Find(User(change: user =>
        {
            user.Remove("title");
            user["TITLE"] = new string('t', 129);
        }))).TargetAttribute);
        JsonObject typeLast = User(change: user => user["addresses"] = new JsonArray(
            new JsonObject { ["postalCode"] = new string('1', 41), ["type"] = "home" },
            new JsonObject { ["postalCode"] = new string('1', 41), ["type"] = "Work" }));

        // That at home goes nowhere.
        Assert.Equal("addresses[type eq \"work\"].postalCode", Assert.Single(Find(typeLast)).Attribute);
    }

    [Fact]
    public void A_rule_that_is_excluded_finds_nothing()
    {
        JsonObject user = User(change: user => user["title"] = new string('t', 129));

        Assert.Empty(Find(new CheckOptions { ExcludedRules = ["valuetoolong"] }, user));
    }

    [Fact]
    public void Each_finding_has_a_page_a_remedy_and_a_place()
    {
        Assert.All(CheckRules.All, rule =>
        {
            Assert.StartsWith("https://", rule.HelpUri, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal);
            Assert.InRange(rule.Name.Length, 5, 17);
        });
        Assert.Equal(CheckRules.All.Count, CheckRules.All.Select(rule => rule.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        PayloadFinding finding = Assert.Single(Find(new CheckOptions(), Document(3, User("1"), User("2", user => user["title"] = new string('t', 129)))));

        Assert.Equal(("2", "payload.json", 3, 2), (finding.ExternalId, finding.Source, finding.Document, finding.Operation));
        Assert.Equal("title is longer than the directory takes: 129 characters, and jobTitle takes 128.", finding.Message);
    }

    private static (string Rule, FindingSeverity Severity) Of(PayloadFinding finding) => (finding.RuleName, finding.Severity);

    private static (string Rule, string Attribute) NameOf(PayloadFinding finding) => (finding.RuleName, finding.Attribute);

    private static JsonObject WithCustom(string name, string value) => User(change: user => user[Custom] = new JsonObject { [name] = value });

    private static void HasLimit(CheckOptions options, string path, int length, string target)
    {
        Assert.DoesNotContain(
            Find(options, User(change: user => Set(user, path, length))),
            finding => finding.RuleName == CheckRules.ValueTooLong.Name && finding.Severity == FindingSeverity.Error);
        PayloadFinding finding = Assert.Single(
            Find(options, User(change: user => Set(user, path, length + 1))),
            finding => finding.RuleName == CheckRules.ValueTooLong.Name && finding.Severity == FindingSeverity.Error);
        Assert.Equal(target, finding.TargetAttribute);
    }

    private static void Set(JsonObject user, string path, int length)
    {
        string value = new('x', length);
        int dot = path.StartsWith("urn:", StringComparison.Ordinal) ? path.LastIndexOf('.') : path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            user[path] = value;
        }
        else
        {
            JsonNode parent = user[path[..dot]]!;
            (parent as JsonArray is { } values ? values[0]! : parent)[path[(dot + 1)..]] = value;
        }
    }
}
