namespace InboundProvisioning.Checks;

/// <summary>An attribute of the directory with what is published of its values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxLength">The most characters; 0 where no limit is published.</param>
/// <param name="Kind">What it takes.</param>
internal sealed record TargetAttribute(string Name, int MaxLength, ValueKind Kind = ValueKind.Text);
