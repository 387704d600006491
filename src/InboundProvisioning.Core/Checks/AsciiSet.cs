using System;

namespace InboundProvisioning.Checks;

/// <summary>Some characters of ASCII.</summary>
internal sealed class AsciiSet
{
    private readonly bool[] _members = new bool[0x80];

    /// <param name="members">The characters.</param>
    public AsciiSet(string members)
    {
        foreach (char member in members)
        {
            _members[member] = true;
        }
    }

    /// <summary>Whether a byte is one of them.</summary>
    public bool Contains(byte one) => one < 0x80 && _members[one];

    /// <summary>Where the first of them stands; -1 where there is none.</summary>
    public int IndexIn(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (Contains(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
