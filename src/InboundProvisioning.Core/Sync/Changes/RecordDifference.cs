using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using InboundProvisioning.Records;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync.Changes;

/// <summary>Compares a record with the one that was last accepted, attribute by attribute.</summary>
internal static class RecordDifference
{
    /// <summary>The attributes that differ; in another order the same ones do not.</summary>
    /// <param name="old">The record last accepted.</param>
    /// <param name="record">The record of the source.</param>
    /// <param name="content">What is kept of the old one.</param>
    public static List<AttributeDifference> Of(StoredPerson old, UserRecord record, StateContent content) =>
        content == StateContent.Record ? RecordComparison.Of(old.Shape, old.Content, record) : OfDigests(old, record);

    private static List<AttributeDifference> OfDigests(StoredPerson old, UserRecord record)
    {
        var differences = new List<AttributeDifference>();
        for (int i = 0; i < record.Tokens.Length; i++)
        {
            int place = old.Shape == record.Shape ? i : old.Shape.PlaceOf(record.Shape.Attributes[i]);
            uint was = place < 0 ? 0 : DigestAt(old.Content, place);
            uint now = RecordValues.Digest(record.Tokens[i]);
            if (was != now || place < 0)
            {
                differences.Add(new AttributeDifference(record.Shape.Attributes[i], null, record.Tokens[i], was, now));
            }
        }

        for (int i = 0; i < old.Shape.Attributes.Count; i++)
        {
            if (old.Shape != record.Shape && record.Shape.PlaceOf(old.Shape.Attributes[i]) < 0)
            {
                differences.Add(new AttributeDifference(old.Shape.Attributes[i], null, null, DigestAt(old.Content, i), 0));
            }
        }

        return differences;
    }

    private static uint DigestAt(byte[] digests, int place) => BinaryPrimitives.ReadUInt32LittleEndian(digests.AsSpan(place * sizeof(uint)));
}
