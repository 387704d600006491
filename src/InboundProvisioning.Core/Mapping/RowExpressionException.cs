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
}
