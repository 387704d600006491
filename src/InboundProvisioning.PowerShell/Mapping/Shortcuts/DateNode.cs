using System;
using System.Globalization;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>[datetime]::ParseExact($_.Column, 'dd.MM.yyyy', [cultureinfo]::InvariantCulture)</c>.</summary>
internal sealed class DateNode
{
    private readonly TextNode _text;
    private readonly EngineCall _call;
    private readonly Func<string, DateTime> _parse;

    /// <param name="text">What is read.</param>
    /// <param name="formats">The formats that it can have.</param>
    /// <param name="hasSeveral">Whether the method is the one for several formats.</param>
    /// <param name="culture">The culture.</param>
    /// <param name="call">The call.</param>
    public DateNode(TextNode text, string[] formats, bool hasSeveral, CultureInfo culture, EngineCall call)
    {
        _text = text;
        _call = call;
        _parse = hasSeveral
            ? one => DateTime.ParseExact(one, formats, culture, DateTimeStyles.None)
            : one => DateTime.ParseExact(one, formats[0], culture);
    }

    public DateTime Read(Row row) => _call.With(_text.Read(row), _parse);
}
