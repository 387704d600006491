using System;
using System.Collections.Generic;

namespace InboundProvisioning.Logs;

/// <summary>Gives out what events are made into, so many objects at the most.</summary>
internal sealed class LogOutput
{
    private readonly Action<object> _emit;
    private readonly int _most;
    private readonly LogForm _form;
    private readonly ChangeGrouping _changes = new();
    private readonly CycleSummarizer _summaries = new();
    private int _count;

    public LogOutput(Action<object> emit, int most, LogForm form)
    {
        _emit = emit;
        _most = most;
        _form = form;
    }

    /// <summary>Whether no more is wanted.</summary>
    public bool IsFull => _count >= _most;

    /// <summary>Takes an event.</summary>
    public void Add(ProvisioningEvent item) => Emit(_form switch
    {
        LogForm.Events => [item],
        LogForm.Summaries => _summaries.Add(item),
        _ => (IReadOnlyList<object>)_changes.Add(item),
    });

    /// <summary>Gives out the changes that are still open: no further event belongs to them.</summary>
    public void CompleteChanges() => Emit(_changes.Complete());

    /// <summary>Ends the stream.</summary>
    public void Complete()
    {
        CompleteChanges();
        Emit(_summaries.Complete());
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
            _emit(item);
        }
    }
}
