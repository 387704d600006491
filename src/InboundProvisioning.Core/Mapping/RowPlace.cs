using System.Globalization;

namespace InboundProvisioning.Mapping;

/// <summary>Where a row stands.</summary>
/// <param name="Path">The file, or null for an object from the pipeline.</param>
/// <param name="Line">The line in the file on which the row starts, from 1; for an object its number, from 1.</param>
public readonly record struct RowPlace(string? Path, long Line)
{
    /// <summary>As in an error message: <c>workers.csv, line 12</c> or <c>input object 12</c>.</summary>
    public override string ToString() => Path is null
        ? string.Format(CultureInfo.InvariantCulture, "input object {0}", Line)
        : string.Format(CultureInfo.InvariantCulture, "{0}, line {1}", System.IO.Path.GetFileName(Path), Line);
}
