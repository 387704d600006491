using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>
/// Reads the bulk requests of a payload file: one document or several, one after another. UTF-8 with or without a byte order
/// mark, and UTF-16 and UTF-32 with one, since <c>&gt;</c> of Windows PowerShell writes UTF-16. What cannot be read becomes a
/// document with a fault; nothing after malformed JSON in a file can be trusted, so that is the file's last.
/// </summary>
public static class BulkRequestDocumentReader
{
    // A request has 4 MB at most; far beyond that the file is something else, and memory stays bounded.
    private const int Unreasonable = 64 * 1024 * 1024;

    private const int ChunkLength = 64 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static IEnumerable<BulkRequestDocument> ReadFile(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ChunkLength);
        foreach (BulkRequestDocument document in Read(stream, path))
        {
            yield return document;
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream; it stays the caller's.</param>
    /// <param name="source">What the documents' source is called.</param>
    public static IEnumerable<BulkRequestDocument> Read(Stream stream, string source)
    {
        var splitter = new JsonDocumentSplitter();
        int number = 1;
        using IEnumerator<byte[]?> chunks = Chunks(stream).GetEnumerator();
        while (chunks.MoveNext())
        {
            if (chunks.Current is not byte[] chunk)
            {
                yield return BulkRequestDocument.Faulty(
                    source, number, "PayloadEncoding", "holds bytes that are not valid in its encoding. Save it as UTF-8.");
                yield break;
            }

            splitter.Append(chunk);
            while (Next(splitter, source, number) is BulkRequestDocument document)
            {
                yield return document;
                if (document.Json.Length == 0)
                {
                    yield break;
                }

                number++;
            }
        }

        if (splitter.IsWithinDocument)
        {
            yield return Incomplete(source, number);
        }
        else if (number == 1)
        {
            yield return BulkRequestDocument.Faulty(source, number, "PayloadEmpty", "is not there: the file is empty.");
        }
    }

    /// <summary>The next document that is complete, or one with a fault and without bytes where the rest cannot be read; null when more bytes are needed.</summary>
    internal static BulkRequestDocument? Next(JsonDocumentSplitter splitter, string source, int number)
    {
        try
        {
            if (splitter.TryTake(out byte[]? json))
            {
                return BulkRequestDocument.Read(source, number, json);
            }
        }
        catch (JsonException malformed)
        {
            return BulkRequestDocument.Malformed(source, number, malformed);
        }

        return splitter.PendingBytes > Unreasonable
            ? BulkRequestDocument.Faulty(source, number, "PayloadInvalid", "has more than 64 MB, which is no bulk request. Use fewer operations in a request.")
            : null;
    }

    /// <summary>Stands for a document that ended too early.</summary>
    internal static BulkRequestDocument Incomplete(string source, int number) => BulkRequestDocument.Faulty(
        source, number, "PayloadIncomplete", "ends in the middle of its JSON. The file was cut off, or is still being written.");

    /// <summary>The stream in UTF-8 without a byte order mark; null as the last where its bytes are not valid.</summary>
    private static IEnumerable<byte[]?> Chunks(Stream stream)
    {
        using var text = new StreamReader(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, ChunkLength, leaveOpen: true);
        Encoder utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetEncoder();
        var chars = new char[ChunkLength];
        byte[]? chunk;
        do
        {
            chunk = NextChunk(text, chars, utf8);
            if (chunk is not { Length: 0 })
            {
                yield return chunk;
            }
        }
        while (chunk is { Length: > 0 });
    }

    private static byte[]? NextChunk(StreamReader text, char[] chars, Encoder utf8)
    {
        try
        {
            int count = text.Read(chars, 0, chars.Length);
            bool last = count == 0;
            var bytes = new byte[utf8.GetByteCount(chars, 0, count, last)];
            utf8.GetBytes(chars, 0, count, bytes, 0, last);
            return bytes;
        }
        catch (Exception fault) when (fault is DecoderFallbackException or EncoderFallbackException)
        {
            return null;
        }
    }
}
