using System.Collections.Generic;
using System.Threading.Tasks;

namespace InboundProvisioning.Schema;

/// <summary>Decides about a <see cref="SchemaChange"/>, and learns what becomes of it.</summary>
public interface ISchemaChangeObserver
{
    /// <summary>Asked before anything is written.</summary>
    /// <param name="differences">What changes, a line each: <c>+</c> added, <c>-</c> removed, <c>~</c> changed.</param>
    /// <returns>Whether the schema is to be changed.</returns>
    Task<bool> ConfirmAsync(IReadOnlyList<string> differences);

    /// <summary>The schema as it was is in a file now; it is not changed before the task ends.</summary>
    Task OnBackupAsync(string path);

    /// <summary>What cannot be done for a single attribute; the others go on.</summary>
    void OnFault(InboundProvisioningException fault);

    /// <summary>What the user should know.</summary>
    void OnWarning(string text);

    /// <summary>What is of interest to someone who looks closely.</summary>
    void OnDetail(string text);
}
