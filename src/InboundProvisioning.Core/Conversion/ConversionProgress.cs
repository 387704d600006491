namespace InboundProvisioning.Conversion;

/// <summary>How far a conversion of files is.</summary>
/// <param name="Rows">Rows so far.</param>
/// <param name="BytesRead">Bytes of all files read so far.</param>
/// <param name="BytesTotal">Bytes of all files.</param>
public readonly record struct ConversionProgress(long Rows, long BytesRead, long BytesTotal);
