using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>
/// Expressions and choices of expressions over columns are carried out without the engine. They give what the engine gives: each is put beside one
/// that only the engine can run, over hundreds of values.
/// </summary>
public sealed class ShortcutTests : IDisposable
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
        "$_.A.ToLower() + $_.B.ToUpper()",
        "$_.A.TrimStart('0').TrimEnd('1').Trim('a')",
        "$_.A.PadLeft(3, '0') + $_.B.PadRight(2, ' ')",
        "$_.A -replace 'a', 'b'",
        "$_.A -replace '[a-z ]'",
        "($_.A -creplace '(.)\\1', '<$1>').ToLowerInvariant()",
        "$_.None -replace 'a', 'b'",
        "$_.A -eq 'a1'",
        "'A1' -ceq $_.A",
        "$_.A -ne $_.B",
        "$_.A -cne 'true'",
        "$_.None -eq $_.A",
        "$_.None -eq ''",
        "$_.A.Trim() -eq 'true'",
        "$_.A -in 'a', 'true', 'i'",
        "$_.A -notin @('a', '1')",
        "$_.B -cin 'A1'",
        "'a', 'ss' -contains $_.A",
        "'a', 'SS' -cnotcontains $_.A",
        "$_.None -in 'a', 'b'",
        "$_.A -match '[1-9]'",
        "$_.A -notmatch '^[^:]*9' -and $_.B -cmatch 'A'",
        "$_.None -match '^$'",
        "-not $_.A",
        "!$_.A -or $_.B",
        "$_.A -and $_.B -xor $_.None",
        "[string]::IsNullOrEmpty($_.A) -or [string]::IsNullOrWhiteSpace($_.B)",
        "[string]::IsNullOrEmpty($_.None)",
        "if ($_.A -eq 'a') { 'one' } else { 'two' }",
        "if ($_.A) { $_.A } elseif ($_.B -eq 'true') { 5 } else { }",
        "if ($_.A -in 'a', 'true') { $true } elseif ($_.A -in 'b', '1') { $false } else { throw 'Not known: ' + $_.A }",
        "if ($_.A -match '[1-9]' -and $_.A -notmatch '^[^:]*9999') { [datetime]::ParseExact($_.B, 'yyyy-MM-dd', [cultureinfo]::InvariantCulture).ToString('s') + 'Z' }",
        "[datetime]::ParseExact($_.A, [string[]] ('yyyy-MM-dd', 'd.M.yyyy'), [cultureinfo]::InvariantCulture, 'None').ToString('yyyy-MM-dd')",
        "[datetime]::ParseExact($_.A, 'd.M.yyyy', $null) -ge [datetime]::Today",
        "[datetime]::ParseExact($_.None, 'd.M.yyyy', $null).ToString('o')",
        "switch ($_.A) { 'a' { 'one' } 'true' { 'yes'; break } default { 'other' } }",
        "switch ($_.A) { 'a' { $_ } 'true' { $_.B; break } default { $_.Length } }",
        "switch ($_.A) { 'a' { 'one' } 'A' { 'two' } }",
        "switch -CaseSensitive ($_.A) { 'a' { 1 } 'A' { 2 } }",
        "switch ($_.None) { 'a' { 1 } default { 2 } }",
        "$_.A ? $_.B : 'none'",
        "($_.A -eq 'true') ? ($_.B -eq 'A1' ? 1 : 2) : $null",
        "throw \"no: $($_.A)\"",
    ];

    // What looks like the others, and is none of them.
    private static readonly string[] ForTheEngine =
    [
        "\"a\"\"b $($_.A)\"",
        "\"a`tb $($_.A)\"",
        "switch ($_.A) { 'a' { $_ } 'true' { $_.B; break } default { $_.Length } }",
        "switch ($_.A) { 'a' { 'one' } 'A' { 'two' } }",
        "switch -Wildcard ($_.A) { 'a*' { 'one' } }",
        "$($_.A -eq 'a')",
        "$_.A.Length",
        "$_['A']",
        "$_.A + $x",
        "$_.A -gt 'a'",
        "$_.A -eq 1",
        "$_.A -like 'a*'",
        "$_.A -replace 'a', { 'b' }",
        "$_.A; $_.B",
        "if ($_.A) { $_.A; $_.B }",
        "$_.A -match 'a' -and $Matches[0] -eq 'A'",
        "$_.A -match $_.B",
        "$_.A.Insert(0, 'x')",
        "& { $_.A }",
        "Get-Date",
    ];

    private static readonly string[] Texts =
        ["", " ", "a", "A1", "true", "False", " TRUE ", "İıIi", "ÄÖẞß", "e\u0301É", "\u200B", "x\u00A0", "😀", "\u212A", "ǅ", "1", "$1", "'", "\"", "`", "$_", "Σς", "\0", "\uFFFD", "2021-05-01", "7.12.2199", "31.12.9999", "007"];

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Each_of_them_is_done_without_the_engine_and_no_other()
    {
        foreach (string expression in Expressions.Except(ForTheEngine))
        {
            Assert.False(NeedsEngine(expression), expression);
        }

        foreach (string expression in ForTheEngine)
        {
            Assert.True(NeedsEngine(expression), expression);
        }
    }

    [Fact]
    public void Rows_of_files_give_what_the_engine_gives()
    {
        var random = new Random(20260601);
        string path = _directory.Write("a.csv", "Id,A,B\r\n" + string.Concat(Enumerable.Range(1, 800).Select(id => $"{id},{Quote(Generate(random))},{Quote(Generate(random))}\r\n")));
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
    public void Blocks_that_are_made_up_give_what_the_engine_gives()
    {
        var random = new Random(20260603);
        string path = _directory.Write("a.csv", "Id,A,B\r\n201\r\n202,x\r\n" + string.Concat(Enumerable.Range(1, 200).Select(id => $"{id},{Quote(Generate(random))},{Quote(Generate(random))}\r\n")));
        int shortcuts = 0;
        for (int i = 0; i < 60; i++)
        {
            string block = Blocks.Statement(random);
            shortcuts += NeedsEngine(block) ? 0 : 1;
            Compare("ConvertTo-ScimBulkPayload $path -AllowMissingColumn -AllowRaggedRow", block, ("path", path));
        }

        Assert.InRange(shortcuts, 50, 60);
    }

    [Fact]
    public void Objects_give_what_the_engine_gives_whatever_their_values_are()
    {
        var random = new Random(20260602);
        object?[] values = [null, 1, 2.5, true, 'c', DBNull.Value, new[] { "a", "b" }, new DateTime(2021, 5, 1), new PSObject("wrapped"), DayOfWeek.Monday, .. Texts];
        PSObject[] objects = [.. Enumerable.Range(1, 150).Select(id =>
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

    // By the reader of the module itself: nothing else shows it but the time that a run takes.
    private bool NeedsEngine(string expression)
    {
        Assembly cmdlets = ((Type)_session.Run("(Get-Command ConvertTo-ScimBulkPayload).ImplementingType").Output.Single().BaseObject).Assembly;
        Type context = cmdlets.GetType("InboundProvisioning.PowerShell.Mapping.ScriptContext", throwOnError: true)!;
        object value = cmdlets.GetType("InboundProvisioning.PowerShell.Mapping.ScriptBlockReader", throwOnError: true)!
            .GetMethod("Read")!.Invoke(null, [ScriptBlock.Create(expression), Activator.CreateInstance(context, [null])])!;

        // A constant has none.
        return value.GetType().GetProperty("Expression")?.GetValue(value) is { } run && (bool)run.GetType().GetProperty("RunsScript")!.GetValue(run)!;
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

    /// <summary>Makes up script blocks of what is done without the engine.</summary>
    private static class Blocks
    {
        public static string Statement(Random random) => random.Next(5) switch
        {
            0 => Text(random, 3),
            1 => Condition(random, 3),
            2 => $"{Condition(random, 2)} ? {Text(random, 2)} : {Value(random)}",
            3 => $"switch ({Column(random)}) {{ 'a' {{ {Constant(random)} }} 'True' {{ {Constant(random)}; break }} default {{ {Constant(random)} }} }}",
            _ => $"if ({Condition(random, 2)}) {{ {Value(random)} }} elseif ({Condition(random, 1)}) {{ {Value(random)} }} else {{ {(random.Next(4) == 0 ? "throw 'no ' + " + Column(random) : Value(random))} }}",
        };

        private static string Value(Random random) => random.Next(3) == 0 ? Constant(random) : Text(random, 2);

        private static string Constant(Random random) => Pick(random, "'one'", "''", "$true", "$false", "$null", "7");

        private static string Column(Random random) => Pick(random, "$_.A", "$_.B", "$PSItem.A", "$_.None");

        private static string Text(Random random, int depth) => depth == 0 || random.Next(4) == 0
            ? random.Next(4) == 0 ? Pick(random, "'a'", "' x'", "'Ä'", "'True'") : Column(random)
            : random.Next(6) switch
            {
                0 => $"({Text(random, depth - 1)} + {Text(random, depth - 1)})",
                1 => $"({Text(random, depth - 1)} -{Pick(random, "replace", "creplace")} '[a-e1]{Pick(random, "", "+", "|$")}', {Pick(random, "'x'", "'$0$0'", "''")})",
                2 => $"\"{Pick(random, "", "p ", "é")}$({Text(random, depth - 1)}){Pick(random, "", " q")}\"",
                _ => $"({Text(random, depth - 1)}).{Pick(random, "Trim()", "TrimEnd()", "TrimStart('0')", "ToLower()", "ToUpper()", "ToUpperInvariant()", "Substring(1)", "Substring(0, 1)", "Replace('a', 'bc')", "PadLeft(3, '0')")}",
            };

        private static string Condition(Random random, int depth) => depth > 0 && random.Next(3) > 0
            ? random.Next(3) == 0
                ? $"(-not {Condition(random, depth - 1)})"
                : $"({Condition(random, depth - 1)} -{Pick(random, "and", "or", "xor")} {Condition(random, depth - 1)})"
            : random.Next(5) switch
            {
                0 => $"({Text(random, 1)} -{Pick(random, "eq", "ne", "ceq", "cne")} {Text(random, 1)})",
                1 => $"({Text(random, 1)} -{Pick(random, "in", "notin", "cin")} 'a', 'TRUE', '')",
                2 => $"('x', 'false' -{Pick(random, "contains", "ccontains", "notcontains")} {Text(random, 1)})",
                3 => $"({Text(random, 1)} -{Pick(random, "match", "cmatch", "notmatch")} '^[A-F0-9]{Pick(random, "", "$", ".*x")}')",
                _ => $"([string]::{Pick(random, "IsNullOrEmpty", "IsNullOrWhiteSpace")}({Text(random, 1)}))",
            };

        private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
    }
}
