using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboundProvisioning.Scim;
using Xunit;

namespace InboundProvisioning.Core.Tests.Scim;

public sealed class BulkRequestLinesTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void A_string_is_a_document()
    {
        Assert.Equal(["a", "b"], Read(Payload.Of("a"), Payload.Of("b")).Select(document => document.ExternalIds[0]));
    }

    [Fact]
    public void A_string_may_hold_several_documents() =>
        Assert.Equal(["a", "b", "c"], Read(Payload.Of("a") + Payload.Of("b"), Payload.Of("c")).Select(document => document.ExternalIds[0]));

    [Fact]
    public void The_lines_of_a_file_are_put_together()
    {
        string[] lines = [.. Pretty("a"), string.Empty, .. Pretty("b")];

        List<BulkRequestDocument> documents = Read(lines);

        Assert.Equal(["a", "b"], documents.Select(document => document.ExternalIds[0]));
        Assert.All(documents, document => Assert.Null(document.Fault));
    }

    [Fact]
    public void A_byte_order_mark_before_a_document_is_left_off() => Assert.Null(Assert.Single(Read('\uFEFF' + Payload.Of("a"))).Fault);

    [Fact]
    public void A_document_that_is_cut_off_does_not_swallow_the_next_one()
    {
        List<BulkRequestDocument> documents = Read(Payload.Of("a")[..^20], Payload.Of("b"));

        Assert.Equal("PayloadIncomplete", documents[0].Fault!.ErrorId);
        Assert.Equal(["b"], documents[1].ExternalIds);
    }

    [Fact]
    public void Malformed_lines_are_one_error_and_the_next_document_goes_on()
    {
        List<string> lines = Pretty("a");
        lines[3] = "    oops,";

        List<BulkRequestDocument> documents = Read([.. lines, .. Pretty("b"), Payload.Of("c")]);

        Assert.Equal("PayloadNotJson", documents[0].Fault!.ErrorId);
        Assert.Equal(["b", "c"], documents.Skip(1).Select(document => document.ExternalIds[0]));
    }

    [Fact]
    public void The_end_in_the_middle_of_a_document_is_an_error() =>
        Assert.Equal("PayloadIncomplete", Assert.Single(Read([.. Pretty("a").SkipLast(1)])).Fault!.ErrorId);

    [Fact]
    public void A_path_is_an_error_that_proposes_Path()
    {
        string path = Path.GetTempFileName();
        try
        {
            BulkRequestDocument document = Assert.Single(Read(path));

            Assert.Equal("PayloadNotJson", document.Fault!.ErrorId);
            Assert.Contains($"-Path '{path}'", document.Fault!.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Other_text_is_an_error_for_each_string() =>
        Assert.Equal(["PayloadNotJson", "PayloadNotJson"], Read("hello", "[]").Select(document => document.Fault!.ErrorId));

    [Fact]
    public void Half_a_surrogate_pair_is_an_error() =>
        Assert.Equal("PayloadEncoding", Assert.Single(Read("{\"x\":\"\uD800\"}")).Fault!.ErrorId);

    private static List<string> Pretty(string externalId) =>
        [.. JsonNode.Parse(Payload.Of(externalId))!.ToJsonString(Indented).ReplaceLineEndings("\n").Split('\n')];

    private static List<BulkRequestDocument> Read(params string[] strings)
    {
        var lines = new BulkRequestLines("InputObject");
        List<BulkRequestDocument> documents = [.. strings.SelectMany(lines.Append)];
        if (lines.Complete() is { } incomplete)
        {
            documents.Add(incomplete);
        }

        return documents;
    }
}
