using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using InboundProvisioning.Graph;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;
using InboundProvisioning.Upload;

namespace InboundProvisioning.RunLogs;

/// <summary>
/// The log of a run: times, numbers, names of limits, ids of errors and of requests, and nothing about a person unless that is asked for.
/// A place that cannot be written is left alone after one warning: no run ends for want of its log. May be used from several threads.
/// </summary>
public sealed class RunLog : IDisposable
{
    private readonly object _gate = new();
    private readonly List<IRunLogTarget> _targets = [];
    private readonly bool _isPersonal;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;

    /// <summary>Creates a log that goes nowhere yet.</summary>
    /// <param name="isPersonal">Whether messages, which can name people, are written too.</param>
    /// <param name="time">The clock.</param>
    /// <param name="warn">Is told of a place that cannot be written.</param>
    public RunLog(bool isPersonal, TimeProvider time, Action<string> warn)
    {
        _isPersonal = isPersonal;
        _time = time;
        _warn = warn;
    }

    /// <summary>Writes to a file of JSON lines; under systemd to the journal too, with priorities.</summary>
    /// <param name="path">The file, as a full path.</param>
    public void AddFile(string path)
    {
        _targets.Add(new JsonLinesFile(path, _isPersonal));
        if (JournalLines.OfThisProcess() is { } journal)
        {
            _targets.Add(journal);
        }
    }

    /// <summary>Writes how runs end, and what goes wrong, to the event log of Windows.</summary>
    public void AddEventLog()
    {
        try
        {
            _targets.Add(new WindowsEventLog());
        }
        catch (Win32Exception fault)
        {
            _warn("The event log cannot be written, and the run goes on without: " + fault.Message);
        }
    }

    /// <summary>A run begins.</summary>
    public void OnStarted(string jobId) => Write(RunLogLevel.Information, RunEvent.RunStarted, text: null, ("jobId", jobId));

    /// <summary>A run has come to a phase.</summary>
    public void OnPhase(SyncPhase phase) => Write(RunLogLevel.Information, RunEvent.Phase, text: null, ("phase", phase.ToString()));

    /// <summary>It is known what became of a request.</summary>
    public void OnOutcome(BulkUploadOutcome outcome)
    {
        if (outcome.IsUnsent)
        {
            return;
        }

        bool isAccepted = outcome.IsAccepted;
        var refusal = outcome.Fault as GraphException;
        Write(
            isAccepted ? RunLogLevel.Information : RunLogLevel.Error,
            isAccepted ? RunEvent.RequestAccepted : RunEvent.RequestFailed,
            outcome.Fault?.Message,
            ("request", (long)outcome.Index),
            ("records", (long)outcome.Document.OperationCount),
            ("status", (long?)(outcome.Result?.Status ?? refusal?.Status)),
            ("requestId", outcome.Result?.RequestId ?? refusal?.RequestId),
            ("attempts", (long?)outcome.Result?.Attempts),
            ("seconds", outcome.Result is { } result ? Math.Round(result.Duration.TotalSeconds, 3) : null),
            ("errorId", outcome.Fault?.ErrorId));
    }

    /// <summary>A call is tried again.</summary>
    public void OnRetry(RetryNotice notice) => Write(
        RunLogLevel.Warning, RunEvent.Retry, notice.Purpose + ": " + notice.Reason, ("attempt", (long)notice.Attempt), ("delaySeconds", Math.Round(notice.Delay.TotalSeconds, 3)));

    /// <summary>A warning.</summary>
    public void OnWarning(string text) => Write(RunLogLevel.Warning, RunEvent.Warning, text);

    /// <summary>A fault.</summary>
    public void OnFault(Exception fault) => Write(
        RunLogLevel.Error,
        RunEvent.Fault,
        fault.Message,
        ("errorId", (fault as InboundProvisioningException)?.ErrorId ?? fault.GetType().Name),
        ("status", (long?)(fault as GraphException)?.Status),
        ("requestId", (fault as GraphException)?.RequestId));

    /// <summary>A run has ended.</summary>
    public void OnEnded(SyncResult result)
    {
        foreach (SafeguardStop stop in result.Stops)
        {
            Write(
                RunLogLevel.Error,
                RunEvent.Stop,
                stop.Reason,
                ("stop", stop.Name),
                ("errorId", stop.ErrorId),
                ("count", stop.Count),
                ("allowed", stop.Allowed),
                ("base", stop.Base),
                ("planId", result.PlanId));
        }

        Write(
            result.ExitCode switch
            {
                0 => RunLogLevel.Information,
                3 or 4 => RunLogLevel.Warning,
                _ => RunLogLevel.Error,
            },
            RunEvent.RunEnded,
            result.Reason,
            ("status", result.Status.ToString()),
            ("exitCode", (long)result.ExitCode),
            ("runId", result.RunId),
            ("planId", result.PlanId),
            ("errorId", result.Fault?.ErrorId),
            ("seconds", Math.Round(result.Duration.TotalSeconds, 3)),
            ("rows", result.Rows),
            ("rejected", result.Rejected),
            ("new", result.New),
            ("changed", result.Changed),
            ("reactivated", result.Reactivated),
            ("deactivated", result.Deactivated),
            ("unchanged", result.Unchanged),
            ("missing", result.Missing),
            ("held", result.Held),
            ("waiting", result.Waiting),
            ("again", result.Again),
            ("sent", result.Sent),
            ("accepted", result.Accepted),
            ("refused", result.Refused),
            ("left", result.Left),
            ("calls", (long)result.Calls),
            ("callsLeft", (long)result.CallsLeft),
            ("succeeded", result.Outcome?.Succeeded),
            ("skipped", result.Outcome?.Skipped),
            ("failed", result.Outcome?.Failed),
            ("open", result.Outcome?.Open));
    }

    /// <inheritdoc/>
    public void Dispose() => _targets.ForEach(Close);

    internal void Add(IRunLogTarget target) => _targets.Add(target);

    private static bool IsOfPlace(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or Win32Exception or ArgumentException or NotSupportedException;

    // What is still in a buffer has no more room now than before.
    private static void Close(IRunLogTarget target)
    {
        try
        {
            target.Dispose();
        }
        catch (Exception fault) when (IsOfPlace(fault))
        {
            // It was told when it could not be written.
        }
    }

    private void Write(RunLogLevel level, RunEvent what, string? text, params (string Name, object? Value)[] facts)
    {
        var entry = new RunLogEntry(
            _time.GetUtcNow(), level, what, [.. facts.Select(static fact => new KeyValuePair<string, object?>(fact.Name, fact.Value))], _isPersonal ? text : null);
        lock (_gate)
        {
            foreach (IRunLogTarget target in _targets.ToArray())
            {
                try
                {
                    target.Write(entry);
                }
                catch (Exception fault) when (IsOfPlace(fault))
                {
                    _targets.Remove(target);
                    Close(target);
                    _warn($"The log {target.Name} cannot be written, and the run goes on without: {fault.Message}");
                }
            }
        }
    }
}
