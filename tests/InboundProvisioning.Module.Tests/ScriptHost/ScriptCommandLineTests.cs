using InboundProvisioning.ScriptHost;

namespace InboundProvisioning.Module.Tests.ScriptHost;

/// <summary>What a process was given becomes source that the engine reads the same way.</summary>
public sealed class ScriptCommandLineTests
{
    [Theory]
    [InlineData("plain", " 'plain'")]
    [InlineData("it's", " 'it''s'")]
    [InlineData("it\u2019s", " 'it\u2019\u2019s'")]
    [InlineData("$(calc); `n", " '$(calc); `n'")]
    [InlineData("", " ''")]
    [InlineData("-Name", " -Name")]
    [InlineData("-Name:a b", " -Name:'a b'")]
    [InlineData("-Switch:$False", " -Switch:$False")]
    [InlineData("-Switch:$false; calc", " -Switch:'$false; calc'")]
    [InlineData("-5", " '-5'")]
    [InlineData("-", " '-'")]
    [InlineData("-a b", " '-a b'")]
    [InlineData("-a;calc", " '-a;calc'")]
    public void An_argument_is_a_parameter_name_or_a_string(string argument, string source) =>
        Assert.Equal(source, ScriptCommandLine.Format([argument]));
}
