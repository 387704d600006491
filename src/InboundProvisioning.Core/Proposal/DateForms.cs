using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>
/// The forms in which HR files write dates, and a value beside them. A form is a bit: a column is written in those that each of its
/// values has. Names of forms are formats of .NET (DateTime.ParseExact), which takes 5 and 05 alike for <c>d</c>.
/// </summary>
internal static class DateForms
{
    /// <summary>Any form.</summary>
    public const int All = (1 << Count) - 1;

    /// <summary>Any way to write the time of day.</summary>
    public const int AllTimes = (1 << TimeCount) - 1;

    /// <summary>A time of day that says its offset from UTC, which only ISO 8601 has.</summary>
    public const int Offset = 1 << 9;

    private const int Count = 18;
    private const int TimeCount = 10;
    private const int TwoDigitYears = (1 << 11) | (1 << 13) | (1 << 14) | (1 << 15);

    private static readonly string[] Formats =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy",
        "d-MMM-yyyy", "d MMM yyyy", "d-MMM-yy", "MMM d, yyyy", "d/M/yy", "M/d/yy", "d.M.yy", "ddMMyyyy", "yyyy'年'M'月'd'日'",
    ];

    // By bit: none, with a blank, with a T, with an offset.
    private static readonly string[] Times =
    [
        string.Empty, " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt", "'T'H:mm", "'T'H:mm:ss", "'T'H:mm:ss.FFFFFFF", "K",
    ];

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The formats of some forms.</summary>
    public static IReadOnlyList<string> FormatsOf(int forms) => [.. Enumerable.Range(0, Count).Where(bit => (forms & (1 << bit)) != 0).Select(static bit => Formats[bit])];

    /// <summary>The formats of some ways to write the time of day; the empty text is none.</summary>
    public static IReadOnlyList<string> TimesOf(int times) => [.. Enumerable.Range(0, TimeCount).Where(bit => (times & (1 << bit)) != 0).Select(static bit => Times[bit])];

    /// <summary>Whether the year has two digits, of which .NET makes one between 1930 and 2029 or 1950 and 2049.</summary>
    public static bool HasShortYear(int forms) => (forms & TwoDigitYears) != 0;

    /// <summary>Looks at a value.</summary>
    /// <param name="text">The value, without white space around it.</param>
    /// <param name="times">How the time of day is written: one bit.</param>
    /// <returns>The forms that it has; none for what is no date.</returns>
    public static int Match(ReadOnlySpan<char> text, out int times)
    {
        times = 0;
        int length = DateLength(text);
        if (length < 6)
        {
            return 0;
        }

        times = TimeOf(text.Slice(length));
        int forms = times == 0 ? 0 : DateOf(text.Slice(0, length));
        return times == Offset && (forms & 1) == 0 ? 0 : forms;
    }

    /// <summary>Whether a value stands for no date: nothing but zeros, or the year 9999.</summary>
    public static bool IsSentinel(ReadOnlySpan<char> text)
    {
        bool hasDigit = false;
        bool isZero = true;
        foreach (char letter in text)
        {
            bool isDigit = letter is >= '0' and <= '9';
            if (!isDigit && letter is not ('-' or '/' or '.' or ':' or ' ' or 'T' or 'Z'))
            {
                return false;
            }

            hasDigit |= isDigit;
            isZero &= letter is not (>= '1' and <= '9');
        }

        int colon = text.IndexOf(':');
        ReadOnlySpan<char> day = colon < 0 ? text : text.Slice(0, colon);
        return hasDigit && (isZero || (day.IndexOf("9999".AsSpan()) >= 0 && Match(text, out _) != 0));
    }

    // Where the time of day begins: behind the year or the day, at a T or the last blank before a colon.
    private static int DateLength(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            return text.Length;
        }

        int start = colon - 1;
        while (start > 0 && text[start] is >= '0' and <= '9')
        {
            start--;
        }

        return start > 0 && text[start] is ' ' or 'T' ? start : 0;
    }

    private static int TimeOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 1;
        }

        bool hasT = text[0] == 'T';
        text = text.Slice(1);
        if (!TakeNumber(ref text, 2, 0, 23, out _) || !TakeSign(ref text, ':') || !TakeNumber(ref text, 2, 0, 59, out int digits) || digits != 2)
        {
            return 0;
        }

        bool hasSeconds = TakeSign(ref text, ':');
        if (hasSeconds && (!TakeNumber(ref text, 2, 0, 59, out digits) || digits != 2))
        {
            return 0;
        }

        bool hasFraction = hasSeconds && TakeSign(ref text, '.');
        if (hasFraction && !TakeNumber(ref text, 7, 0, int.MaxValue, out _))
        {
            return 0;
        }

        if (text.IsEmpty)
        {
            return 1 << ((hasT ? 6 : 1) + (hasFraction ? 2 : hasSeconds ? 1 : 0));
        }

        if (!hasT && !hasFraction && text.Length == 3 && text[0] == ' ' && text[1] is 'A' or 'P' or 'a' or 'p' && text[2] is 'M' or 'm')
        {
            return 1 << (hasSeconds ? 5 : 4);
        }

        bool isOffset = hasT && hasSeconds && ((text.Length == 1 && text[0] == 'Z') || (text.Length == 6 && text[0] is '+' or '-' && text[3] == ':'));
        return isOffset ? Offset : 0;
    }

    private static int DateOf(ReadOnlySpan<char> text)
    {
        Span<int> numbers = stackalloc int[3];
        Span<int> digits = stackalloc int[3];
        Span<char> signs = stackalloc char[3];
        ReadOnlySpan<char> rest = text;
        int count = 0;
        int month = 0;
        int monthAt = -1;
        signs.Clear();
        while (!rest.IsEmpty && count < 3)
        {
            if (char.IsLetter(rest[0]) && monthAt < 0 && !HeaderWords.IsIdeographic(rest[0]))
            {
                monthAt = count;
                if (!TakeMonth(ref rest, out month))
                {
                    return 0;
                }
            }
            else if (!TakeNumber(ref rest, 8, 0, int.MaxValue, out digits[count]))
            {
                return 0;
            }
            else
            {
                numbers[count] = Value(text.Slice(text.Length - rest.Length - digits[count], digits[count]));
            }

            if (!rest.IsEmpty)
            {
                signs[count] = rest[0];
                rest = rest.Slice(1);
                if (signs[count] == ',' && !rest.IsEmpty && rest[0] == ' ')
                {
                    rest = rest.Slice(1);
                }
            }

            count++;
        }

        if (!rest.IsEmpty)
        {
            return 0;
        }

        return count switch
        {
            1 when digits[0] == 8 && signs[0] == '\0' => Compact(numbers[0]),
            3 when monthAt < 0 => Separate(numbers, digits, signs),
            3 => Named(numbers, digits, signs, month, monthAt),
            _ => 0,
        };
    }

    private static int Compact(int number) =>
        Bit(3, IsDate(number / 10000, number / 100 % 100, number % 100)) | Bit(16, IsDate(number % 10000, number / 10000 % 100, number / 1000000));

    private static int Separate(ReadOnlySpan<int> numbers, ReadOnlySpan<int> digits, ReadOnlySpan<char> signs)
    {
        bool isYearFirst = digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2;
        if (isYearFirst)
        {
            bool isDate = IsDate(numbers[0], numbers[1], numbers[2]);
            return (signs[0], signs[1], signs[2]) switch
            {
                ('-', '-', '\0') => Bit(0, isDate),
                ('/', '/', '\0') => Bit(1, isDate),
                ('.', '.', '\0') => Bit(2, isDate),
                ('年', '月', '日') => Bit(17, isDate),
                _ => 0,
            };
        }

        if (digits[0] > 2 || digits[1] > 2 || digits[2] is not (2 or 4) || signs[0] != signs[1] || signs[2] != '\0')
        {
            return 0;
        }

        bool isShort = digits[2] == 2;
        int year = isShort ? 2000 + numbers[2] : numbers[2];
        bool isDayFirst = IsDate(year, numbers[1], numbers[0]);
        bool isMonthFirst = IsDate(year, numbers[0], numbers[1]);
        return (signs[0], isShort) switch
        {
            ('/', false) => Bit(4, isDayFirst) | Bit(5, isMonthFirst),
            ('.', false) => Bit(6, isDayFirst),
            ('-', false) => Bit(7, isDayFirst) | Bit(8, isMonthFirst),
            ('/', true) => Bit(13, isDayFirst) | Bit(14, isMonthFirst),
            ('.', true) => Bit(15, isDayFirst),
            _ => 0,
        };
    }

    private static int Named(ReadOnlySpan<int> numbers, ReadOnlySpan<int> digits, ReadOnlySpan<char> signs, int month, int monthAt)
    {
        if (signs[2] != '\0' || digits[2] is not (2 or 4))
        {
            return 0;
        }

        bool isDate = IsDate(digits[2] == 2 ? 2000 + numbers[2] : numbers[2], month, numbers[monthAt == 1 ? 0 : 1]);
        return (monthAt, signs[0], signs[1], digits[2]) switch
        {
            (1, '-', '-', 4) => Bit(9, isDate),
            (1, ' ', ' ', 4) => Bit(10, isDate),
            (1, '-', '-', 2) => Bit(11, isDate),
            (0, ' ', ',', 4) => Bit(12, isDate),
            _ => 0,
        };
    }

    private static int Bit(int bit, bool isSet) => isSet ? 1 << bit : 0;

    // People and their work: nobody in an HR file was born before 1850, and 9999 is no date but stands for one.
    private static bool IsDate(int year, int month, int day) =>
        year is (>= 1850 and <= 2200) or 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static int Value(ReadOnlySpan<char> digits)
    {
        int value = 0;
        foreach (char digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int most, int least, int largest, out int digits)
    {
        digits = 0;
        while (digits < text.Length && digits < most && text[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        int value = Value(text.Slice(0, digits));
        text = text.Slice(digits);
        return digits > 0 && value >= least && value <= largest;
    }

    private static bool TakeSign(ref ReadOnlySpan<char> text, char sign)
    {
        bool isThere = !text.IsEmpty && text[0] == sign;
        text = isThere ? text.Slice(1) : text;
        return isThere;
    }

    // The short names of English, which are those of the invariant culture.
    private static bool TakeMonth(ref ReadOnlySpan<char> text, out int month)
    {
        month = text.Length < 3 ? 0 : 1 + Array.IndexOf(Months, text.Slice(0, 3).ToString().ToLowerInvariant());
        text = text.Length < 3 ? text : text.Slice(3);
        return month > 0 && (text.IsEmpty || !char.IsLetter(text[0]));
    }
}
