using System;
using System.Globalization;
using System.Text;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A method of a text that gives a text: <c>Trim()</c>, <c>ToLower()</c>, <c>Substring(0, 3)</c> and the like.</summary>
internal sealed class MethodNode : TextNode
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly TextNode _target;
    private readonly EngineCall _call;
    private readonly Func<string, string> _method;
    private readonly InBytes? _inBytes;

    private MethodNode(TextNode target, EngineCall call, Func<string, string> method, InBytes? inBytes = null)
    {
        _target = target;
        _call = call;
        _method = method;
        _inBytes = inBytes;
    }

    // Does it to the text from a place on; false where it takes more than bytes to know what it does.
    private delegate bool InBytes(Utf8Text text, int start);

    /// <summary>A method, or null when it is for the engine.</summary>
    /// <param name="target">The text.</param>
    /// <param name="name">The method's name, as the script block spells it.</param>
    /// <param name="arguments">Its arguments; null for one that is no constant.</param>
    /// <param name="line">The line of the statement.</param>
    public static MethodNode? Create(TextNode target, string name, object?[] arguments, int line)
    {
        var call = new EngineCall(name, arguments.Length, line);
        switch (name.ToUpperInvariant())
        {
            case "TRIM" when arguments is []:
                return new(target, call, static text => text.Trim(), static (text, start) => IsFreeOfSpace(text, start, atStart: true, atEnd: true));
            case "TRIMSTART" when arguments is []:
                return new(target, call, static text => text.TrimStart(), static (text, start) => IsFreeOfSpace(text, start, atStart: true, atEnd: false));
            case "TRIMEND" when arguments is []:
                return new(target, call, static text => text.TrimEnd(), static (text, start) => IsFreeOfSpace(text, start, atStart: false, atEnd: true));
            case "TRIM" when arguments is [string { Length: 1 } sign]:
                return new(target, call, text => text.Trim(sign[0]));
            case "TRIMSTART" when arguments is [string { Length: 1 } sign]:
                return new(target, call, text => text.TrimStart(sign[0]));
            case "TRIMEND" when arguments is [string { Length: 1 } sign]:
                return new(target, call, text => text.TrimEnd(sign[0]));
            case "TOLOWERINVARIANT" when arguments is []:
                return new(target, call, static text => text.ToLowerInvariant(), ToLower);
            case "TOUPPERINVARIANT" when arguments is []:
                return new(target, call, static text => text.ToUpperInvariant(), ToUpper);
            case "TOLOWER" when arguments is []:
                CultureInfo lower = CultureInfo.CurrentCulture;
                return new(target, call, text => text.ToLower(lower), IsPlain(lower) ? ToLower : null);
            case "TOUPPER" when arguments is []:
                CultureInfo upper = CultureInfo.CurrentCulture;
                return new(target, call, text => text.ToUpper(upper), IsPlain(upper) ? ToUpper : null);
            case "SUBSTRING" when arguments is [int from]:
                return new(target, call, text => text.Substring(from), (text, start) => Cut(text, start, from, text.Length - start - from));
            case "SUBSTRING" when arguments is [int from, int length]:
                return new(target, call, text => text.Substring(from, length), (text, start) => Cut(text, start, from, length));
            case "REPLACE" when arguments is [string { Length: > 0 } old, string replacement]:
                byte[] sought = Utf8.GetBytes(old);
                return new(target, call, text => text.Replace(old, replacement), (text, start) => text.Written.Slice(start).IndexOf(sought) < 0);
            case "PADLEFT" when arguments is [int width, string { Length: 1 } sign]:
                return new(target, call, text => text.PadLeft(width, sign[0]), (text, start) => text.Length - start >= width && IsAscii(text, start));
            case "PADRIGHT" when arguments is [int width, string { Length: 1 } sign]:
                return new(target, call, text => text.PadRight(width, sign[0]), (text, start) => text.Length - start >= width && IsAscii(text, start));
            default:
                return null;
        }
    }

    public override string Read(Row row) => _call.Of(_target.Read(row), _method);

    public override bool TryWrite(Row row, Utf8Text text)
    {
        int start = text.Length;
        if (_inBytes is not null && _target.TryWrite(row, text) && _inBytes(text, start))
        {
            return true;
        }

        text.Length = start;
        return base.TryWrite(row, text);
    }

    // Whether the letters of ASCII have there the case that they have everywhere: not in Turkish.
    private static bool IsPlain(CultureInfo culture)
    {
        const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        const string Lower = "abcdefghijklmnopqrstuvwxyz";
        return culture.TextInfo.ToLower(Upper) == Lower && culture.TextInfo.ToUpper(Lower) == Upper;
    }

    private static bool IsFreeOfSpace(Utf8Text text, int start, bool atStart, bool atEnd)
    {
        ReadOnlySpan<byte> written = text.Written.Slice(start);
        return written.IsEmpty || ((!atStart || IsSign(written[0])) && (!atEnd || IsSign(written[written.Length - 1])));

        static bool IsSign(byte one) => one is > (byte)' ' and < 0x7F;
    }

    private static bool ToLower(Utf8Text text, int start)
    {
        Span<byte> written = text.Written.Slice(start);
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] >= 0x80)
            {
                return false;
            }

            written[i] = written[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(written[i] | 0x20) : written[i];
        }

        return true;
    }

    private static bool ToUpper(Utf8Text text, int start)
    {
        Span<byte> written = text.Written.Slice(start);
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] >= 0x80)
            {
                return false;
            }

            written[i] = written[i] is >= (byte)'a' and <= (byte)'z' ? (byte)(written[i] & ~0x20) : written[i];
        }

        return true;
    }

    private static bool Cut(Utf8Text text, int start, int from, int length)
    {
        Span<byte> written = text.Written.Slice(start);
        if (from < 0 || length < 0 || from > written.Length - length || !IsAscii(text, start))
        {
            return false;
        }

        written.Slice(from, length).CopyTo(written);
        text.Length = start + length;
        return true;
    }

    private static bool IsAscii(Utf8Text text, int start)
    {
        foreach (byte one in text.Written.Slice(start))
        {
            if (one >= 0x80)
            {
                return false;
            }
        }

        return true;
    }
}
