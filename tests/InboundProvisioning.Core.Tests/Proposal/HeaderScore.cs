using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Core.Tests.Proposal;

/// <summary>How many columns of a header set were proposed right.</summary>
internal sealed record HeaderScore(HeaderSet Set, IReadOnlyList<ColumnScore> Columns)
{
    public int Right => Columns.Count(static column => column.IsRight);

    public int WrongUnmarked => Columns.Count(static column => column.IsWrongUnmarked);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Set.Name,-24} {Right,3} of {Columns.Count,3} right, {WrongUnmarked} wrong and unmarked{string.Concat(Columns.Where(static column => !column.IsRight).Select(static column => $"\n    {column.Column}: {column.Found}, not {column.Answer}{(column.IsWrongUnmarked ? " UNMARKED" : string.Empty)}"))}");
}
