namespace InboundProvisioning;

/// <summary>What sort of fault an <see cref="InboundProvisioningException"/> reports.</summary>
public enum FaultKind
{
    /// <summary>A parameter, or a combination of them, that cannot work.</summary>
    InvalidArgument,

    /// <summary>A file, row or document whose content is wrong.</summary>
    InvalidData,

    /// <summary>A file, column, application or job that is not there.</summary>
    NotFound,

    /// <summary>Something that is there already and would be overwritten.</summary>
    AlreadyExists,

    /// <summary>No token, or a token that is refused (HTTP 401).</summary>
    Authentication,

    /// <summary>A permission that is lacking (HTTP 403).</summary>
    PermissionDenied,

    /// <summary>A limit of the service was reached and waiting did not help (HTTP 429).</summary>
    LimitReached,

    /// <summary>The service could not be reached, or answered with a fault of its own.</summary>
    Connection,

    /// <summary>The service refused what was sent (HTTP 400).</summary>
    Refused,

    /// <summary>A script block of the mapping failed.</summary>
    Script,
}
