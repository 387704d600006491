using System;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>Where a page ends: the time and the id of its last event. What is written later does not move it.</summary>
internal readonly record struct LogPosition(DateTime Time, Guid Id) : IComparable<LogPosition>
{
    public static LogPosition Of(ProvisioningEvent one) => new(one.ActivityDateTime, one.Id);

    public static LogPosition? TryParse(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        string[] halves = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('_');
        return halves.Length == 2
            && long.TryParse(halves[0], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParse(halves[1], out Guid id)
                ? new(new DateTime(ticks, DateTimeKind.Utc), id)
                : null;
    }

    public int CompareTo(LogPosition other) => Time != other.Time ? Time.CompareTo(other.Time) : Id.CompareTo(other.Id);

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Time.Ticks}_{Id}")));
}
