using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace InboundProvisioning.ScriptHost;

/// <summary>
/// One line at the cursor that says how far the work is; nested activities stand behind their parents. Other text takes its
/// place, and the next record draws it again below.
/// </summary>
internal sealed class ProgressDisplay
{
    private const int BarLength = 20;

    /// <summary>Records can come thousands of times a second; the eye needs ten.</summary>
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly Func<int> _width;
    private readonly TimeProvider _time;
    private readonly List<(long SourceId, ProgressRecord Record)> _active = [];

    private int _drawnLength;
    private long? _lastDrawn;
    private bool _atLineStart = true;

    public ProgressDisplay(TextWriter writer, Func<int> width, TimeProvider time)
    {
        _writer = writer;
        _width = width;
        _time = time;
    }

    /// <summary>Takes in a record. A completed activity goes at once, and those below it with it.</summary>
    public void Update(long sourceId, ProgressRecord record)
    {
        int index = _active.FindIndex(active => active.SourceId == sourceId && active.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Remove(sourceId, record.ActivityId);
            Redraw();
            return;
        }

        if (index >= 0)
        {
            _active[index] = (sourceId, record);
        }
        else
        {
            _active.Add((sourceId, record));
        }

        if (index < 0 || _lastDrawn is not { } last || _time.GetElapsedTime(last) >= RedrawInterval)
        {
            Redraw();
        }
    }

    /// <summary>Wipes the line, for other text to be written.</summary>
    public void Clear()
    {
        if (_drawnLength > 0)
        {
            _writer.Write($"\r{new string(' ', _drawnLength)}\r");
            _drawnLength = 0;
        }

        _lastDrawn = null;
    }

    /// <summary>Other text was written: nothing is drawn over it while its line is not at an end.</summary>
    public void Resume(bool atLineStart) => _atLineStart = atLineStart;

    private void Remove(long sourceId, int activityId)
    {
        _active.RemoveAll(active => active.SourceId == sourceId && active.Record.ActivityId == activityId);
        foreach (int child in _active
            .Where(active => active.SourceId == sourceId && active.Record.ParentActivityId == activityId)
            .Select(active => active.Record.ActivityId)
            .ToArray())
        {
            Remove(sourceId, child);
        }
    }

    private void Redraw()
    {
        if (_active.Count == 0 || !_atLineStart)
        {
            Clear();
            return;
        }

        // One column stays free: a terminal that wraps at its last column would leave lines behind.
        string line = Line();
        int room = Math.Max(0, _width() - 1);
        if (line.Length > room)
        {
            line = line[..room];
        }

        _writer.Write("\r" + line.PadRight(Math.Min(room, _drawnLength)));
        _drawnLength = line.Length;
        _lastDrawn = _time.GetTimestamp();
    }

    private string Line()
    {
        (long sourceId, ProgressRecord record) = _active[^1];
        var chain = new Stack<ProgressRecord>();
        for (ProgressRecord? link = record; link is not null && !chain.Contains(link); link = Parent(sourceId, link))
        {
            chain.Push(link);
        }

        return string.Join(" > ", chain.Select(link => ReferenceEquals(link, record) ? Full(link) : Short(link)));
    }

    private ProgressRecord? Parent(long sourceId, ProgressRecord record) =>
        _active.Find(active => active.SourceId == sourceId && active.Record.ActivityId == record.ParentActivityId).Record;

    private static string Short(ProgressRecord record) =>
        record.PercentComplete < 0 ? record.Activity : $"{record.Activity} {Percent(record)}";

    private static string Full(ProgressRecord record)
    {
        var text = new StringBuilder(record.Activity);
        if (record.PercentComplete >= 0)
        {
            int filled = Math.Min(record.PercentComplete, 100) * BarLength / 100;
            text.Append(" [").Append('#', filled).Append('.', BarLength - filled).Append("] ").Append(Percent(record));
        }

        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
        {
            text.Append("  ").Append(record.StatusDescription);
        }

        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
        {
            text.Append("  ").Append(record.CurrentOperation);
        }

        if (record.SecondsRemaining >= 0)
        {
            text.Append("  ").Append(TimeSpan.FromSeconds(record.SecondsRemaining).ToString("c", CultureInfo.InvariantCulture)).Append(" left");
        }

        return text.Replace('\n', ' ').Replace("\r", string.Empty).ToString();
    }

    private static string Percent(ProgressRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.PercentComplete,3}%");
}
