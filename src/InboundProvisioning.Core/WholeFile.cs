using System.IO;

namespace InboundProvisioning;

/// <summary>Puts a file that was written under another name in its place, so that nobody sees half of it.</summary>
internal static class WholeFile
{
    /// <summary>Gives a file its own name; what was there goes.</summary>
    /// <param name="temporary">The file as it was written.</param>
    /// <param name="path">Its own name, in the same folder.</param>
    public static void Put(string temporary, string path)
    {
#if NET8_0_OR_GREATER
        File.Move(temporary, path, overwrite: true);
#else
        // Between the two there is none.
        File.Delete(path);
        File.Move(temporary, path);
#endif
    }
}
