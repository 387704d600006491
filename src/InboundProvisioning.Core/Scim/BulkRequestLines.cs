using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace InboundProvisioning.Scim;

/// <summary>
/// Puts bulk requests together from strings of the pipeline. A string may hold a document, several, or a line of one:
/// <c>Get-Content payload.json</c> gives a file line by line.
/// </summary>
public sealed class BulkRequestLines
{
    private const char ByteOrderMark = '\uFEFF';
    private const string BulkRequestMark = "messages:2.0:BulkRequest";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly JsonDocumentSplitter _splitter = new();
    private readonly string _source;
    private int _number = 1;
    private bool _skipping;

    /// <summary>Starts.</summary>
    /// <param name="source">What the documents' source is called.</param>
    public BulkRequestLines(string source)
    {
        _source = source;
    }

    /// <summary>Takes a string and gives the documents that it completes.</summary>
    public IEnumerable<BulkRequestDocument> Append(string text)
    {
        if (_splitter.IsWithinDocument && StartsDocument(text))
        {
            // The one before was cut off: it must not swallow this one.
            yield return Fail(BulkRequestDocumentReader.Incomplete(_source, _number));
            _skipping = false;
        }

        bool isStart = !_splitter.IsWithinDocument;
        if (isStart)
        {
            text = text.TrimStart(ByteOrderMark);
        }

        if (isStart && _skipping && !BeginsWithBrace(text))
        {
            // What follows malformed JSON up to the next document: only a top-level brace stands at the start of a line.
            yield break;
        }

        if (isStart && NotADocument(text) is BulkRequestDocument path)
        {
            yield return Fail(path);
            _skipping = false;
            yield break;
        }

        _skipping = false;
        if (!TryAppend(text))
        {
            yield return Fail(BulkRequestDocument.Faulty(_source, _number, "PayloadEncoding", "holds half a surrogate pair, which is not valid Unicode."));
            yield break;
        }

        while (BulkRequestDocumentReader.Next(_splitter, _source, _number) is BulkRequestDocument document)
        {
            if (document.Json.Length == 0)
            {
                yield return Fail(document);
                if (!isStart && BeginsWithBrace(text))
                {
                    foreach (BulkRequestDocument next in Append(text))
                    {
                        yield return next;
                    }
                }

                yield break;
            }

            _number++;
            yield return document;
        }
    }

    /// <summary>Ends the strings; gives a document with a fault where the last one is not complete.</summary>
    public BulkRequestDocument? Complete() =>
        _splitter.IsWithinDocument ? Fail(BulkRequestDocumentReader.Incomplete(_source, _number)) : null;

    private BulkRequestDocument Fail(BulkRequestDocument document)
    {
        _splitter.Clear();
        _skipping = true;
        _number++;
        return document;
    }

    private bool TryAppend(string text)
    {
        try
        {
            byte[] bytes = StrictUtf8.GetBytes(text);
            _splitter.Append(bytes);
            _splitter.Append("\n"u8);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static bool BeginsWithBrace(string text) => text.Length > 0 && text[0] == '{';

    // A whole bulk request in one string, as ConvertTo-ScimBulkPayload gives it.
    private bool StartsDocument(string text)
    {
        if (!BeginsWithBrace(text) || !text.Contains(BulkRequestMark))
        {
            return false;
        }

        var alone = new JsonDocumentSplitter();
        try
        {
            alone.Append(StrictUtf8.GetBytes(text));
            return BulkRequestDocumentReader.Next(alone, _source, _number) is { Json.Length: > 0 };
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private BulkRequestDocument? NotADocument(string text)
    {
        string start = text.TrimStart();
        if (start.Length == 0 || start[0] == '{')
        {
            return null;
        }

        return BulkRequestDocument.Faulty(
            _source,
            _number,
            "PayloadNotJson",
            IsFile(start)
                ? $"is the text '{start}', which names a file. Send the file's content: Send-ScimBulkPayload -Path '{start}'."
                : $"is the text '{Shortened(start)}', not a bulk request in JSON.");
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.Remove(60), "...");

    private static bool IsFile(string text)
    {
        try
        {
            return text.Length < 4096 && File.Exists(text);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
