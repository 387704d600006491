using System.Text.Json;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// A record that would have disabled a user past the deletion threshold: "anything above the threshold that you set requires an admin to
/// explicitly allow the processing", https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions
/// </summary>
/// <param name="User">The record.</param>
/// <param name="Allowed">Whether a restart with ForceDeletes lets it go in the next run.</param>
internal sealed record HeldRecord(JsonElement User, bool Allowed);
