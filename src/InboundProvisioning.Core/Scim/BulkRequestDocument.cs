using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>
/// A bulk request (RFC 7644 section 3.7) as it was read from a file or the pipeline: its bytes, what it holds, and whether the
/// service could take it (https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload).
/// </summary>
public sealed class BulkRequestDocument
{
    /// <summary>The most operations in a request.</summary>
    public const int OperationLimit = 50;

    /// <summary>The most bytes in a request: 4 MB.</summary>
    public const int ByteLimit = 4 * 1024 * 1024;

    private const string OperationsName = "Operations";

    private BulkRequestDocument(string source, int number, byte[] json, IReadOnlyList<BulkRequestOperation> operations)
    {
        Source = source;
        Number = number;
        Json = json;
        Operations = operations;
        ExternalIds = operations.Where(static operation => operation.ExternalId is not null).Select(static operation => operation.ExternalId!).ToArray();
    }

    /// <summary>The full path of the file, or what stands for the pipeline.</summary>
    public string Source { get; }

    /// <summary>The number of the document within its source, from 1.</summary>
    public int Number { get; }

    /// <summary>The number of its first operation in the request that it was read as, from 1: more than 1 for parts alone.</summary>
    public int FirstOperation { get; private init; } = 1;

    /// <summary>
    /// Whether it is a part of the document that was read: one of more operations or bytes than a request may have, or one cut to find the
    /// operations that the service refuses.
    /// </summary>
    public bool IsPart { get; private init; }

    /// <summary>Its operations, in their order.</summary>
    public IReadOnlyList<BulkRequestOperation> Operations { get; }

    /// <summary>How many operations it holds.</summary>
    public int OperationCount => Operations.Count;

    /// <summary>The number of operations in words: <c>1 operation</c>, <c>50 operations</c>.</summary>
    public string OperationText => OperationCount == 1
        ? "1 operation"
        : OperationCount.ToString(CultureInfo.InvariantCulture) + " operations";

    /// <summary>The externalIds of the operations that have one, in their order.</summary>
    public IReadOnlyList<string> ExternalIds { get; }

    /// <summary>Why it cannot be sent, or null.</summary>
    public InboundProvisioningException? Fault { get; private init; }

    /// <summary>
    /// What the documentation of the service does not allow, though its own examples do it, so that it is sent all the same; or null.
    /// </summary>
    public string? Warning
    {
        get
        {
            var bulkIds = new HashSet<string>(StringComparer.Ordinal);
            List<string> remarks = [];
            for (int i = 0; i < Operations.Count; i++)
            {
                // RFC 7644 section 3.7.
                if (Operations[i].BulkId is string bulkId && !bulkIds.Add(bulkId))
                {
                    remarks.Add($"{OperationRange(FirstOperation + i, 1)} repeats the bulkId '{bulkId}', which is to be unique in a request");
                }

                if (Operations[i].OtherPath is string path)
                {
                    remarks.Add($"{OperationRange(FirstOperation + i, 1)} has the path '{path}' in place of '/Users'");
                }
            }

            return remarks.Count == 0 ? null
                : $"{Name(Source, Number)} is sent as it is, but {remarks[0]}"
                    + (remarks.Count == 1 ? "." : string.Format(CultureInfo.InvariantCulture, "; {0} more of this kind.", remarks.Count - 1));
        }
    }

    /// <summary>The document in UTF-8, as it is sent.</summary>
    internal byte[] Json { get; }

    /// <summary>The source by its short name, with the number of the document where it has several, and the operations of a part.</summary>
    public override string ToString() => IsPart ? Label(Source, Number) + " " + OperationRange(FirstOperation, OperationCount) : Label(Source, Number);

    /// <summary>Operations by their numbers: <c>operation 7</c>, <c>operations 26 to 50</c>.</summary>
    internal static string OperationRange(int first, int count) => count == 1
        ? string.Format(CultureInfo.InvariantCulture, "operation {0}", first)
        : string.Format(CultureInfo.InvariantCulture, "operations {0} to {1}", first, first + count - 1);

    /// <summary>A source by its short name. A file has one document as a rule, so its first goes without a number.</summary>
    internal static string Label(string source, int number)
    {
        string name = Path.GetFileName(source);
        return number == 1 && name != source ? name : name + "#" + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Stands for a file that cannot be opened or read.</summary>
    public static BulkRequestDocument Unreadable(string source, InboundProvisioningException fault) => new(source, 1, [], []) { Fault = fault };

    /// <summary>Reads a document; one that cannot be sent comes with its <see cref="Fault"/>.</summary>
    /// <param name="source">What its source is called in messages and results.</param>
    /// <param name="number">The number of the document within its source, from 1.</param>
    /// <param name="json">The document in UTF-8; it is kept, and sent as it is.</param>
    public static BulkRequestDocument Read(string source, int number, byte[] json)
    {
        var operations = new List<BulkRequestOperation>();
        InboundProvisioningException? fault;
        try
        {
            string? problem = BulkRequestShape.Read(json, operations);
            fault = problem is null ? null : Invalid(source, number, problem);
        }
        catch (JsonException malformed)
        {
            return Malformed(source, number, malformed);
        }
        catch (InvalidOperationException)
        {
            // A \u escape of half a surrogate pair passes the parser and fails when the string is read.
            fault = Invalid(source, number, "it holds a string that is not valid Unicode");
        }

        return new BulkRequestDocument(source, number, json, operations) { Fault = fault };
    }

    /// <summary>
    /// The requests that it is sent as: itself, or parts of at most 50 operations and 4 MB each, in their order. An operation that is too
    /// large by itself is a part with a fault.
    /// </summary>
    public IEnumerable<BulkRequestDocument> Requests()
    {
        if (Fault is not null || (OperationCount <= OperationLimit && Json.Length <= ByteLimit))
        {
            yield return this;
            yield break;
        }

        var spans = OperationSpans();
        int around = spans.Start + (Json.Length - spans.End);
        int count;
        for (int start = 0; start < OperationCount; start += count)
        {
            int begin = spans.Operations[start].Start;
            int most = Math.Min(OperationLimit, OperationCount - start);
            count = 1;
            while (count < most && around + spans.Operations[start + count].End - begin <= ByteLimit)
            {
                count++;
            }

            BulkRequestDocument part = Part(spans, start, count);
            yield return part.Json.Length <= ByteLimit ? part : part.TooLarge();
        }
    }

    /// <summary>
    /// Some of the operations as a request of their own: the bytes around the list and those of each operation stay as they are.
    /// </summary>
    /// <param name="start">The first operation, from 0 in this document.</param>
    /// <param name="count">How many.</param>
    internal BulkRequestDocument Part(int start, int count) => Part(OperationSpans(), start, count);

    private BulkRequestDocument Part((int Start, int End, List<(int Start, int End)> Operations) found, int start, int count)
    {
        (int listStart, int listEnd, List<(int Start, int End)> spans) = found;
        int end = spans[start + count - 1].End;
        int begin = spans[start].Start;
        var part = new byte[listStart + (end - begin) + (Json.Length - listEnd)];
        Buffer.BlockCopy(Json, 0, part, 0, listStart);
        Buffer.BlockCopy(Json, begin, part, listStart, end - begin);
        Buffer.BlockCopy(Json, listEnd, part, listStart + (end - begin), Json.Length - listEnd);
        return new BulkRequestDocument(Source, Number, part, Operations.Skip(start).Take(count).ToArray())
        {
            FirstOperation = FirstOperation + start,
            IsPart = true,
        };
    }

    /// <summary>Stands for a document that is not JSON.</summary>
    internal static BulkRequestDocument Malformed(string source, int number, JsonException malformed)
    {
        string place = malformed.LineNumber is long line
            ? string.Format(
                CultureInfo.InvariantCulture, " at its line {0}, byte {1}", line + 1, malformed.BytePositionInLine.GetValueOrDefault() + 1)
            : string.Empty;
        return Faulty(source, number, "PayloadNotJson", $"is not JSON{place}: {Words(malformed)}. Send what ConvertTo-ScimBulkPayload wrote, unchanged.");
    }

    /// <summary>Stands for a document that could not be read at all.</summary>
    internal static BulkRequestDocument Faulty(string source, int number, string errorId, string what) => new(source, number, [], [])
    {
        Fault = new InboundProvisioningException(errorId, FaultKind.InvalidData, $"{Name(source, number)} {what}", source),
    };

    /// <summary>A source in messages: its full name, with the number of the document.</summary>
    internal static string Name(string source, int number) =>
        string.Format(CultureInfo.InvariantCulture, "Document {0} of '{1}'", number, source);

    // System.Text.Json ends its message with the place, which stands in ours already.
    private static string Words(JsonException malformed)
    {
        string message = malformed.Message;
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? message : message.Substring(0, place)).TrimEnd('.', ' ');
    }

    private BulkRequestDocument TooLarge() => new(Source, Number, [], Operations)
    {
        FirstOperation = FirstOperation,
        IsPart = true,
        Fault = Invalid(Source, Number, string.Format(
            CultureInfo.InvariantCulture, "its {0} has {1:N0} bytes in a request of its own, and a request may have {2:N0}", OperationRange(FirstOperation, 1), Json.Length, ByteLimit)),
    };

    private static InboundProvisioningException Invalid(string source, int number, string problem) => new(
        "PayloadInvalid", FaultKind.InvalidData, $"{Name(source, number)} cannot be sent: {problem}.", source);

    // Where the list of operations is in the bytes, between its brackets, and where each operation is.
    private (int Start, int End, List<(int Start, int End)> Operations) OperationSpans()
    {
        (int Start, int End, List<(int Start, int End)> Operations) found = default;
        bool exact = false;
        var reader = new Utf8JsonReader(Json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The same choice as TryGet: the name as it is spelled, and of several the last.
            string name = reader.GetString()!;
            bool better = name == OperationsName || (found.Operations is null && string.Equals(name, OperationsName, StringComparison.OrdinalIgnoreCase));
            reader.Read();
            if (!better || (exact && name != OperationsName))
            {
                reader.Skip();
                continue;
            }

            exact = name == OperationsName;
            var operations = new List<(int Start, int End)>();
            int start = (int)reader.BytesConsumed;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int operation = (int)reader.TokenStartIndex;
                reader.Skip();
                operations.Add((operation, (int)reader.BytesConsumed));
            }

            found = (start, (int)reader.TokenStartIndex, operations);
        }

        return found;
    }
}
