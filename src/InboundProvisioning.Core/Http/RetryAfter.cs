using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;

namespace InboundProvisioning.Http;

/// <summary>The Retry-After header: seconds or an HTTP date (RFC 9110 section 10.2.3), and fractions of seconds, which Graph sends too.</summary>
internal static class RetryAfter
{
    /// <summary>Reads the header; null where it is absent or makes no sense. Never negative.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="now">The time that a date is held against where the answer has no Date of its own.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter?.Date is DateTimeOffset date)
        {
            // The service's own clock first: ours may be off.
            TimeSpan wait = date - (headers.Date ?? now);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        // The typed property knows no fractions.
        if (!headers.TryGetValues("Retry-After", out IEnumerable<string>? values))
        {
            return null;
        }

        return double.TryParse(values.First().Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds <= TimeSpan.MaxValue.TotalSeconds / 2
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }
}
