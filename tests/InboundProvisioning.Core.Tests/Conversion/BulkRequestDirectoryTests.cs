using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Core.Tests.Conversion;

public sealed class BulkRequestDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Output => _directory.File("output");

    [Fact]
    public void A_request_is_written_under_its_number()
    {
        BulkRequestDirectory directory = BulkRequestDirectory.Prepare(Path.Combine(Output, "deep"), replace: false);

        string path = directory.Write(Request(42));

        Assert.Equal(Path.Combine(Output, "deep", "BulkRequest-000042.json"), path);
        Assert.Equal(Request(42).Json.ToArray(), File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(Path.Combine(Output, "deep")));
        Assert.EndsWith("BulkRequest-1234567.json", directory.Write(Request(1234567)), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_an_earlier_run_are_refused()
    {
        BulkRequestDirectory.Prepare(Output, replace: false).Write(Request(1));

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => BulkRequestDirectory.Prepare(Output, replace: false));

        Assert.Equal(("OutputDirectoryNotEmpty", FaultKind.AlreadyExists), (fault.ErrorId, fault.Kind));
        Assert.Contains("-Force", fault.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Output));
    }

    [Fact]
    public void Replacing_takes_all_files_of_an_earlier_run_and_nothing_else()
    {
        BulkRequestDirectory earlier = BulkRequestDirectory.Prepare(Output, replace: false);
        earlier.Write(Request(1));
        earlier.Write(Request(2));
        File.WriteAllText(Path.Combine(Output, "BulkRequest-000003.json.tmp"), "half");
        File.WriteAllText(Path.Combine(Output, "notes.txt"), "kept");
        File.WriteAllText(Path.Combine(Output, "BulkRequest-notes.txt"), "kept");

        BulkRequestDirectory.Prepare(Output, replace: true).Write(Request(1));

        Assert.Equal(
            ["BulkRequest-000001.json", "BulkRequest-notes.txt", "notes.txt"],
            Directory.GetFiles(Output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        BulkRequestDirectory.Check(Output, replace: false);

        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public void The_writer_writes_all_requests_in_order()
    {
        BulkRequestDirectory directory = BulkRequestDirectory.Prepare(Output, replace: false);
        var written = new List<string>();
        using (var writer = new BulkRequestFileWriter(directory, written.AddRange))
        {
            for (int i = 1; i <= 100; i++)
            {
                writer.Add(Request(i));
            }

            writer.Complete();
        }

        Assert.Equal(100, written.Count);
        Assert.Equal(Directory.GetFiles(Output).Order(StringComparer.Ordinal), written);
    }

    [Fact]
    public void A_directory_that_goes_away_is_a_fault_for_the_producer_not_a_hang()
    {
        BulkRequestDirectory directory = BulkRequestDirectory.Prepare(Output, replace: false);
        Directory.Delete(Output);
        using var writer = new BulkRequestFileWriter(directory, _ => { });

        Assert.ThrowsAny<IOException>(() =>
        {
            for (int i = 1; i <= 1000; i++)
            {
                writer.Add(Request(i));
            }

            writer.Complete();
        });
    }

    [Fact]
    public void A_fault_of_the_listener_reaches_the_producer()
    {
        BulkRequestDirectory directory = BulkRequestDirectory.Prepare(Output, replace: false);
        using var writer = new BulkRequestFileWriter(directory, _ => throw new OperationCanceledException());

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            for (int i = 1; i < 10_000; i++)
            {
                writer.Add(Request(i));
            }
        });
    }

    [Fact]
    public void Giving_up_ends_the_writing_with_whole_files()
    {
        BulkRequestDirectory directory = BulkRequestDirectory.Prepare(Output, replace: false);
        using (var writer = new BulkRequestFileWriter(directory, _ => { }))
        {
            for (int i = 1; i <= 200; i++)
            {
                writer.Add(Request(i));
            }
        }

        string[] files = Directory.GetFiles(Output);
        Assert.All(files, file => Assert.EndsWith("}", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static BulkRequest Request(int number)
    {
        byte[] bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(64);
        int length = System.Text.Encoding.UTF8.GetBytes($"{{\"number\":{number}}}", bytes);
        return new BulkRequest(number, 1, bytes, length);
    }
}
