using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
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
    protected override void BeginProcessing() => Guard(() => _backupPath =
        BackupPath is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : FilePaths.ResolveLiteral(this, BackupPath));

    /// <summary>As <see cref="JobCmdlet.RunWithJob"/>, with a change of the schema that asks as -WhatIf and -Confirm say.</summary>
    internal void ChangeSchema(Func<SchemaChange, GraphRun, CancellationToken, Task> work) => RunWithJob((run, job, stop) => work(
        new SchemaChange(new ProvisioningSchemaClient(run.Graph, run.Notices), job, _backupPath!, new Observer(this, run, job), TimeProvider.System), run, stop));

    private sealed class Observer(SchemaChangeCmdlet cmdlet, GraphRun run, ProvisioningJobAddress job) : ISchemaChangeObserver
    {
        public Task<bool> ConfirmAsync(IReadOnlyList<string> differences)
        {
            string lines = Describe(differences);
            return run.AskAsync(() => cmdlet.ShouldProcess(
                $"Change the schema of {job}:{lines}",
                $"Change the schema of {job}? The job then evaluates all its records anew.{lines}",
                "Confirm"));
        }

        // What Write-Host does: shown, and in the information stream for those who keep that.
        public Task OnBackupAsync(string path) => run.AskAsync(() =>
        {
            cmdlet.WriteInformation(
                new HostInformationMessage { Message = $"The schema as it was is in {path}; Import-ProvisioningSchema brings it back." }, ["PSHOST"]);
            return true;
        });

        public void OnFault(InboundProvisioningException fault) => run.WriteFault(fault);

        public void OnWarning(string text) => run.WriteWarning(text);

        public void OnDetail(string text) => run.WriteVerbose(text);

        private static string Describe(IReadOnlyList<string> differences)
        {
            IEnumerable<string> lines = differences.Take(MaxLinesShown).Select(static line => "\n  " + line);
            return string.Concat(lines) + (differences.Count > MaxLinesShown
                ? string.Format(CultureInfo.InvariantCulture, "\n  and {0} more", differences.Count - MaxLinesShown)
                : string.Empty);
        }
    }
}
