using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Http;

/// <summary>Reads the body of an answer to its end, or to the most that is taken of one: memory is ours, and the server not always.</summary>
internal static class BoundedContent
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>Reads a body, decompressed.</summary>
    /// <param name="answer">The answer, of which the headers were read; it is disposed where the reading is cancelled.</param>
    /// <param name="most">The most bytes that are taken.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes, and whether there were more.</returns>
    public static async Task<(byte[] Body, bool IsCut)> ReadAsync(HttpResponseMessage answer, int most, CancellationToken cancellationToken)
    {
        // .NET Framework gives an answer without a body no content, and its streams do not watch the token.
        if (answer.Content is null)
        {
            return ([], false);
        }

        try
        {
            using (cancellationToken.Register(answer.Dispose))
            {
#if NET8_0_OR_GREATER
                using Stream stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
                using Stream stream = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
                return await ReadAsync(stream, most, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // What is read while it is disposed fails in more than one way.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>The fault of an answer that is larger than any of its kind.</summary>
    /// <param name="purpose">What the call does, as its messages begin.</param>
    /// <param name="most">The most bytes of such an answer.</param>
    /// <param name="host">Who answered.</param>
    public static InboundProvisioningException TooLarge(string purpose, int most, string host) => new(
        "AnswerTooLarge",
        FaultKind.Connection,
        $"{purpose} failed: '{host}' answers with more than {SizeText(most)}, which no such answer has; the rest was not read. Check that it is the right host (-GraphEndpoint, -AuthorityHost), and the proxy on the way.",
        host);

    /// <summary>A size in words.</summary>
    public static string SizeText(int bytes) => bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MB" : $"{bytes / 1024} KB";

    private static async Task<(byte[] Body, bool IsCut)> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            using var body = new MemoryStream();
            int count;
#if NET8_0_OR_GREATER
            while ((count = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
#else
            while ((count = await stream.ReadAsync(chunk, 0, chunk.Length, cancellationToken).ConfigureAwait(false)) > 0)
#endif
            {
                int room = most - (int)body.Length;
                body.Write(chunk, 0, Math.Min(count, room));
                if (count > room)
                {
                    return (body.ToArray(), true);
                }
            }

            return (body.ToArray(), false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
