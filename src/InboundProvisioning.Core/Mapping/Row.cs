using System;

namespace InboundProvisioning.Mapping;

/// <summary>
/// One worker record of the source. An instance is used for one row after another: what it hands out is valid until the next.
/// </summary>
public abstract class Row
{
    /// <summary>The number of the row in the run, from 1.</summary>
    public long Number { get; internal set; }

    /// <summary>Whether values come without the white space around them (<see cref="SurroundingSpace"/>).</summary>
    public bool Trims { get; internal set; }

    /// <summary>The columns that the row's source has.</summary>
    public abstract RowColumns Columns { get; }

    /// <summary>The file and line, or the number of the object, for error messages.</summary>
    public abstract RowPlace Place { get; }

    /// <summary>Whether all text of the row is known to be printable ASCII without quotes and backslashes.</summary>
    internal virtual bool IsPlain => false;

    /// <summary>
    /// The text of a column as UTF-8. False when the column holds something other than text, or nothing
    /// (<see cref="GetValue"/> tells).
    /// </summary>
    public abstract bool TryGetText(int column, out ReadOnlySpan<byte> utf8);

    /// <summary>A copy of the record as its source has it, to be kept where the row is rejected.</summary>
    public abstract SourceRecord Source();

    /// <summary>The value of a column: text, any other object, or null where the row has no such field.</summary>
    public abstract object? GetValue(int column);
}
