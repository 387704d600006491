using System.IO;

namespace InboundProvisioning.Sync;

/// <summary>Looks at the last bytes of a file.</summary>
public static class SourceEnd
{
    private const byte OldEndMark = 0x1A;

    /// <summary>Whether a file ends with a line break, in any encoding; an empty one does not.</summary>
    public static bool HasLineBreak(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 16);
        byte[] last = new byte[4];
        int count = (int)System.Math.Min(last.Length, file.Length);
        file.Seek(-count, SeekOrigin.End);
        int read = file.Read(last, 0, count);
        for (int i = read - 1; i >= 0; i--)
        {
            // UTF-16 and UTF-32 have zeros beside it.
            if (last[i] is not 0 and not OldEndMark)
            {
                return last[i] is (byte)'\n' or (byte)'\r';
            }
        }

        return false;
    }
}
