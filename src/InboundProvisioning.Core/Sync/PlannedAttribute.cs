namespace InboundProvisioning.Sync;

/// <summary>An attribute of a plan.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="Changed">For how many people it changes.</param>
/// <param name="BecomesEmpty">For how many of them it becomes empty.</param>
public sealed record PlannedAttribute(string Attribute, int Changed, int BecomesEmpty)
{
    /// <summary>
    /// Whether what becomes empty would be cleared in the directory: the job lets null values of it flow. Null where that could not be read.
    /// </summary>
    public bool? ClearsInDirectory { get; init; }

    /// <inheritdoc/>
    public override string ToString() => System.FormattableString.Invariant($"{Attribute} ({Changed:N0})");
}
