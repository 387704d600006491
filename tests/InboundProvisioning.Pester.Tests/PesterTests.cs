using System.Linq;

namespace InboundProvisioning.Pester.Tests;

/// <summary>Each test of tests/Pester as one of xunit's. None may be skipped: in the pinned PowerShell there is all that they need.</summary>
public sealed class PesterTests
{
    /// <summary>The tests, known when they have run.</summary>
    public static TheoryData<string, string, int> Tests
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach ((int index, (string file, PesterTest test)) in PesterRun.Results.Index())
            {
                data.Add(file, test.Name, index);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tests), DisableDiscoveryEnumeration = true)]
    public void Passes(string file, string test, int index)
    {
        PesterTest result = PesterRun.Results[index].Test;

        Assert.True(result.Result == "Passed", $"{file}: {test}: {result.Result}\n{result.Error}");
    }
}
