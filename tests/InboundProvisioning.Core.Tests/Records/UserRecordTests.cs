using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboundProvisioning.Records;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Core.Tests.Records;

/// <summary>A record is its shape and its values, and comes back in its very bytes.</summary>
public sealed class UserRecordTests
{
    private const string Full =
        """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"701984","userName":"bjensen@contoso.com","active":true,"name":{"givenName":"B\"ar\\b\u00e1ra","familyName":"Jensen 😀"},"emails":[{"value":"b@contoso.com","type":"work","primary":true},{"value":"b@home.example","type":"home"}],"phoneNumbers":[{"value":"1"},{"value":null}],"title":"","nickName":null,"roles":["a","b"],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R&D","manager":{"value":"900"}},"urn:contoso:1.0:User":{"Level":12.50,"Flag":false,"Big":-1e-7}}
        """;

    private const string Letters = "aZ0 \"\\/\n\té߀佐\u2028\u007f";

    private readonly ShapeBook _shapes = new();

    [Fact]
    public void The_attributes_of_a_record_have_the_names_of_SCIM_paths()
    {
        UserRecord record = Read(Full);

        Assert.Equal(
            [
                "externalId", "userName", "active", "name.givenName", "name.familyName", "emails[type eq \"work\"].value", "emails[type eq \"home\"].value",
                "phoneNumbers[0].value", "phoneNumbers[1].value", "title", "nickName", "roles[0]", "roles[1]",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
                "urn:contoso:1.0:User:Level", "urn:contoso:1.0:User:Flag", "urn:contoso:1.0:User:Big",
            ],
            record.Shape.Attributes);
        Assert.Equal(("701984", "bjensen@contoso.com", "900", true), (record.ExternalId, record.UserName, record.Manager, record.Active));
        Assert.Equal(Full, Encoding.UTF8.GetString(record.ToJson()));
        Assert.Equal(Full.Replace("\"active\":true", "\"active\":false", StringComparison.Ordinal), Encoding.UTF8.GetString(record.ToInactiveJson()));
    }

    [Fact]
    public void Records_of_all_kinds_come_back_byte_for_byte_and_few_shapes_hold_them()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] json = Generated(random);
            UserRecord record = new RecordReader(_shapes).Read(json);
            Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(record.ToJson()));
            Assert.Equal(record.Shape.Attributes.Count, record.Tokens.Length);
            Assert.Equal(RecordFingerprint.Of(json), record.Fingerprint);
        }

        int before = _shapes.Count;
        for (int i = 0; i < 100; i++)
        {
            Read(Full.Replace("701984", "x" + i, StringComparison.Ordinal).Replace("\"title\":\"\"", "\"title\":" + (i % 2 == 0 ? "null" : "\"T\""), StringComparison.Ordinal));
        }

        Assert.Equal(before + 1, _shapes.Count);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    [InlineData("\"true\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("1", null)]
    public void Only_a_boolean_says_whether_a_person_is_active(string value, bool? active) =>
        Assert.Equal(active, Read("{\"externalId\":\"1\",\"active\":" + value + "}").Active);

    [Theory]
    [InlineData("A1", "a1", true)]
    [InlineData("müller", "MÜLLER", true)]
    [InlineData("a\\u0031", "A1", true)]
    [InlineData("A1", "A1 ", false)]
    [InlineData("01", "1", false)]
    [InlineData("straße", "strasse", false)]
    public void Ids_are_one_person_where_they_differ_in_case_only(string one, string other, bool isSame)
    {
        string text = JsonSerializer.Deserialize<string>("\"" + one + "\"")!;
        Assert.Equal(isSame, PersonKey.OfToken(Encoding.UTF8.GetBytes("\"" + one + "\"")) == PersonKey.Of(other));
        Assert.Equal(PersonKey.Of(text), PersonKey.OfToken(Encoding.UTF8.GetBytes("\"" + one + "\"")));
        string longer = new('x', 200);
        Assert.Equal(PersonKey.Of(longer + text), PersonKey.OfToken(Encoding.UTF8.GetBytes("\"" + longer.ToUpperInvariant() + one + "\"")));
    }

    [Theory]
    [InlineData(StateContent.Record)]
    [InlineData(StateContent.Fingerprint)]
    public void A_difference_names_the_attributes_that_change_become_empty_or_are_filled(StateContent content)
    {
        string old = """{"externalId":"1","title":"A","nickName":"N","locale":null,"x":{"a":"1","b":"2"},"emails":[{"value":"w","type":"work"}]}""";
        string now = """{"x":{"b":"2","a":"9"},"externalId":"1","TITLE":"A","nickName":"","locale":"de","emails":[{"value":"h","type":"home"},{"value":"w","type":"work"}],"new":7}""";

        var differences = Differences(old, now, content).ToDictionary(static one => one.Attribute);

        Assert.Equal(["emails[type eq \"home\"].value", "locale", "new", "nickName", "x.a"], differences.Keys.Order(StringComparer.Ordinal));
        Assert.True(differences["nickName"].IsCleared);
        Assert.All(differences.Values.Where(static one => one.Attribute != "nickName"), static one => Assert.False(one.IsCleared));
        Assert.Equal((0u, true), (differences["locale"].OldDigest, differences["locale"].NewDigest != 0));
        Assert.Equal(content == StateContent.Record ? "\"1\"" : null, differences["x.a"].Old is byte[] was ? Encoding.UTF8.GetString(was) : null);
        Assert.Equal("\"9\"", Encoding.UTF8.GetString(differences["x.a"].New!));
    }

    [Theory]
    [InlineData(StateContent.Record)]
    [InlineData(StateContent.Fingerprint)]
    public void An_attribute_that_is_left_out_becomes_empty_and_an_empty_one_that_is_left_out_does_not(StateContent content)
    {
        AttributeDifference[] differences = [.. Differences("""{"externalId":"1","title":"A","nickName":""}""", """{"externalId":"1"}""", content)];

        Assert.Equal([("title", true), ("nickName", false)], differences.Select(static one => (one.Attribute, one.IsCleared)));
    }

    [Theory]
    [InlineData(StateContent.Record)]
    [InlineData(StateContent.Fingerprint)]
    public void The_same_attributes_in_another_order_are_no_difference(StateContent content) =>
        Assert.Empty(Differences("""{"externalId":"1","a":{"b":"1","c":2},"d":true}""", """{"d":true,"a":{"c":2,"b":"1"},"externalId":"1"}""", content));

    private List<AttributeDifference> Differences(string old, string now, StateContent content)
    {
        UserRecord before = Read(old);
        byte[] kept = content == StateContent.Record ? before.Values : RecordValues.Digests(before.Tokens);
        return RecordDifference.Of(new StoredPerson("1", before.Shape, kept, before.Fingerprint), Read(now), content);
    }

    private UserRecord Read(string json) => new RecordReader(_shapes).Read(Encoding.UTF8.GetBytes(json));

    private static byte[] Generated(Random random)
    {
        var user = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"), ["externalId"] = random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture) };
        for (int i = random.Next(8); i >= 0; i--)
        {
            user["a" + random.Next(12)] = Node(random, depth: 0);
        }

        JavaScriptEncoder encoder = random.Next(2) == 0 ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return Encoding.UTF8.GetBytes(user.ToJsonString(new JsonSerializerOptions { Encoder = encoder, WriteIndented = random.Next(8) == 0 }));
    }

    private static JsonNode? Node(Random random, int depth)
    {
        switch (random.Next(depth > 3 ? 5 : 8))
        {
            case 0:
                return null;
            case 1:
                return random.Next(2) == 0;
            case 2:
                return random.Next() * (random.Next(2) == 0 ? 1 : 0.001);
            case 3:
                return new string([.. Enumerable.Range(0, random.Next(300)).Select(_ => Letters[random.Next(Letters.Length)])]);
            case 4:
                return string.Empty;
            case 5:
                return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Node(random, depth + 1))]);
            case 6:
                return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(place => (JsonNode)new JsonObject
                {
                    ["type"] = "type" + place, ["primary"] = place == 0, ["value"] = Node(random, depth + 2),
                })]);
            default:
                var child = new JsonObject();
                for (int i = random.Next(4); i > 0; i--)
                {
                    child["b" + random.Next(6)] = Node(random, depth + 1);
                }

                return child;
        }
    }
}
