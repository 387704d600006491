using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using InboundProvisioning.Checks;
using InboundProvisioning.Scim;
using Xunit;
using static InboundProvisioning.Core.Tests.Checks.CheckedPayload;

namespace InboundProvisioning.Core.Tests.Checks;

/// <summary>What one record alone does not tell.</summary>
public sealed class PayloadCheckTests
{
    [Fact]
    public void A_sign_in_name_of_two_people_is_an_error_that_names_both_whatever_the_case_and_the_document()
    {
        List<PayloadFinding> found = Find(
            new CheckOptions(), Document(1, User("1", user => user["userName"] = "ana@contoso.com")), Document(2, User("2", user => user["userName"] = "ANA@contoso.com")));

        PayloadFinding finding = Assert.Single(found);
        Assert.Equal((CheckRules.UserNameTwice.Name, FindingSeverity.Error, "2", 2), (finding.RuleName, finding.Severity, finding.ExternalId, finding.Document));
        Assert.Contains("'1'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_record_of_a_person_is_a_warning_and_no_second_owner_of_the_name() =>
        Assert.Equal([CheckRules.ExternalIdTwice.Name], Find(User("a1"), User("A1", user => user["userName"] = "usera1@contoso.com")).Select(finding => finding.RuleName));

    [Fact]
    public void A_manager_of_whom_there_is_no_record_is_a_warning_and_one_who_comes_later_is_none()
    {
        PayloadFinding finding = Assert.Single(Find(With("1", "3"), With("2", "9"), User("3")));

        Assert.Equal((CheckRules.ManagerUnknown.Name, FindingSeverity.Warning, "2"), (finding.RuleName, finding.Severity, finding.ExternalId));
        Assert.Contains("'9'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manager_can_be_a_text_of_its_own_and_is_found_in_any_case() =>
        Assert.Empty(Find(User("A1"), User("2", user => user[Enterprise]!["manager"] = "a1")));

    [Fact]
    public void Who_is_their_own_manager_is_a_warning_and_no_circle() =>
        Assert.Equal([CheckRules.ManagerIsSelf.Name], Find(With("A1", "a1")).Select(finding => finding.RuleName));

    [Fact]
    public void A_circle_of_managers_is_one_warning_that_names_its_people()
    {
        // 5 and 6 are below the circle, and are not in it.
        PayloadFinding finding = Assert.Single(Find(With("5", "2"), With("1", "2"), With("2", "3"), With("3", "1"), With("6", "5"), User("7")));

        Assert.Equal((CheckRules.ManagerCircle.Name, FindingSeverity.Warning, "1"), (finding.RuleName, finding.Severity, finding.ExternalId));
        Assert.Contains("1 > 2 > 3 > 1", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_company_has_the_findings_that_it_has_and_no_others()
    {
        const int People = 20_000;
        var check = new PayloadCheck(new CheckOptions());
        var found = new List<PayloadFinding>();
        for (int i = 0; i < People; i += 50)
        {
            check.Check(Document([.. Enumerable.Range(i, 50).Select(n => With($"p{n}", $"p{n / 10}"))]), found.Add);
        }

        check.Complete(found.Add);

        Assert.Equal(People, check.Records);
        Assert.Equal([CheckRules.ManagerIsSelf.Name], found.Select(finding => finding.RuleName));
        Assert.Equal((0, 1), (check.Errors, check.Warnings));
    }

    [Fact]
    public void Users_are_found_in_documents_of_other_tools()
    {
        const string Json = """
            {"failOnErrors":null,"operations":[{"data":{"externalId":"1","Operations":[{"data":{}}],"active":true,"userName":"a@b.com","displayName":"A","title":" x"},"METHOD":"post","bulkId":"1","path":"/users"},
            {"extra":{"data":{"x":1}},"Data":{"externalId":"2","active":true,"userName":"b@b.com","displayName":"B","title":" x"},"method":"POST","bulkId":"2"}],"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]}
            """;
        BulkRequestDocument document = BulkRequestDocument.Read("x", 1, System.Text.Encoding.UTF8.GetBytes(Json));

        Assert.Null(document.Fault);
        Assert.Equal([("1", 1), ("2", 2)], Find(new CheckOptions(), document).Select(finding => (finding.ExternalId, finding.Operation)));
    }

    private static JsonObject With(string externalId, string manager) => User(externalId, user => user[Enterprise]!["manager"] = new JsonObject { ["value"] = manager });
}
