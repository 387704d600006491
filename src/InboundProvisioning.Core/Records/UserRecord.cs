using System;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Records;

/// <summary>A SCIM user as it is kept: a shape and values.</summary>
internal sealed class UserRecord
{
    private byte[][]? _tokens;

    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its values: <see cref="RecordValues"/>.</param>
    /// <param name="fingerprint">Of its bytes.</param>
    public UserRecord(RecordShape shape, byte[] values, RecordFingerprint fingerprint)
    {
        Shape = shape;
        Values = values;
        Fingerprint = fingerprint;
    }

    /// <summary>Its shape.</summary>
    public RecordShape Shape { get; }

    /// <summary>Its values.</summary>
    public byte[] Values { get; }

    /// <summary>Of its bytes.</summary>
    public RecordFingerprint Fingerprint { get; }

    /// <summary>Its values as JSON tokens.</summary>
    public byte[][] Tokens => _tokens ??= RecordValues.Decode(Values, Shape.Attributes.Count);

    /// <summary>Its externalId, or null.</summary>
    public string? ExternalId => Text(Shape.ExternalId);

    /// <summary>Its userName, or null.</summary>
    public string? UserName => Text(Shape.UserName);

    /// <summary>The externalId of the manager, or null.</summary>
    public string? Manager => Text(Shape.Manager);

    /// <summary>Whether the person is active; null where the record does not say so as a Boolean.</summary>
    public bool? Active => Shape.Active < 0 ? null : Tokens[Shape.Active] switch
    {
        [(byte)'t', ..] => true,
        [(byte)'f', ..] => false,
        _ => null,
    };

    /// <summary>The user as it was read.</summary>
    public byte[] ToJson() => Build(Tokens);

    /// <summary>The same user, inactive.</summary>
    public byte[] ToInactiveJson()
    {
        byte[][] tokens = (byte[][])Tokens.Clone();
        tokens[Shape.Active] = "false"u8.ToArray();
        return Build(tokens);
    }

    /// <summary>Whether values are those of a record with this fingerprint.</summary>
    public static bool IsSound(RecordShape shape, byte[] values, RecordFingerprint fingerprint)
    {
        try
        {
            return RecordFingerprint.Of(new UserRecord(shape, values, fingerprint).ToJson()) == fingerprint;
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or OverflowException or OutOfMemoryException)
        {
            // Lengths that lead nowhere.
            return false;
        }
    }

    /// <summary>A userName in 64 bits without regard to case; 0 where there is none.</summary>
    public static long DigestOf(string? userName) => string.IsNullOrEmpty(userName)
        ? 0
        : unchecked((long)Math.Max(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(userName!.ToUpperInvariant())), 1));

    /// <summary>A token as text: of a string its text, else as it is; null for null.</summary>
    public static string? TextOf(ReadOnlySpan<byte> token)
    {
        if (token.Length == 0 || token[0] == (byte)'n')
        {
            return null;
        }

        if (token[0] != (byte)'"')
        {
            return Encoding.UTF8.GetString(token.ToArray());
        }

        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.GetString();
    }

    private string? Text(int place) => place < 0 ? null : TextOf(Tokens[place]);

    private byte[] Build(byte[][] tokens)
    {
        int length = Shape.Skeleton.Length;
        foreach (byte[] token in tokens)
        {
            length += token.Length - 1;
        }

        byte[] json = new byte[length];
        int at = 0;
        int next = 0;
        foreach (byte one in Shape.Skeleton)
        {
            if (one == RecordShape.Gap)
            {
                byte[] token = tokens[next++];
                token.CopyTo(json, at);
                at += token.Length;
            }
            else
            {
                json[at++] = one;
            }
        }

        return json;
    }
}
