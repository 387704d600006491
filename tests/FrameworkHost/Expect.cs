using System;

namespace InboundProvisioning.FrameworkHost;

/// <summary>What a check says when it does not hold.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!Equals(expected, actual))
        {
            throw new InvalidOperationException($"Expected: {expected}; was: {actual}");
        }
    }

    public static void Contains(string part, string text)
    {
        if (text.IndexOf(part, StringComparison.Ordinal) < 0)
        {
            throw new InvalidOperationException($"Not found: {part}; in: {text}");
        }
    }

    public static void True(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
