using System;

namespace InboundProvisioning.Mapping;

/// <summary>Why a row is rejected.</summary>
public sealed class RowFault
{
    internal RowFault(string errorId, string? attribute, string reason, Exception? exception = null)
    {
        ErrorId = errorId;
        Attribute = attribute;
        Reason = reason;
        Exception = exception;
    }

    /// <summary>The stable id of the fault, such as <c>DuplicateExternalId</c>.</summary>
    public string ErrorId { get; }

    /// <summary>The path of the attribute at fault, such as <c>name.givenName</c>, or null when it is the row as such.</summary>
    public string? Attribute { get; }

    /// <summary>What is wrong, as one sentence.</summary>
    public string Reason { get; }

    /// <summary>What a script block threw, or null.</summary>
    public Exception? Exception { get; }
}
