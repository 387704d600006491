using System.Collections.Generic;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell;

/// <summary>Emits what events are made into: changes, the events themselves, or the summaries of cycles; so many at the most.</summary>
internal sealed class LogOutput
{
    private readonly GraphRun _run;
    private readonly int _most;
    private readonly bool _raw;
    private readonly ChangeGrouping _changes = new();
    private readonly CycleSummarizer? _summaries;
    private int _count;

    public LogOutput(GraphRun run, int most, bool raw, bool summary)
    {
        _run = run;
        _most = most;
        _raw = raw;
        _summaries = summary ? new CycleSummarizer() : null;
    }

    /// <summary>Whether no more is wanted.</summary>
    public bool IsFull => _count >= _most;

    /// <summary>Takes an event.</summary>
    public void Add(ProvisioningEvent item)
    {
        if (_raw)
        {
            Emit([item]);
        }
        else if (_summaries is not null)
        {
            Emit(_summaries.Add(item));
        }
        else
        {
            Emit(_changes.Add(item));
        }
    }

    /// <summary>Emits the changes that are still open: no further event belongs to them.</summary>
    public void CompleteChanges() => Emit(_changes.Complete());

    /// <summary>Ends the stream.</summary>
    public void Complete()
    {
        CompleteChanges();
        if (_summaries is not null)
        {
            Emit(_summaries.Complete());
        }
    }

    private void Emit(IReadOnlyList<object> items)
    {
        foreach (object item in items)
        {
            if (IsFull)
            {
                return;
            }

            _count++;
            _run.WriteObject(item);
        }
    }
}
