using System.Globalization;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>.ToString('s')</c> of a date.</summary>
internal sealed class DateTextNode : TextNode
{
    private readonly DateNode _date;
    private readonly string _format;
    private readonly CultureInfo _culture;

    public DateTextNode(DateNode date, string format, CultureInfo culture)
    {
        _date = date;
        _format = format;
        _culture = culture;
    }

    public override string Read(Row row) => _date.Read(row).ToString(_format, _culture);
}
