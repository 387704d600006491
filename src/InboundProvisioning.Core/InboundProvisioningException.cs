using System;

namespace InboundProvisioning;

/// <summary>
/// A fault with a stable id. Its message says what is wrong, where, and what to do next; it never holds a secret or a token.
/// </summary>
public class InboundProvisioningException : Exception
{
    /// <summary>Creates a fault.</summary>
    /// <param name="errorId">The stable id, such as <c>ColumnNotFound</c>: scripts match on it.</param>
    /// <param name="kind">The sort of fault.</param>
    /// <param name="message">What is wrong, where, and what to do next.</param>
    /// <param name="target">What the fault is about (a path, a row, a request), or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public InboundProvisioningException(
        string errorId, FaultKind kind, string message, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
    }

    /// <summary>The stable id of the fault; the first part of FullyQualifiedErrorId in PowerShell.</summary>
    public string ErrorId { get; }

    /// <summary>The sort of fault.</summary>
    public FaultKind Kind { get; }

    /// <summary>What the fault is about, or null.</summary>
    public object? Target { get; }
}
