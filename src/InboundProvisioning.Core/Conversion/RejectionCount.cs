using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>How many rows were rejected for one kind of fault.</summary>
public sealed class RejectionCount
{
    internal RejectionCount(string errorId, string? attribute)
    {
        ErrorId = errorId;
        Attribute = attribute;
    }

    /// <summary>The id of the fault.</summary>
    public string ErrorId { get; }

    /// <summary>The attribute at fault, or null when it is the row as such.</summary>
    public string? Attribute { get; }

    /// <summary>The rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The rows beyond <see cref="RejectionCounts.MostTold"/>, which are counted and no longer told one by one.</summary>
    public long FurtherRows => Rows > RejectionCounts.MostTold ? Rows - RejectionCounts.MostTold : 0;

    /// <summary>The first of the further rows.</summary>
    public RowPlace FirstFurther { get; private set; }

    /// <summary>The last of the rows.</summary>
    public RowPlace Last { get; private set; }

    /// <summary>As in a message: <c>InvalidBoolean (active)</c>.</summary>
    public override string ToString() => Attribute is null ? ErrorId : $"{ErrorId} ({Attribute})";

    internal void Add(RowPlace place)
    {
        Rows++;
        Last = place;
        if (Rows == RejectionCounts.MostTold + 1)
        {
            FirstFurther = place;
        }
    }
}
