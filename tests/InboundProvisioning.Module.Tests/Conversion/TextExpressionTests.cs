using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>
/// Texts put together of columns are made without the engine. They are what the engine makes: each expression is put beside one that only
/// the engine can run, over thousands of values.
/// </summary>
public sealed class TextExpressionTests : IDisposable
{
    private static readonly string[] Expressions =
    [
        "$_.A",
        "$_.A + '@contoso.com'",
        "$_.A + 'T00:00:00Z'",
        "'x' + $_.A",
        "$_.A + ' ' + $PSItem.B",
        "$_.A + ($_.B + 'c')",
        "($_.A + $_.B).ToLowerInvariant()",
        "[bool]::Parse($_.B)",
        "[System.Boolean]::Parse($_.A)",
        "$_.A.ToLowerInvariant()",
        "$_.A.ToUpperInvariant()",
        "$_.A.Trim()",
        "$_.A.TrimStart() + $_.B.TrimEnd()",
        "$_.A.Substring(1)",
        "$_.A.Substring(0, 2)",
        "$_.A.Replace('a', 'b')",
        "$_.A.Replace('a1', '')",
        "$_.A.Replace('I', '$1').Trim()",
        "\"$($_.A) $($_.B)\"",
        "\"<$($_.A.Trim())>\"",
        "\"$($_.A)\" + 'x'",
        "\"a\"\"b $($_.A)\"",
        "\"a`tb $($_.A)\"",
        "$_.None + 'x'",
        "$_.None + $_.None",
        "$_.None.Trim()",
        "\"[$($_.None)]\"",
        "[bool]::Parse($_.None)",
    ];

    private static readonly string[] Texts =
        ["", " ", "a", "A1", "true", "False", " TRUE ", "İıIi", "ÄÖẞß", "e\u0301É", "\u200B", "x\u00A0", "😀", "\u212A", "ǅ", "1", "$1", "'", "\"", "`", "$_", "Σς", "\0", "\uFFFD"];

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Rows_of_files_give_what_the_engine_gives()
    {
        var random = new Random(20260601);
        string path = _directory.Write("a.csv", "Id,A,B\r\n" + string.Concat(Enumerable.Range(1, 3000).Select(id => $"{id},{Quote(Generate(random))},{Quote(Generate(random))}\r\n")));
        foreach (string expression in Expressions)
        {
            Compare("ConvertTo-ScimBulkPayload $path -AllowMissingColumn", expression, ("path", path));
        }
    }

    [Fact]
    public void Rows_that_are_short_give_what_the_engine_gives()
    {
        string path = _directory.Write("a.csv", "Id,A,B\r\n1\r\n2,x\r\n3,x,true\r\n");
        foreach (string expression in Expressions)
        {
            Compare("ConvertTo-ScimBulkPayload $path -AllowMissingColumn -AllowRaggedRow", expression, ("path", path));
        }
    }

    [Fact]
    public void Objects_give_what_the_engine_gives_whatever_their_values_are()
    {
        var random = new Random(20260602);
        object?[] values = [null, 1, 2.5, true, 'c', DBNull.Value, new[] { "a", "b" }, new DateTime(2021, 5, 1), new PSObject("wrapped"), DayOfWeek.Monday, .. Texts];
        PSObject[] objects = [.. Enumerable.Range(1, 300).Select(id =>
        {
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty("Id", id));
            row.Properties.Add(new PSNoteProperty("A", values[random.Next(values.Length)]));
            row.Properties.Add(new PSNoteProperty("B", values[random.Next(values.Length)]));
            return row;
        })];
        foreach (string expression in Expressions)
        {
            Compare("$objects | ConvertTo-ScimBulkPayload -AllowMissingColumn", expression, ("objects", objects));
        }
    }

    private void Compare(string command, string expression, (string, object?) input)
    {
        (IReadOnlyList<string> users, string[] errors) = Run(expression);
        (IReadOnlyList<string> engineUsers, string[] engineErrors) = Run("$null = 0; " + expression);

        Assert.True(engineErrors.SequenceEqual(errors), $"{expression}: {engineErrors.Except(errors).FirstOrDefault()} became {errors.Except(engineErrors).FirstOrDefault()}");
        Assert.True(engineUsers.SequenceEqual(users), $"{expression}: {engineUsers.Except(users).FirstOrDefault()} became {users.Except(engineUsers).FirstOrDefault()}");
        Assert.NotEmpty(users.Concat(errors));

        (IReadOnlyList<string> Users, string[] Errors) Run(string script)
        {
            PowerShellResult result = _session.Run(
                $"{command} -AttributeMapping ([ordered]@{{ externalId = 'Id'; active = $true; custom = {{ {script} }} }}) -ErrorAction SilentlyContinue -ErrorVariable faults; $faults", input);
            return (Payloads.Operations(result.Text.Where(text => text.StartsWith('{'))).Select(operation => operation.GetRawText()).ToList(), [.. result.Text.Where(text => !text.StartsWith('{'))]);
        }
    }

    private static string Quote(string value) => "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Generate(Random random) => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Texts[random.Next(Texts.Length)]));
}
