using System;

namespace InboundProvisioning.HelpBuilder.Tests;

public class AboutTopicTests
{
    [Fact]
    public void Text_is_wrapped_at_80_columns_and_code_is_not()
    {
        string code = new('c', 100);
        string text = AboutTopic.ToText(
            $"# about_Thing\n\nShort.\n\n## Long part\n\n- {string.Join(' ', new string('x', 40), new string('y', 40))}\n\n```\n{code}\n```\n",
            "about_Thing.md");

        string[] expected =
        [
            "TOPIC", "    about_Thing", "", "SHORT DESCRIPTION", "    Short.", "", "LONG PART",
            "    - " + new string('x', 40), "      " + new string('y', 40), "", "        " + code, "",
        ];
        Assert.Equal(string.Join('\n', expected), text);
    }

    [Fact]
    public void A_topic_starts_with_its_name() =>
        Assert.Throws<PageException>(() => AboutTopic.ToText("# Thing\n\nShort.\n", "about_Thing.md"));
}
