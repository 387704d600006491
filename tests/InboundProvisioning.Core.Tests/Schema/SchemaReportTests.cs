using System;
using InboundProvisioning.Jobs;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class SchemaReportTests
{
    private static readonly string Report = SchemaReport.Write(
        Schemas.Parse(Schemas.Small), new ProvisioningJobAddress("sp", "job"), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData("| Job | `job` |")]
    [InlineData("| Read at | 2026-01-02 02:04:05 UTC |")]
    [InlineData("## Rule Inbound: API to Azure Active Directory")]
    [InlineData("| Actions | Add, Update, Delete |")]
    [InlineData("| staff | `userType` | EQUALS | `a\\|b`, `c` |")]
    [InlineData("| 1 | `employeeId` | `[externalId]` |")]
    [InlineData("| `employeeId` | `[externalId]` | Direct | Always | When changed |  | No |")]
    [InlineData("| Expression | Only when the object is created | In every cycle | `none` | Yes |")]
    [InlineData("| `urn:ietf:params:scim:schemas:extension:contoso:1.0:User:Level` | String | No | Yes | `jobTitle` |")]
    public void The_document_has(string line) => Assert.Contains(line, Report, StringComparison.Ordinal);

    [Fact]
    public void The_rule_of_the_higher_priority_comes_first() =>
        Assert.True(Report.IndexOf("Rule Inbound", StringComparison.Ordinal) < Report.IndexOf("Rule Write back", StringComparison.Ordinal));
}
