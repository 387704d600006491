namespace InboundProvisioning.Checks;

/// <summary>A value that goes to the directory as it is: a direct mapping of the job, from attribute to attribute.</summary>
/// <param name="Source">The SCIM attribute, as the job's schema names it: <c>addresses[type eq "work"].locality</c>.</param>
/// <param name="Target">The attribute of the directory.</param>
/// <param name="IsAssumed">Whether no published text says so, and its findings are warnings therefore.</param>
public sealed record AttributeFlow(string Source, string Target, bool IsAssumed = false);
