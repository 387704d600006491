using System.Text.Json;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// A record that failed and is tried again, less and less often:
/// https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#errors-and-retries
/// </summary>
/// <param name="User">The record.</param>
/// <param name="Attempts">How often it has been tried.</param>
/// <param name="NextRun">The number of the job's run that tries it again.</param>
internal sealed record Escrow(JsonElement User, int Attempts, long NextRun);
