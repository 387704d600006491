using System.IO;

namespace InboundProvisioning.Conversion;

/// <summary>Tells how far a run over files is, every few thousand rows.</summary>
internal sealed class FileProgress
{
    private const long RowsBetween = 8192;

    private readonly IConversionObserver _observer;
    private readonly long _bytesTotal;
    private long _bytesBefore;
    private long _nextRow = RowsBetween;

    /// <param name="observer">Is told.</param>
    /// <param name="bytesTotal">The bytes of all files in all passes.</param>
    public FileProgress(IConversionObserver observer, long bytesTotal)
    {
        _observer = observer;
        _bytesTotal = bytesTotal;
    }

    public bool IsDue(long rows) => rows >= _nextRow;

    public void Tell(long rows, long position)
    {
        _observer.OnProgress(new ConversionProgress(rows, _bytesBefore + position, _bytesTotal));
        _nextRow = rows + RowsBetween;
    }

    public void EndFile(string path) => _bytesBefore += new FileInfo(path).Length;

    public void BeginPass() => _nextRow = RowsBetween;

    public void End(long rows) => _observer.OnProgress(new ConversionProgress(rows, _bytesTotal, _bytesTotal));
}
