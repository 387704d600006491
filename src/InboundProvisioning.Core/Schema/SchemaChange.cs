using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Schema;

/// <summary>
/// Replaces the schema of a job: shows the difference, asks, keeps the schema in a file, and sends the new one unless someone else
/// was faster.
/// </summary>
public sealed class SchemaChange
{
    private readonly ProvisioningSchemaClient _client;
    private readonly ProvisioningJobAddress _job;
    private readonly string _backupPath;
    private readonly ISchemaChangeObserver _observer;
    private readonly TimeProvider _time;

    /// <summary>Creates a change.</summary>
    /// <param name="client">Reads and replaces the schema.</param>
    /// <param name="job">The job.</param>
    /// <param name="backupPath">See <see cref="SchemaBackup.Write"/>.</param>
    /// <param name="observer">Decides, and learns what becomes of it.</param>
    /// <param name="time">The clock.</param>
    public SchemaChange(ProvisioningSchemaClient client, ProvisioningJobAddress job, string backupPath, ISchemaChangeObserver observer, TimeProvider time)
    {
        _client = client;
        _job = job;
        _backupPath = backupPath;
        _observer = observer;
        _time = time;
    }

    /// <summary>Adds the attributes of an extension, and looks whether the service shows them then.</summary>
    /// <returns>The attributes as they are then, or null where the change was not wanted.</returns>
    /// <exception cref="InboundProvisioningException">As <see cref="SchemaExtension.Plan"/>, <see cref="SchemaBackup.Write"/> and <see cref="ProvisioningSchemaClient"/>.</exception>
    public async Task<IReadOnlyList<SchemaExtensionResult>?> ExtendAsync(SchemaExtension extension, CancellationToken cancellationToken)
    {
        ProvisioningSchema schema = await _client.ReadAsync(_job, cancellationToken).ConfigureAwait(false);
        SchemaExtensionPlan plan = extension.Plan(schema);
        _observer.OnDetail($"The rule '{plan.RuleName}' takes its users from the directory '{plan.SourceDirectory}'.");
        foreach (InboundProvisioningException fault in plan.Faults)
        {
            _observer.OnFault(fault);
        }

        string? backup = null;
        if (plan.HasChanges)
        {
            backup = await ReplaceAsync(schema, plan.Schema, plan.Schema.DifferencesFrom(schema), cancellationToken).ConfigureAwait(false);
            if (backup is null)
            {
                return null;
            }

            await VerifyAsync(plan, extension.RuleName, backup, cancellationToken).ConfigureAwait(false);
        }

        return
        [
            .. plan.Results.Select(result => result with
            {
                BackupPath = result.Status == SchemaChangeStatus.Existing && result.MappingStatus is null or SchemaChangeStatus.Existing ? null : backup,
                ServicePrincipalId = _job.ServicePrincipalId,
                JobId = _job.JobId,
            }),
        ];
    }

    /// <summary>Gives the job the schema of a file, whose ids become those of the job.</summary>
    /// <param name="path">The file, as the result shows it.</param>
    /// <param name="file">Its schema.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>What was done, or null where the change was not wanted.</returns>
    /// <exception cref="InboundProvisioningException">As <see cref="SchemaImport.Fit"/>, <see cref="SchemaBackup.Write"/> and <see cref="ProvisioningSchemaClient"/>.</exception>
    public async Task<SchemaImportResult?> ImportAsync(string path, ProvisioningSchema file, CancellationToken cancellationToken)
    {
        ProvisioningSchema schema = await _client.ReadAsync(_job, cancellationToken).ConfigureAwait(false);
        SchemaImport import = SchemaImport.Fit(file, schema);
        foreach (string id in import.RewrittenIds)
        {
            _observer.OnDetail($"Of the job instead of the file: {id}");
        }

        IReadOnlyList<string> differences = import.Schema.DifferencesFrom(schema);
        bool changes = differences.Count > 0;
        string? backup = changes ? await ReplaceAsync(schema, import.Schema, differences, cancellationToken).ConfigureAwait(false) : null;
        return changes && backup is null ? null : new SchemaImportResult
        {
            ServicePrincipalId = _job.ServicePrincipalId,
            JobId = _job.JobId,
            Path = path,
            Status = changes ? SchemaChangeStatus.Changed : SchemaChangeStatus.Existing,
            Differences = differences,
            RewrittenIds = import.RewrittenIds,
            BackupPath = backup,
        };
    }

    private async Task<string?> ReplaceAsync(
        ProvisioningSchema before, ProvisioningSchema after, IReadOnlyList<string> differences, CancellationToken cancellationToken)
    {
        if (!await _observer.ConfirmAsync(differences).ConfigureAwait(false))
        {
            return null;
        }

        string backup = SchemaBackup.Write(before, _backupPath, _job, _time.GetUtcNow());
        await _observer.OnBackupAsync(backup).ConfigureAwait(false);
        await _client.ReplaceAsync(_job, before, after, cancellationToken).ConfigureAwait(false);
        return backup;
    }

    // The service answers a PUT with nothing: one look tells whether it kept what it took.
    private async Task VerifyAsync(SchemaExtensionPlan plan, string? ruleName, string backup, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> missing;
        try
        {
            ProvisioningSchema now = await _client.ReadAsync(_job, cancellationToken).ConfigureAwait(false);
            missing = now.MissingAttributes(plan.Results.Select(static result => result.Name), ruleName);
        }
        catch (InboundProvisioningException fault)
        {
            _observer.OnWarning($"The schema was changed, but could not be read again to see what became of it: {fault.Message} The schema as it was is in {backup}.");
            return;
        }

        if (missing.Count > 0)
        {
            _observer.OnWarning($"The service took the schema, but does not show {string.Join(", ", missing)} yet. Look again with Export-ProvisioningSchema.");
        }
    }
}
