using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class IdentifierNameTests
{
    [Theory]
    [InlineData("WorkerID")]
    [InlineData("worker_id")]
    [InlineData("employeeid")]
    [InlineData("CostCenter")]
    [InlineData("Cost Centre")]
    [InlineData("ZIPCode")]
    [InlineData("ZipCode")]
    [InlineData("zip")]
    [InlineData("Employee No.")]
    [InlineData("PersNr")]
    [InlineData("Personalnummer")]
    [InlineData("EmployeeNumber")]
    [InlineData("PLZ")]
    [InlineData("JobCodes")]
    [InlineData("phone2")]
    public void Names_of_what_identifies_are_told(string column) => Assert.True(IdentifierName.Matches(column));

    [Theory]
    [InlineData("Level")]
    [InlineData("WeeklyHours")]
    [InlineData("Notice")]
    [InlineData("Headcount")]
    [InlineData("Year of birth")]
    [InlineData("")]
    public void Names_of_quantities_are_not(string column) => Assert.False(IdentifierName.Matches(column));
}
