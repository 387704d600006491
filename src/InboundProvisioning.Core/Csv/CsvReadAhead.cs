using System;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>
/// The records of a file in order, read on a thread of its own while the ones before are worked on. The threads meet once for some
/// hundred records. While it is open the file is its own.
/// </summary>
internal sealed class CsvReadAhead : IDisposable
{
    private const int Batches = 4;

    private readonly CsvFile _file;
    private readonly string _path;
    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<CsvBatch> _free = new(Batches);
    private readonly BlockingCollection<CsvBatch> _filled = new(Batches);
    private readonly Task _reading;
    private CsvBatch _batch;
    private int _index;

    /// <param name="file">The file, of which only the header has been read.</param>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public CsvReadAhead(CsvFile file, string path, CancellationToken cancellationToken)
    {
        _file = file;
        _path = path;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _batch = new CsvBatch(file.Columns.Names.Count);
        Row = new CsvBatchRow(file.Columns, path, _batch);
        for (int i = 1; i < Batches; i++)
        {
            _free.Add(new CsvBatch(file.Columns.Names.Count), CancellationToken.None);
        }

        _reading = Task.Factory.StartNew(Fill, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The current record, when <see cref="Fault"/> is null.</summary>
    public CsvBatchRow Row { get; }

    /// <summary>What is wrong with the current record, or null.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Where the current record, or the last one, starts.</summary>
    public RowPlace Place { get; private set; }

    /// <summary>Bytes of the file read, for the records up to the current one and some more.</summary>
    public long Position => _batch.Position;

    /// <summary>A copy of the current record as it stands in the file.</summary>
    public SourceRecord Source() => _batch.Source(_index);

    /// <summary>Moves to the next record, good or bad.</summary>
    /// <exception cref="InboundProvisioningException">The rest of the file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public bool Read()
    {
        _index++;
        while (_index >= _batch.Count)
        {
            if (_batch.End is { } end)
            {
                _batch.End = null;
                ExceptionDispatchInfo.Capture(end).Throw();
            }

            if (!_filled.TryTake(out CsvBatch? next, Timeout.Infinite, _stop.Token))
            {
                return false;
            }

            CsvBatch used = _batch;
            _batch = next;
            _index = 0;
            used.Clear();
            _free.Add(used, CancellationToken.None);
        }

        Place = new RowPlace(_path, _batch.Record(_index).Line);
        Fault = _batch.Record(_index).Fault;
        if (Fault is null)
        {
            Row.Set(_batch, _index);
        }

        return true;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _reading.GetAwaiter().GetResult();
        _free.Dispose();
        _filled.Dispose();
        _stop.Dispose();
    }

    private void Fill()
    {
        try
        {
            bool more = true;
            while (more)
            {
                CsvBatch batch = _free.Take(_stop.Token);
                more = Fill(batch);
                _filled.Add(batch, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest.
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }

    private bool Fill(CsvBatch batch)
    {
        bool more = true;
        try
        {
            while (more && !batch.IsFull)
            {
                more = _file.Read();
                if (more)
                {
                    _file.CopyTo(batch);
                }
            }
        }
        catch (Exception fault)
        {
            // Thrown again where the records before it have been worked on.
            batch.End = fault;
            more = false;
        }

        batch.Position = _file.Position;
        return more;
    }
}
