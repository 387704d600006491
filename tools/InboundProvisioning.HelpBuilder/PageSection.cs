using System.Collections.Generic;
using Markdig.Syntax;

namespace InboundProvisioning.HelpBuilder;

/// <summary>A heading and what stands under it.</summary>
internal sealed record PageSection(string Title, HeadingBlock Heading, List<Block> Blocks)
{
    /// <summary>The sections of one level; what comes before the first heading is left out.</summary>
    public static IEnumerable<PageSection> Of(IEnumerable<Block> blocks, int level)
    {
        PageSection? current = null;
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new PageSection(PlainText.Of(heading), heading, []);
            }
            else
            {
                current?.Blocks.Add(block);
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }
}
