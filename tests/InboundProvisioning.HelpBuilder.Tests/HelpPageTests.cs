using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace InboundProvisioning.HelpBuilder.Tests;

public partial class HelpPageTests
{
    public static TheoryData<string> Names => [.. HelpPages.Names];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(HelpPages.Cmdlets.Keys.Order(StringComparer.Ordinal), HelpPages.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_documents_exactly_the_parameters_of_its_cmdlet(string name) => Assert.Equal(
        Parameters(name).Keys.Order(StringComparer.Ordinal),
        HelpPages.Read(name).Parameters.Select(static parameter => parameter.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_facts_of_a_parameter_are_those_of_the_code(string name)
    {
        Dictionary<string, ParameterMetadata> parameters = Parameters(name);
        object cmdlet = Activator.CreateInstance(HelpPages.Cmdlets[name])!;
        foreach (PageParameter page in HelpPages.Read(name).Parameters)
        {
            ParameterMetadata code = parameters[page.Name];
            Assert.Equal((page.Name, Facts(code, cmdlet, page.DefaultValue)), (page.Name, Facts(page)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_syntax_is_what_Get_Command_prints(string name)
    {
        string[] definitions = new CmdletInfo(name, HelpPages.Cmdlets[name]).Definition
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            definitions.Order(StringComparer.Ordinal),
            HelpPages.Read(name).Syntax.Select(static item => item.Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_a_description_and_three_examples_at_least(string name)
    {
        CommandPage page = HelpPages.Read(name);
        Assert.NotEmpty(page.Description);
        Assert.True(page.Examples.Count >= 3);
    }

    private static Dictionary<string, ParameterMetadata> Parameters(string name) => new CmdletInfo(name, HelpPages.Cmdlets[name]).Parameters.Values
        .Where(static parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
        .ToDictionary(static parameter => parameter.Name);

    private static string Facts(PageParameter page) => Join(
        page.Type,
        string.Join(", ", page.ParameterSets.Split(", ").Order(StringComparer.Ordinal)),
        page.Aliases,
        string.Join(", ", page.AcceptedValues),
        BySet(page.Required),
        BySet(page.Position),
        page.DefaultValue,
        page.PipelineInput,
        page.Wildcards);

    private static string Facts(ParameterMetadata code, object cmdlet, string documentedDefault)
    {
        ParameterSetMetadata set = code.ParameterSets.Values.First();
        bool isInAllSets = code.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets);
        return Join(
            code.ParameterType.Name,
            isInAllSets ? "(All)" : string.Join(", ", code.ParameterSets.Keys.Order(StringComparer.Ordinal)),
            string.Join(", ", code.Aliases),
            code.ParameterType.IsEnum ? string.Join(", ", Enum.GetNames(code.ParameterType)) : string.Empty,
            BySet(code, static one => one.IsMandatory ? "True" : "False"),
            BySet(code, static one => one.Position < 0 ? "Named" : one.Position.ToString(CultureInfo.InvariantCulture)),
            Default(cmdlet.GetType().GetProperty(code.Name)?.GetValue(cmdlet), documentedDefault),
            Pipeline(set),
            code.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "True" : "False");
    }

    /// <summary>A fact that is not the same in each parameter set: True (A, B), False (C).</summary>
    private static string BySet(ParameterMetadata code, Func<ParameterSetMetadata, string> fact)
    {
        List<IGrouping<string, string>> values = [.. code.ParameterSets.GroupBy(set => fact(set.Value), static set => set.Key)];
        return values.Count == 1 ? values[0].Key : Sorted(values.Select(static value => (value.Key, value.AsEnumerable())));
    }

    private static string BySet(string documented) => BySetForm().IsMatch(documented)
        ? Sorted(BySetForm().Matches(documented).Select(static match => (match.Groups["value"].Value, match.Groups["sets"].Value.Split(", ").AsEnumerable())))
        : documented;

    private static string Sorted(IEnumerable<(string Value, IEnumerable<string> Sets)> values) => string.Join(
        ", ",
        values.Select(static value => $"{value.Value} ({string.Join(", ", value.Sets.Order(StringComparer.Ordinal))})").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"(?<value>\w+) \((?<sets>[\w, ]+)\)")]
    private static partial Regex BySetForm();

    private static string Default(object? value, string documented) => value switch
    {
        null when documented == "False" => "False",
        null or "" or Array { Length: 0 } => "None",
        int number when number == 0 && documented == "None" => "None",
        DateTimeOffset time when time == default => "None",
        TimeSpan time when time == default => "None",
        Array values => string.Join(", ", values.Cast<object>()),
        SwitchParameter one => one.ToBool() ? "True" : "False",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Pipeline(ParameterSetMetadata set) => (set.ValueFromPipeline, set.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string Join(params string[] facts) => string.Join(" | ", facts);
}
