using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>
/// The records of a file in order, read on a thread of its own while the ones before are worked on. The threads meet once for some
/// hundred records. Where a batch has work of its own (<see cref="CsvBatch.HasWork"/>), whichever of the two would wait does it, so that
/// both are busy whatever the reading and the work take. While it is open the file is its own.
/// </summary>
/// <typeparam name="TBatch">What the records are read into.</typeparam>
internal sealed class CsvReadAhead<TBatch> : IDisposable
    where TBatch : CsvBatch
{
    private const int Batches = 8;

    private readonly CsvFile _file;
    private readonly string _path;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private readonly TBatch[] _all;
    private readonly Task _reading;

    // What follows belongs to both threads, under this lock.
    private readonly object _gate = new();
    private readonly Queue<TBatch> _free;
    private readonly Queue<TBatch> _filled = new(Batches);
    private bool _isRead;
    private bool _isStopped;

    private TBatch _batch;
    private int _index;

    /// <param name="file">The file, of which only the header has been read.</param>
    /// <param name="path">Its path.</param>
    /// <param name="create">Makes a batch.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public CsvReadAhead(CsvFile file, string path, Func<TBatch> create, CancellationToken cancellationToken)
    {
        _file = file;
        _path = path;
        _cancellationToken = cancellationToken;
        _all = [.. Enumerable.Range(0, Batches).Select(_ => create())];
        _free = new Queue<TBatch>(_all.Skip(1));
        _batch = _all[0];
        Row = new CsvBatchRow(file.Columns, path, _batch);
        _registration = cancellationToken.Register(Stop);
        _reading = Task.Factory.StartNew(Fill, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The current record, when <see cref="Fault"/> is null.</summary>
    public CsvBatchRow Row { get; }

    /// <summary>What is wrong with the current record, or null.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Where the current record, or the last one, starts.</summary>
    public RowPlace Place { get; private set; }

    /// <summary>The batch of the current record.</summary>
    public TBatch Batch => _batch;

    /// <summary>The place of the current record in its batch.</summary>
    public int Index => _index;

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

            if (Next() is not { } next)
            {
                return false;
            }

            TBatch used = _batch;
            _batch = next;
            _index = 0;
            used.Clear();
            lock (_gate)
            {
                _free.Enqueue(used);
                Monitor.PulseAll(_gate);
            }
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
        _registration.Dispose();
        Stop();
        _reading.GetAwaiter().GetResult();
        foreach (TBatch batch in _all)
        {
            batch.Dispose();
        }
    }

    private void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    // The next batch in order when its work is done; null at the end.
    private TBatch? Next()
    {
        while (true)
        {
            TBatch? undone;
            lock (_gate)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_filled.Count > 0 && _filled.Peek().Stage == CsvBatchStage.Done)
                {
                    TBatch next = _filled.Dequeue();
                    next.Failure?.Throw();
                    return next;
                }

                if (_filled.Count == 0 && _isRead)
                {
                    return null;
                }

                undone = TakeWork();
                if (undone is null)
                {
                    Monitor.Wait(_gate);
                    continue;
                }
            }

            Work(undone);
        }
    }

    // A batch to read into; null when nobody wants the rest.
    private TBatch? NextFree()
    {
        while (true)
        {
            TBatch? undone;
            lock (_gate)
            {
                if (_isStopped)
                {
                    return null;
                }

                if (_free.Count > 0)
                {
                    return _free.Dequeue();
                }

                undone = TakeWork();
                if (undone is null)
                {
                    Monitor.Wait(_gate);
                    continue;
                }
            }

            Work(undone);
        }
    }

    // Of the batches whose work nobody has begun, the one that is wanted first.
    private TBatch? TakeWork()
    {
        foreach (TBatch batch in _filled)
        {
            if (batch.Stage == CsvBatchStage.Filled)
            {
                batch.Stage = CsvBatchStage.Taken;
                return batch;
            }
        }

        return null;
    }

    private void Work(TBatch batch)
    {
        try
        {
            batch.Work();
        }
        catch (Exception failure)
        {
            // Thrown again where the records before it have been looked at.
            batch.Failure = ExceptionDispatchInfo.Capture(failure);
        }

        lock (_gate)
        {
            batch.Stage = CsvBatchStage.Done;
            Monitor.PulseAll(_gate);
        }
    }

    private void Fill()
    {
        long records = 0;
        bool more = true;
        while (more && NextFree() is { } batch)
        {
            batch.RecordsBefore = records;
            more = Fill(batch);
            records += batch.Count;
            lock (_gate)
            {
                batch.Stage = batch.HasWork ? CsvBatchStage.Filled : CsvBatchStage.Done;
                _filled.Enqueue(batch);
                Monitor.PulseAll(_gate);
            }
        }

        lock (_gate)
        {
            _isRead = true;
            Monitor.PulseAll(_gate);
        }

        while (UndoneAtEnd() is { } undone)
        {
            Work(undone);
        }
    }

    private TBatch? UndoneAtEnd()
    {
        lock (_gate)
        {
            return _isStopped ? null : TakeWork();
        }
    }

    private bool Fill(TBatch batch)
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
