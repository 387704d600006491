using System;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Applications;

/// <summary>
/// Who is told of a job that fails, and after how many deletions it stops (SyncNotificationSettings):
/// https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair and
/// https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions.
/// </summary>
/// <param name="Recipient">The address.</param>
/// <param name="DeleteThreshold">The deletions in one cycle beyond which the job stops; null where the threshold is switched off.</param>
internal sealed record NotificationSettings(string Recipient, long? DeleteThreshold)
{
    /// <summary>Reads what the service holds; null where there is nothing of use.</summary>
    public static NotificationSettings? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text!);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("Recipients", out JsonElement recipients) || recipients.ValueKind != JsonValueKind.String || recipients.GetString()!.Length == 0
                || (root.TryGetProperty("Enabled", out JsonElement enabled) && enabled.ValueKind == JsonValueKind.False))
            {
                return null;
            }

            return new NotificationSettings(
                recipients.GetString()!,
                root.TryGetProperty("DeleteThresholdEnabled", out JsonElement threshold) && threshold.ValueKind == JsonValueKind.True
                    && root.TryGetProperty("DeleteThresholdValue", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
                        ? number
                        : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body that sets them, with SyncAll as Microsoft's example has it.</summary>
    public byte[] ToRequest()
    {
        byte[] settings = JsonBody.Write(writer =>
        {
            writer.WriteBoolean("Enabled", true);
            writer.WriteString("Recipients", Recipient);
            writer.WriteBoolean("DeleteThresholdEnabled", true);
            writer.WriteNumber("DeleteThresholdValue", DeleteThreshold.GetValueOrDefault());
            writer.WriteBoolean("HumanResourcesLookaheadQueryEnabled", false);
        });
        return JsonBody.Write(writer =>
        {
            writer.WriteStartArray("value");
            Pair(writer, "SyncNotificationSettings", Encoding.UTF8.GetString(settings));
            Pair(writer, "SyncAll", "false");
            writer.WriteEndArray();
        });
    }

    /// <inheritdoc/>
    public override string ToString() => DeleteThreshold is long threshold
        ? $"email to {Recipient}, accidental-deletion threshold {threshold}"
        : $"email to {Recipient}, no accidental-deletion threshold";

    private static void Pair(Utf8JsonWriter writer, string key, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("key", key);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }
}
