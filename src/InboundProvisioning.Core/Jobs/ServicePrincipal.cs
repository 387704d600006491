namespace InboundProvisioning.Jobs;

/// <summary>An enterprise application or a managed identity of the tenant.</summary>
/// <param name="Id">The object id.</param>
/// <param name="AppId">The app id.</param>
/// <param name="DisplayName">The name.</param>
/// <param name="ApplicationTemplateId">The gallery template that it was made from; null for none.</param>
public sealed record ServicePrincipal(string Id, string AppId, string DisplayName, string? ApplicationTemplateId)
{
    /// <inheritdoc/>
    public override string ToString() => $"'{DisplayName}' (object id {Id}, app id {AppId})";
}
