using System;

namespace InboundProvisioning.Mapping;

/// <summary>An expression of the mapping failed for a row; the row is rejected and the others go on.</summary>
public sealed class RowExpressionException : Exception
{
    /// <param name="message">Why it failed.</param>
    /// <param name="innerException">What the script threw.</param>
    public RowExpressionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="errorId">The id of the row's fault.</param>
    /// <param name="message">Why the row is none.</param>
    public RowExpressionException(string errorId, string message)
        : base(message)
    {
        ErrorId = errorId;
    }

    /// <summary>The id of the row's fault, where it is not that a script block has failed.</summary>
    public string? ErrorId { get; }
}
