using System;
using System.Collections.Generic;

namespace InboundProvisioning.Records;

/// <summary>Compares two records of a person by their values.</summary>
internal static class RecordComparison
{
    /// <summary>The attributes that differ; in another order the same ones do not.</summary>
    /// <param name="oldShape">The shape of the record before.</param>
    /// <param name="oldValues">Its values: <see cref="RecordValues"/>.</param>
    /// <param name="record">The record after.</param>
    public static List<AttributeDifference> Of(RecordShape oldShape, byte[] oldValues, UserRecord record)
    {
        var differences = new List<AttributeDifference>();
        byte[][] before = RecordValues.Decode(oldValues, oldShape.Attributes.Count);
        byte[][] after = record.Tokens;
        if (oldShape == record.Shape)
        {
            for (int i = 0; i < after.Length; i++)
            {
                if (!before[i].AsSpan().SequenceEqual(after[i]))
                {
                    differences.Add(new AttributeDifference(record.Shape.Attributes[i], before[i], after[i], RecordValues.Digest(before[i]), RecordValues.Digest(after[i])));
                }
            }

            return differences;
        }

        for (int i = 0; i < after.Length; i++)
        {
            int place = oldShape.PlaceOf(record.Shape.Attributes[i]);
            byte[]? was = place < 0 ? null : before[place];
            if (was is null || !was.AsSpan().SequenceEqual(after[i]))
            {
                differences.Add(new AttributeDifference(record.Shape.Attributes[i], was, after[i], was is null ? 0 : RecordValues.Digest(was), RecordValues.Digest(after[i])));
            }
        }

        for (int i = 0; i < before.Length; i++)
        {
            if (record.Shape.PlaceOf(oldShape.Attributes[i]) < 0)
            {
                differences.Add(new AttributeDifference(oldShape.Attributes[i], before[i], null, RecordValues.Digest(before[i]), 0));
            }
        }

        return differences;
    }
}
