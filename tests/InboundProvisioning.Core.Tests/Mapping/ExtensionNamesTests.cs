using System.Collections.Generic;
using InboundProvisioning.Mapping;
using Xunit;

namespace InboundProvisioning.Core.Tests.Mapping;

public sealed class ExtensionNamesTests
{
    [Fact]
    public void Columns_that_no_attribute_can_be_named_for_are_refused_together_with_the_way_on()
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => ExtensionNames.Own.Require(["HireDate", "Worker ID", "Manager's no."], "workers.csv"));

        Assert.Equal(("InvalidAttributeName", "Worker ID"), (fault.ErrorId, fault.Target));
        Assert.StartsWith("workers.csv: 'Worker ID', 'Manager's no.' are no names", fault.Message);
        Assert.EndsWith("-ScimName @{ 'Worker ID' = 'WorkerID'; 'Manager''s no.' = 'ManagerSNo' }", fault.Message);
    }

    [Fact]
    public void A_column_goes_under_the_name_that_it_is_given_in_any_case_and_others_under_their_own()
    {
        var names = new ExtensionNames(new Dictionary<string, string> { ["worker id"] = "WorkerID" });

        names.Require(["Worker ID", "HireDate"], "workers.csv");

        Assert.Equal(("WorkerID", "HireDate"), (names.Of("Worker ID"), names.Of("HireDate")));
        Assert.Equal(("WorkerID", "HireDate"), (names.Of("Worker\u00A0ID"), names.Of("HireDate\u200B")));
    }

    [Fact]
    public void A_given_name_that_is_none_either_is_refused()
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => new ExtensionNames(new Dictionary<string, string> { ["Worker ID"] = "Worker-Id!" }));

        Assert.Equal("InvalidAttributeName", fault.ErrorId);
        Assert.EndsWith("-ScimName @{ 'Worker ID' = 'Worker-Id' }", fault.Message);
    }

    [Fact]
    public void Two_columns_under_one_name_are_refused()
    {
        var names = new ExtensionNames(new Dictionary<string, string> { ["Worker ID"] = "workerid" });

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => names.Require(["WorkerID", "Worker ID"], "workers.csv"));

        Assert.Equal("RepeatedAttribute", fault.ErrorId);
        Assert.Contains("'WorkerID', 'Worker ID'", fault.Message);
    }

    [Fact]
    public void A_name_for_a_column_that_is_not_there_is_found()
    {
        var names = new ExtensionNames(new Dictionary<string, string> { ["Wroker ID"] = "WorkerID", ["Level"] = "Grade" });

        Assert.Equal(["Wroker ID"], names.Unused(["Worker ID", "level"]));
    }
}
