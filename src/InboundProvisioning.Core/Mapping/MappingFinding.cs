namespace InboundProvisioning.Mapping;

/// <summary>Something that validation found in an attribute mapping.</summary>
/// <param name="IsError">Whether it is an error; else a warning.</param>
/// <param name="ErrorId">A stable id, such as <c>UnknownAttribute</c>.</param>
/// <param name="Attribute">The path of the attribute, such as <c>name.givenName</c>.</param>
/// <param name="Message">What is wrong and, where there is one, the remedy.</param>
public sealed record MappingFinding(bool IsError, string ErrorId, string Attribute, string Message)
{
    /// <summary>Whether a conversion does what was meant all the same.</summary>
    public bool IsMended { get; init; }
}
