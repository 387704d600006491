namespace InboundProvisioning.Authentication;

/// <summary>
/// Who acts: https://learn.microsoft.com/graph/auth/auth-concepts#access-scenarios.
/// </summary>
public enum AuthenticationType
{
    /// <summary>The token does not say: it is no JWT.</summary>
    Unknown,

    /// <summary>An app by itself, with the roles that it was granted.</summary>
    Application,

    /// <summary>An app on behalf of a person who has signed in, with the scopes that were consented to.</summary>
    Delegated,
}
