using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class SchemaTests : IAsyncLifetime
{
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["Synchronization.ReadWrite.All"] });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task The_source_directory_comes_first_where_the_published_script_expects_it()
    {
        JsonElement schema = (await GetAsync()).Json;

        JsonElement rule = Assert.Single(schema.GetProperty("synchronizationRules").EnumerateArray());
        string[] directories = [.. schema.GetProperty("directories").EnumerateArray().Select(directory => directory.GetProperty("name").GetString()!)];
        Assert.Equal(0, Array.IndexOf(directories, rule.GetProperty("sourceDirectoryName").GetString()));
        Assert.Equal(1, Array.IndexOf(directories, rule.GetProperty("targetDirectoryName").GetString()));
        Assert.StartsWith("application/json;odata.metadata=minimal", (await GetAsync("beta")).Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task PUT_replaces_all_keeps_unknown_properties_and_number_literals_and_changes_the_version()
    {
        string version = (await GetAsync()).Json.GetProperty("version").GetString()!;
        const string Body =
            """
            {"synchronizationRules":[{"name":"r","sourceDirectoryName":"S","targetDirectoryName":"T","priority":1,"nobodyKnows":1.50e2}],
             "directories":[{"name":"S","future":{"b":1,"a":[0.10]}},{"name":"T"}],"id":"other","version":"other","alsoUnknown":"é\u003c"}
            """;

        Assert.Equal(204, (await PutAsync(Body)).Status);

        Answer read = await GetAsync();
        Assert.Contains("\"nobodyKnows\":1.50e2", read.Body, StringComparison.Ordinal);
        Assert.Contains("{\"b\":1,\"a\":[0.10]}", read.Body, StringComparison.Ordinal);
        Assert.Equal("é<", read.Json.GetProperty("alsoUnknown").GetString());
        Assert.Equal(_emulator.Address.JobId, read.Json.GetProperty("id").GetString());
        Assert.NotEqual(version, read.Json.GetProperty("version").GetString());
        Assert.NotEqual("other", read.Json.GetProperty("version").GetString());
        Assert.Equal(["S", "T"], read.Json.GetProperty("directories").EnumerateArray().Select(directory => directory.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_was_read_can_be_put_back()
    {
        string before = (await GetAsync()).Body;

        Assert.Equal(204, (await PutAsync(before)).Status);

        JsonNode expected = JsonNode.Parse(before)!;
        JsonNode actual = JsonNode.Parse((await GetAsync()).Body)!;
        expected["version"] = actual["version"] = null;
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    /// <summary>The example of the reference page, without the commas that JSON does not allow.</summary>
    [Fact]
    public async Task The_documented_example_is_taken() => Assert.Equal(204, (await PutAsync(
        """
        {
          "directories": [
            { "name": "Azure Active Directory", "objects": [ { "name": "User", "attributes": [ { "name": "userPrincipalName", "type": "string" } ] } ] },
            { "name": "Salesforce" }
          ],
          "synchronizationRules": [
            {
              "name": "USER_TO_USER", "sourceDirectoryName": "Azure Active Directory", "targetDirectoryName": "Salesforce",
              "objectMappings": [ { "sourceObjectName": "User", "targetObjectName": "User", "attributeMappings": [ { "source": {}, "targetAttributeName": "userName" } ] } ]
            }
          ]
        }
        """)).Status);

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "synchronizationSchema")]
    [InlineData("""{"directories":{}}""", "'directories' must be a collection")]
    [InlineData("""{"directories":[{"name":7}]}""", "'directories[0].name'")]
    [InlineData("""{"directories":[{"name":"A"},{"name":"A"}]}""", "'A' is there more than once")]
    [InlineData("""{"directories":[{"name":"A","objects":[{"name":"User","attributes":[{"name":"x","type":"Date"}]}]}]}""", "'Date' was not found")]
    [InlineData("""{"directories":[{"name":"A","objects":[{"name":"User","attributes":[{"name":"x","flowNullValues":"yes"}]}]}]}""", "flowNullValues")]
    [InlineData("""{"directories":[{"name":"A","objects":[{"name":"User","attributes":[{"name":"x","flowNullValues":null}]}]}]}""", "must not be null")]
    [InlineData("""{"directories":[{"name":"A","objects":[{"name":"User","attributes":[{"name":"x"},{"name":"X"}]}]}]}""", "'x' of object 'User'")]
    [InlineData("""{"directories":[{"name":"A","objects":[{"name":"User","attributes":[{}]}]}]}""", "has no name")]
    [InlineData("""{"directories":[{"name":"A"}],"synchronizationRules":[{"name":"r","sourceDirectoryName":"A","targetDirectoryName":"B"}]}""", "names 'B' as targetDirectoryName")]
    [InlineData("""{"synchronizationRules":[{"priority":"1"}]}""", "'synchronizationRules[0].priority'")]
    public async Task A_wrong_schema_is_a_bad_request_that_says_where_and_changes_nothing(string body, string message)
    {
        string before = (await GetAsync()).Body;

        Assert.Contains(message, (await PutAsync(body)).GraphMessage(400, "BadRequest"), StringComparison.Ordinal);

        Assert.Equal(before, (await GetAsync()).Body);
    }

    private Task<Answer> GetAsync(string version = "v1.0") =>
        _emulator.GetAsync($"{_emulator.Jobs.Replace("v1.0", version, StringComparison.Ordinal)}/{_emulator.Address.JobId}/schema");

    private async Task<Answer> PutAsync(string body) => await _emulator.SendAsync(await _emulator.AuthorizedAsync(
        new HttpRequestMessage(HttpMethod.Put, $"{_emulator.Jobs}/{_emulator.Address.JobId}/schema")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        }));
}
