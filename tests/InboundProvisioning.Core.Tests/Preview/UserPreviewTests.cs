using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Preview;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Preview;

/// <summary>What a mapping makes of a row, attribute by attribute.</summary>
public sealed class UserPreviewTests
{
    private static readonly AttributeMapping Whole = Of(
        ("externalId", "Id"),
        ("userName", Expression(static row => row.GetValue(1) + "@contoso.com", "Login")),
        ("active", "Active"),
        ("displayName", "Id"),
        ("name", Complex(("givenName", "First"), ("familyName", "Last"))),
        ("phoneNumbers", Mappings.Array(
            Complex(("type", Constant("work")), ("value", "Phone"), ("primary", true)),
            Complex(("type", Constant("mobile")), ("value", "Mobile")))),
        ("emails", Complex(("value", "Mail"), ("type", Constant("work")))),
        (ScimSchemas.EnterpriseUserUrn, Complex(("department", "Dept"), ("manager", Complex(("value", "Boss"))))),
        (CustomUrn, Complex(("Badge", "Badge"))));

    private const string Header = "Id,Login,Active,First,Last,Phone,Mobile,Mail,Dept,Boss,Badge\r\n";

    public static TheoryData<string, EmptyValueHandling> Rows()
    {
        var data = new TheoryData<string, EmptyValueHandling>();
        foreach (string row in new[] { "7,jo,yes,Jo,Doe,1,2,jo@contoso.com,IT,9,B1", "8,al,no,,,,3,,,,", "9,\"b\"\"x\",true,é,,,,,X,,\"a,b\"" })
        {
            foreach (EmptyValueHandling handling in Enum.GetValues<EmptyValueHandling>())
            {
                data.Add(row, handling);
            }
        }

        return data;
    }

    // The attributes, put together again by their paths, are the user that a run makes.
    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_shown_is_what_a_run_makes_of_the_row(string row, EmptyValueHandling handling)
    {
        var user = new JsonObject();
        var elements = new Dictionary<string, JsonObject>();
        foreach (ShownAttribute shown in Show(Header + row, Whole, handling).Where(static shown => shown.Json is not null))
        {
            Put(user, elements, shown.Attribute, JsonNode.Parse(shown.Json!));
        }

        var expected = (JsonObject)JsonNode.Parse(Assert.Single(Conversions.RunText(Header + row, Whole, handling).Data()))!;
        expected.Remove("schemas");
        Assert.Equal(expected.ToJsonString(), user.ToJsonString());
    }

    [Fact]
    public void Each_value_has_its_origin_its_columns_and_its_type()
    {
        IReadOnlyList<ShownAttribute> shown = Show(Header + "7,jo,yes,Jo,Doe,1,2,jo@contoso.com,IT,9,B1", Whole);

        Assert.All(shown, static one => Assert.Equal(("7", 1, "workers.csv, line 2"), (one.ExternalId, one.Row, one.Place)));
        Assert.All(shown, static one => Assert.Empty(one.Problems));
        ShownAttribute active = Find(shown, "active");
        Assert.Equal(("true", "true", "boolean", ValueOrigin.Column, "Active"), (active.Value, active.Json, active.Type, active.Origin, active.Mapping));
        Assert.Equal([new ShownColumn("Active", "yes")], active.Columns);
        ShownAttribute userName = Find(shown, "userName");
        Assert.Equal((ValueOrigin.Script, "jo@contoso.com"), (userName.Origin, userName.Value));
        Assert.Equal([new ShownColumn("Login", "jo")], userName.Columns);
        Assert.Equal((ValueOrigin.Constant, "work", "string"), (Find(shown, "phoneNumbers[0].type").Origin, Find(shown, "phoneNumbers[0].type").Mapping, Find(shown, "phoneNumbers[0].type").Type));
        Assert.Equal("9", Find(shown, ScimSchemas.EnterpriseUserUrn + ":manager.value").Value);
        Assert.Null(Find(shown, CustomUrn + ":Badge").Type);
    }

    [Fact]
    public void The_fault_of_an_attribute_hides_no_other()
    {
        IReadOnlyList<ShownAttribute> shown = Show(
            "Id,Active,Home,Work\r\n7,Active,x,y\r\n",
            Of(
                ("externalId", "Id"),
                ("active", "Active"),
                ("title", Expression(static _ => throw new RowExpressionException("ScriptBlockFailed", "It cannot be."))),
                ("phoneNumbers", Mappings.Array(
                    Complex(("type", Constant("home")), ("value", "Home"), ("primary", true)),
                    Complex(("type", Constant("work")), ("value", "Work"), ("primary", "Home"))))));

        Assert.Equal("7", Find(shown, "externalId").Value);
        Assert.Contains("none of true, false", Assert.Single(Find(shown, "active").Problems), StringComparison.Ordinal);
        Assert.Contains("It cannot be.", Assert.Single(Find(shown, "title").Problems), StringComparison.Ordinal);
        Assert.Equal("x", Find(shown, "phoneNumbers[0].value").Value);
        Assert.Empty(Find(shown, "phoneNumbers[1].value").Problems);
        Assert.Contains("none of true, false", Assert.Single(Find(shown, "phoneNumbers[1].primary").Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_several_values_together_is_shown_at_the_first_of_them()
    {
        IReadOnlyList<ShownAttribute> shown = Show(
            "Id,A\r\n7,true\r\n",
            Of(
                ("externalId", "Id"),
                ("active", true),
                ("phoneNumbers", Mappings.Array(Complex(("value", "Id"), ("primary", "A")), Complex(("value", "A"), ("primary", "A"))))));

        Assert.Contains("primary", Assert.Single(Find(shown, "phoneNumbers[0].value").Problems), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_the_directory_would_refuse_is_a_problem_of_its_attribute()
    {
        IReadOnlyList<ShownAttribute> shown = Show(
            "Id,User,Home,Work\r\n7,jo doe@contoso.com,jo@home.example,no address\r\n",
            Of(
                ("externalId", "Id"),
                ("userName", "User"),
                ("active", true),
                ("displayName", "User"),
                ("emails", Mappings.Array(
                    Complex(("type", Constant("home")), ("value", "Home")),
                    Complex(("type", Constant("work")), ("value", "Work"))))));

        Assert.Contains("userName", Assert.Single(Find(shown, "userName").Problems), StringComparison.Ordinal);
        Assert.NotEmpty(Find(shown, "emails[1].value").Problems);
        Assert.Empty(Find(shown, "emails[0].value").Problems);
    }

    [Fact]
    public void A_row_without_externalId_is_shown_too()
    {
        IReadOnlyList<ShownAttribute> shown = Show("Id,Active\r\n,true\r\n", Of(("externalId", "Id"), ("active", "Active")));

        Assert.Null(shown[0].ExternalId);
        Assert.Contains("empty", Assert.Single(Find(shown, "externalId").Problems), StringComparison.Ordinal);
        Assert.Equal("true", Find(shown, "active").Value);
    }

    [Fact]
    public void A_column_that_is_not_there_is_a_problem_unless_it_may_be_missing()
    {
        AttributeMapping mapping = Of(("externalId", "Id"), ("active", true), ("title", "Job"));

        Assert.Contains("no column 'Job'", Assert.Single(Find(Show("Id\r\n7\r\n", mapping), "title").Problems), StringComparison.Ordinal);
        Assert.Empty(Find(Show("Id\r\n7\r\n", mapping, allowMissing: true), "title").Problems);
    }

    private static ShownAttribute Find(IReadOnlyList<ShownAttribute> shown, string attribute) => Assert.Single(shown, one => one.Attribute == attribute);

    private static IReadOnlyList<ShownAttribute> Show(
        string csv, AttributeMapping mapping, EmptyValueHandling handling = EmptyValueHandling.EmptyString, bool allowMissing = false)
    {
        using var directory = new TemporaryDirectory();
        var options = new ConversionOptions { Mapping = mapping, EmptyValue = handling, AllowMissingColumn = allowMissing };
        using PreviewFile file = PreviewFile.Open(directory.Write("workers.csv", csv), options.Csv);
        using var preview = new UserPreview(options);
        preview.SetColumns(file.Columns);
        Assert.True(file.Read());
        return preview.Show(file.Row, file.Number);
    }

    // An element of an array of which nothing goes leaves no gap, so elements are found by their path.
    private static void Put(JsonObject user, Dictionary<string, JsonObject> elements, string path, JsonNode? value)
    {
        int colon = path.LastIndexOf(':');
        string[] steps = colon < 0 ? path.Split('.') : [path[..colon], .. path[(colon + 1)..].Split('.')];
        JsonObject at = user;
        foreach (string step in steps[..^1])
        {
            if (!step.EndsWith(']'))
            {
                at = (JsonObject)(at[step] ??= new JsonObject());
            }
            else if (elements.TryGetValue(step, out JsonObject? known))
            {
                at = known;
            }
            else
            {
                var array = (JsonArray)(at[step[..step.IndexOf('[')]] ??= new JsonArray());
                array.Add(at = elements[step] = []);
            }
        }

        at[steps[^1]] = value;
    }
}
