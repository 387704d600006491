using InboundProvisioning.Logs;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the known actions of the logs.</summary>
public sealed class LogActionCompleter() : TermCompleter(LogTerms.Actions);
