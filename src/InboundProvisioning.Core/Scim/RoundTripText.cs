using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace InboundProvisioning.Scim;

/// <summary>
/// The shortest text that reads back as the very same number, in the form that .NET gives it. The digits are found here, the same in
/// both editions, so that a record does not look changed because the other edition made it: .NET Framework's "R" gives digits too many
/// (0.33333333333333331), and that of .NET one too few for some powers of two (2^-958), so that another number is read.
/// </summary>
internal static class RoundTripText
{
    private const int DoubleFractionBits = 52;
    private const int DoubleDigits = 17;
    private const int SingleFractionBits = 23;
    private const int SingleDigits = 9;

    // The exponent of the last bit of the smallest numbers (IEEE 754).
    private const int SmallestDouble = -1074;
    private const int SmallestSingle = -149;

    public static string Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return Of(bits < 0, bits & ((1L << DoubleFractionBits) - 1), (int)(bits >> DoubleFractionBits) & 0x7FF, DoubleFractionBits, SmallestDouble, DoubleDigits);
    }

    public static string Of(float value)
    {
        int bits = BitConverter.ToInt32(BitConverter.GetBytes(value), 0);
        return Of(bits < 0, bits & ((1 << SingleFractionBits) - 1), (bits >> SingleFractionBits) & 0xFF, SingleFractionBits, SmallestSingle, SingleDigits);
    }

    private static string Of(bool isNegative, long fraction, int exponent, int fractionBits, int smallest, int mostDigits)
    {
        var text = new StringBuilder();
        if (isNegative)
        {
            text.Append('-');
        }

        if (fraction == 0 && exponent == 0)
        {
            return text.Append('0').ToString();
        }

        // A power of two has a neighbour below it at half the distance of the one above.
        bool isPower = fraction == 0 && exponent > 1;
        long mantissa = exponent == 0 ? fraction : fraction | (1L << fractionBits);
        List<int> digits = Digits(mantissa, smallest + Math.Max(exponent, 1) - 1, isPower, out int point);
        Lay(text, digits, point, mostDigits);
        return text.ToString();
    }

    // Steele and White's free-format algorithm ("How to print floating-point numbers accurately", 1990), in exact integers: the
    // number is r / s, and every number closer than mPlus / s above or mMinus / s below it reads back as it.
    private static List<int> Digits(long mantissa, int exponent, bool isPower, out int point)
    {
        int scale = isPower ? 2 : 1;
        BigInteger r = new BigInteger(mantissa) * (2 * scale);
        BigInteger s = 2 * scale;
        BigInteger mMinus = BigInteger.One;
        if (exponent >= 0)
        {
            r <<= exponent;
            mMinus <<= exponent;
        }
        else
        {
            s <<= -exponent;
        }

        BigInteger mPlus = mMinus * scale;
        bool isEven = mantissa % 2 == 0;
        point = 0;
        while (isEven ? r + mPlus >= s : r + mPlus > s)
        {
            s *= 10;
            point++;
        }

        while (isEven ? (r + mPlus) * 10 < s : (r + mPlus) * 10 <= s)
        {
            r *= 10;
            mPlus *= 10;
            mMinus *= 10;
            point--;
        }

        var digits = new List<int>();
        while (true)
        {
            int digit = (int)BigInteger.DivRem(r * 10, s, out r);
            mPlus *= 10;
            mMinus *= 10;
            bool isLow = isEven ? r <= mMinus : r < mMinus;
            bool isHigh = isEven ? r + mPlus >= s : r + mPlus > s;
            if (isLow || isHigh)
            {
                // In the middle the even digit, as .NET.
                int side = (r * 2).CompareTo(s);
                digits.Add(isHigh && (!isLow || side > 0 || (side == 0 && digit % 2 != 0)) ? digit + 1 : digit);
                return digits;
            }

            digits.Add(digit);
        }
    }

    // The point stands before the digit of that index.
    private static void Lay(StringBuilder text, List<int> digits, int point, int mostDigits)
    {
        bool isScientific = point > mostDigits || point < -3;
        int integer = isScientific ? 1 : point;
        if (integer <= 0)
        {
            text.Append("0.").Append('0', -integer);
        }

        for (int i = 0; i < digits.Count; i++)
        {
            if (i == integer && i > 0)
            {
                text.Append('.');
            }

            text.Append((char)('0' + digits[i]));
        }

        text.Append('0', Math.Max(0, integer - digits.Count));
        if (isScientific)
        {
            text.Append('E').Append((point - 1).ToString("+00;-00", CultureInfo.InvariantCulture));
        }
    }
}
