using System;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>Which of a person's rows goes, as users ask for it.</summary>
public sealed class RepeatedRecordTests : IDisposable
{
    private const string Map = "$map = @{ externalId = 'Id'; active = $true; title = 'Title' }; ";
    private const string Records = "$rows = foreach ($row in '1,a,N', '2,b,N', 'A3,c,N', '1,d,Y', 'a3,e,N') { $f = $row.Split(','); [pscustomobject]@{ Id = $f[0]; Title = $f[1]; Primary = $f[2] } }; ";

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("-RepeatedRecord First", "1a 2b A3c")]
    [InlineData("-RepeatedRecord Last", "1d 2b a3e")]
    [InlineData("-RepeatedRecord First -Prefer { $_.Primary -eq 'Y' }", "1d 2b A3c")]
    [InlineData("-RepeatedRecord Last -Prefer { if ($_.Primary -ne 'N') { 'yes' } }", "1d 2b a3e")]
    [InlineData("-RepeatedRecord First -Prefer { $_.Title.Length -gt 5 }", "1a 2b A3c")]
    public void Of_the_rows_of_a_person_the_one_asked_for_goes_and_one_warning_says_so(string parameters, string expected)
    {
        string path = _directory.Write("a.csv", "Id,Title,Primary\r\n1,a,N\r\n2,b,N\r\nA3,c,N\r\n1,d,Y\r\na3,e,N\r\n");
        foreach (string script in new[] { "ConvertTo-ScimBulkPayload $path $map " + parameters, Records + "$rows | ConvertTo-ScimBulkPayload -AttributeMapping $map " + parameters })
        {
            PowerShellResult result = _session.Run(Map + script, ("path", path)).ThrowIfFailed();

            Assert.Equal(expected.Split(' ').Order(), result.Operations().Select(operation =>
                operation.GetProperty("bulkId").GetString() + operation.GetProperty("data").GetProperty("title").GetString()).Order());
            Assert.Matches("^2 of 5 rows were passed over, since another row of the same person goes: '1', '[aA]3'\\.$", Assert.Single(result.Warnings));
        }
    }

    [Fact]
    public void First_of_a_pipeline_does_not_wait_for_its_end()
    {
        PowerShellResult result = _session.Run(
            Map + Records + "$order = [System.Collections.Generic.List[string]]::new(); "
            + "$rows | ForEach-Object { $order.Add('in'); $_ } | ConvertTo-ScimBulkPayload -AttributeMapping $map -RepeatedRecord First -OperationsPerRequest 1 | "
            + "ForEach-Object { $order.Add('out') }; -join $order").ThrowIfFailed();

        Assert.Equal("inoutinoutinoutinin", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void A_preference_that_is_the_same_for_all_rows_is_refused()
    {
        PowerShellResult result = _session.Run(Map + Records + "$rows | ConvertTo-ScimBulkPayload -AttributeMapping $map -Prefer { $true }");

        Assert.Equal(["ConstantExpression"], result.ErrorIds());
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_column_that_only_the_preference_names_must_be_there()
    {
        PowerShellResult result = _session.Run(Map + Records + "$rows | ConvertTo-ScimBulkPayload -AttributeMapping $map -Prefer { $_.Main -eq 'Y' }");

        Assert.Equal(["ColumnNotFound"], result.ErrorIds());
        Assert.Contains("'Main'", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_the_mapping_is_a_warning_before_any_output()
    {
        PowerShellResult result = _session.Run(
            Records + "$rows | ConvertTo-ScimBulkPayload -AttributeMapping @{ externalId = 'Id'; active = $true; titel = 'Title' } -RepeatedRecord First").ThrowIfFailed();

        Assert.Equal("titel: There is no such attribute. Did you mean title?", result.Warnings[0]);
        Assert.Single(result.Output);
    }
}
