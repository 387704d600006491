using InboundProvisioning.Scim;
using Xunit;

namespace InboundProvisioning.Core.Tests.Scim;

public sealed class ScimNameTests
{
    [Theory]
    [InlineData("Worker ID", "WorkerID")]
    [InlineData("hire date", "hireDate")]
    [InlineData("no._ext", "no_ext")]
    [InlineData("2nd manager", "ndManager")]
    [InlineData("  Grade", "Grade")]
    [InlineData("Straße (privat)", "StraEPrivat")]
    [InlineData("Téléphone", "Telephone")]
    [InlineData("cost\u00A0center", "costCenter")]
    [InlineData("年", null)]
    [InlineData("", null)]
    public void A_name_that_scim_allows_is_proposed(string name, string? proposed)
    {
        Assert.Equal(proposed, ScimName.Propose(name));
        Assert.True(proposed is null || ScimName.IsAttributeName(proposed));
    }
}
