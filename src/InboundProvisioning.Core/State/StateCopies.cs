using System;
using System.Globalization;
using System.IO;

namespace InboundProvisioning.State;

/// <summary>The copies of a state that lie beside it: .copy1 is the newest.</summary>
internal static class StateCopies
{
    /// <summary>How many are kept.</summary>
    public const int Count = 3;

    /// <summary>The path of a copy.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="number">1 for the newest.</param>
    public static string PathOf(string statePath, int number) => statePath + ".copy" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes a copy of a state that nobody writes; the oldest one goes.</summary>
    public static void Make(string statePath)
    {
        string temporary = statePath + ".copy.tmp";
        Copy(statePath, temporary);
        for (int number = Count; number > 1; number--)
        {
            Replace(PathOf(statePath, number - 1), PathOf(statePath, number));
        }

        Replace(temporary, PathOf(statePath, 1));
    }

    /// <summary>Puts a copy in the place of a state; the copy stays.</summary>
    public static void Bring(string copy, string statePath)
    {
        string temporary = statePath + ".tmp";
        Copy(copy, temporary);
        Replace(temporary, statePath);
    }

    /// <summary>Deletes all copies.</summary>
    public static void Delete(string statePath)
    {
        for (int number = 1; number <= Count; number++)
        {
            File.Delete(PathOf(statePath, number));
        }
    }

    /// <summary>Copies the file of a state that nobody writes.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The copy; one that is there is replaced.</param>
    /// <param name="toDisk">Whether it is to outlast the power.</param>
    public static void Copy(string from, string to, bool toDisk = true)
    {
        File.Delete(to);
        using FileStream copy = StateFile.Open(to, FileMode.CreateNew, FileShare.None);
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        source.CopyTo(copy, 1024 * 1024);
        copy.Flush(toDisk);
    }

    private static void Replace(string from, string to)
    {
        if (File.Exists(from))
        {
            WholeFile.Put(from, to);
        }
    }
}
