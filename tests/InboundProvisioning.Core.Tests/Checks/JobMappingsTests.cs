using System.Linq;
using System.Text.Json.Nodes;
using InboundProvisioning.Applications;
using InboundProvisioning.Checks;
using Xunit;
using static InboundProvisioning.Core.Tests.Checks.CheckedPayload;

namespace InboundProvisioning.Core.Tests.Checks;

/// <summary>The limits go by the job's own mappings, where its schema is known.</summary>
public sealed class JobMappingsTests
{
    [Fact]
    public void A_limit_is_that_of_the_attribute_which_the_job_maps_directly()
    {
        JobMappings mappings = JobMappings.Of(JobSchema("Azure Active Directory", Direct(Custom + ":Unit", "department"), Direct("title", "extensionAttribute3")));
        var options = new CheckOptions { Mappings = mappings };

        Assert.True(mappings.IsKnown);
        Assert.Equal(TargetSystem.EntraId, mappings.Target);
        Assert.Equal(
            ("department", Custom + ":Unit", FindingSeverity.Error),
            Find(options, User(change: user => user[Custom] = new JsonObject { ["Unit"] = new string('x', 65) })).Where(OfLength).Select(Of).Single());
        Assert.DoesNotContain(Find(options, User(change: user => user["title"] = new string('x', 1024))), OfLength);
        Assert.Equal("extensionAttribute3", Find(options, User(change: user => user["title"] = new string('x', 1025))).Single(OfLength).TargetAttribute);
    }

    [Fact]
    public void An_expression_is_not_computed_and_has_no_limit()
    {
        JsonObject left = Direct("userName", "userPrincipalName");
        left["source"] = new JsonObject { ["type"] = "Function", ["name"] = "Left", ["expression"] = "Left([userName], 20)" };
        var options = new CheckOptions { Mappings = JobMappings.Of(JobSchema("Azure Active Directory", left)), VerifiedDomains = ["contoso.com"] };

        Assert.Empty(Find(options, User(change: user => user["userName"] = "josé")));
    }

    [Fact]
    public void A_sign_in_name_without_a_domain_is_an_error_where_the_job_writes_it_as_it_is()
    {
        var options = new CheckOptions { Mappings = JobMappings.Of(JobSchema("Azure Active Directory", Direct("userName", "userPrincipalName"))) };

        Assert.Equal(("userPrincipalName", "userName", FindingSeverity.Error), Find(options, User(change: user => user["userName"] = "EMP1222")).Select(Of).Single());
    }

    [Fact]
    public void What_the_job_does_not_map_directly_can_be_left_out()
    {
        var options = new CheckOptions { Mappings = JobMappings.Of(JobSchema("Azure Active Directory", Direct("displayName", "displayName"))) };

        Assert.Equal(
            [("userName", FindingSeverity.Warning)],
            Find(options, User(change: user => user.Remove("userName"))).Select(finding => (finding.Attribute, finding.Severity)));
    }

    [Theory]
    [InlineData("Active Directory", TargetSystem.ActiveDirectory)]
    [InlineData("corp.contoso.com Active Directory", TargetSystem.ActiveDirectory)]
    [InlineData("Azure Active Directory", TargetSystem.EntraId)]
    [InlineData("Microsoft Entra ID", TargetSystem.EntraId)]
    public void The_directory_is_that_of_the_schema(string name, TargetSystem target) => Assert.Equal(target, JobMappings.Of(JobSchema(name)).Target);

    [Fact]
    public void A_direct_mapping_to_the_account_name_of_Active_Directory_makes_its_rule_an_error()
    {
        var options = new CheckOptions { Mappings = JobMappings.Of(JobSchema("Active Directory", Direct("nickName", "sAMAccountName"))) };

        Assert.Empty(Find(options, User(change: user => user["nickName"] = new string('a', 20))));
        Assert.Equal(("sAMAccountName", "nickName", FindingSeverity.Error), Find(options, User(change: user => user["nickName"] = new string('a', 21))).Select(Of).Single());
        Assert.Equal(("sAMAccountName", "nickName", FindingSeverity.Error), Find(options, User(change: user => user["nickName"] = "a/b")).Select(Of).Single());
    }

    [Fact]
    public void A_usage_location_and_a_date_that_the_job_writes_as_they_are_are_errors()
    {
        var options = new CheckOptions
        {
            Mappings = JobMappings.Of(JobSchema("Azure Active Directory", Direct(Custom + ":Land", "usageLocation"), Direct(Custom + ":Start", "employeeHireDate"))),
        };

        Assert.Equal(
            [(CheckRules.UsageLocation.Name, FindingSeverity.Error), (CheckRules.DateNotIso8601.Name, FindingSeverity.Error)],
            Find(options, User(change: user => user[Custom] = new JsonObject { ["Land"] = "UK", ["Start"] = "1.5.2021" })).Select(finding => (finding.RuleName, finding.Severity)));
    }

    [Fact]
    public void An_attribute_that_the_schema_has_as_a_point_in_time_is_checked_as_one()
    {
        var options = new CheckOptions { Mappings = JobMappings.Of(JobSchema("Azure Active Directory")) };

        Assert.Equal(
            FindingSeverity.Error, Find(options, User(change: user => user[Custom] = new JsonObject { ["Since"] = "yesterday" })).Single(finding => finding.RuleName == CheckRules.DateNotIso8601.Name).Severity);
    }

    [Theory]
    [InlineData("API2AD.0123.4567", TargetSystem.ActiveDirectory)]
    [InlineData("API2AAD.0123.4567", TargetSystem.EntraId)]
    [InlineData("other", null)]
    [InlineData(null, null)]
    public void The_id_of_a_job_tells_its_directory(string? jobId, TargetSystem? target) => Assert.Equal(target, JobMappings.TargetOf(jobId));

    private static bool OfLength(PayloadFinding finding) => finding.RuleName == CheckRules.ValueTooLong.Name;

    private static (string? Target, string Attribute, FindingSeverity Severity) Of(PayloadFinding finding) => (finding.TargetAttribute, finding.Attribute, finding.Severity);
}
