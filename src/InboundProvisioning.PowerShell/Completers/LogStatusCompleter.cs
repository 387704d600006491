using InboundProvisioning.Logs;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the known statuses of the logs.</summary>
public sealed class LogStatusCompleter() : TermCompleter(LogTerms.Statuses);
