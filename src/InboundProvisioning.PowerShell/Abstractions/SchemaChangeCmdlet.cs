using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>
/// A cmdlet that replaces the schema of a provisioning job: shows the difference, asks, keeps the schema in a file, and sends
/// the new one unless someone else was faster.
/// </summary>
public abstract class SchemaChangeCmdlet : SchemaCmdlet
{
    private const int MaxLinesShown = 200;

    private string? _backupPath;

    /// <summary>
    /// The file that takes the schema as it is before the change, or a folder that takes a file named for the job and the time.
    /// Left out, the current folder. Nothing is overwritten.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BackupPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _backupPath = BackupPath is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : FilePaths.ResolveLiteral(this, BackupPath);
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
        }
    }

    /// <summary>Shows the difference, asks as -WhatIf and -Confirm say, and replaces the schema.</summary>
    /// <returns>The backup, or null where it was not to be done.</returns>
    internal async Task<string?> ReplaceSchemaAsync(
        GraphRun run, ProvisioningJobAddress job, ProvisioningSchema before, ProvisioningSchema after, CancellationToken stop)
    {
        string difference = Describe(after.DifferencesFrom(before));
        if (!await run.AskAsync(() => ShouldProcess(
            $"Change the schema of {job}:{difference}",
            $"Change the schema of {job}? The job then evaluates all its records anew.{difference}",
            "Confirm")).ConfigureAwait(false))
        {
            return null;
        }

        string backup = SchemaBackup.Write(before, _backupPath!, job, DateTimeOffset.UtcNow);
        await run.AskAsync(() => Print($"The schema as it was is in {backup}; Import-ProvisioningSchema brings it back.")).ConfigureAwait(false);
        await new ProvisioningSchemaClient(run.Graph, run.Notices).ReplaceAsync(job, before, after, stop).ConfigureAwait(false);
        return backup;
    }

    private static string Describe(IReadOnlyList<string> differences)
    {
        IEnumerable<string> lines = differences.Take(MaxLinesShown).Select(static line => "\n  " + line);
        return string.Concat(lines) + (differences.Count > MaxLinesShown
            ? string.Format(CultureInfo.InvariantCulture, "\n  and {0} more", differences.Count - MaxLinesShown)
            : string.Empty);
    }

    // What Write-Host does: shown, and in the information stream for those who keep that.
    private bool Print(string text)
    {
        WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);
        return true;
    }
}
