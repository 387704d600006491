using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.ScriptHost;

/// <summary>The host as its users see it: a process with arguments, streams and an exit code.</summary>
public sealed class ScriptHostTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_has_the_module_imported()
    {
        ProcessResult result = Run("(Get-Module InboundProvisioning).Path");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([System.IO.Path.Combine(Repository.ModuleFolder, "InboundProvisioning.psm1")], result.Lines);
    }

    [Fact]
    public void Without_the_module_it_is_not_imported()
    {
        Assert.Equal(["0"], RunBare("@(Get-Module InboundProvisioning).Count").Lines);
    }

    [Fact]
    public void Arguments_bind_to_parameters_by_name_by_position_and_as_switches()
    {
        ProcessResult result = RunBare(
            """
            param ([string] $Name, [int] $Count, [switch] $Loud, [switch] $Quiet, [Parameter(ValueFromRemainingArguments)] $Rest)
            $Name; $Count + 1; $Loud.IsPresent; $Quiet.IsPresent; $Rest -join '|'
            """,
            "-Name",
            "it's $PID",
            "-Loud",
            "41",
            "-Quiet:$false",
            "a b",
            "$(throw)");

        Assert.Equal(["it's $PID", "42", "True", "False", "a b|$(throw)"], result.Lines);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_script_without_parameters_has_its_arguments_in_args()
    {
        Assert.Equal(["2", "one", "two words"], RunBare("$args.Count; $args", "one", "two words").Lines);
    }

    [Fact]
    public void A_script_knows_its_own_place()
    {
        Assert.Equal(
            [_folder.Path, _folder.Combine("script.ps1")],
            RunBare("$PSScriptRoot; $PSCommandPath").Lines);
    }

    [Fact]
    public void Objects_come_out_as_tables_of_120_columns_without_colour_when_redirected()
    {
        ProcessResult result = RunBare("[pscustomobject]@{ Name = 'a'; Value = 1 }, [pscustomobject]@{ Name = 'b'; Value = 22 }; $Host.UI.RawUI.BufferSize.Width");

        Assert.Equal(["", "Name Value", "---- -----", "a        1", "b       22", "120"], result.Lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Long_strings_come_out_in_one_line()
    {
        Assert.Equal([new string('x', 5000)], RunBare("'x' * 5000").Lines);
    }

    [Fact]
    public void Colours_do_not_reach_redirected_output()
    {
        ProcessResult result = RunBare(
            """
            $Host.UI.WriteLine('Green', 'Black', 'by colour')
            $Host.UI.Write('Red', 'Black', 'in')
            $Host.UI.WriteLine(' parts')
            "$([char]27)[32mby escape$([char]27)[0m"
            """);

        Assert.Equal(["by colour", "in parts", "by escape"], result.Lines);
    }

    [Fact]
    public void Warnings_errors_and_progress_leave_redirected_output_alone()
    {
        ProcessResult result = RunBare(
            """
            'first'
            $Host.UI.WriteWarningLine('careful')
            $Host.UI.WriteProgress(1, [System.Management.Automation.ProgressRecord]::new(0, 'Working', 'now'))
            Get-Module -NoSuchParameter
            'last'
            """);

        Assert.Equal(["first", "last"], result.Lines);
        Assert.Equal(
            ["WARNING: careful", "Get-Module: A parameter cannot be found that matches parameter name 'NoSuchParameter'."],
            Lines(result.Error));
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void An_error_that_nothing_catches_is_shown_once_and_the_exit_code_is_1()
    {
        ProcessResult result = RunBare("'before'\nthrow 'no way'\n'after'");

        Assert.Equal(["before"], result.Lines);
        Assert.Equal(["script.ps1:2: no way"], Lines(result.Error));
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void With_ErrorActionPreference_Stop_the_first_error_ends_the_script()
    {
        ProcessResult result = RunBare("$ErrorActionPreference = 'Stop'\nImport-Module NoSuchModule\n'after'");

        Assert.Equal(string.Empty, result.Output);
        Assert.StartsWith("Import-Module: ", Assert.Single(Lines(result.Error)), StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_caught_error_is_not_shown()
    {
        ProcessResult result = RunBare("try { throw 'no way' } catch { 'caught' }");

        Assert.Equal(["caught"], result.Lines);
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("exit", 0)]
    [InlineData("function Stop-Here { exit 3 }; Stop-Here; 'after'", 3)]
    [InlineData("try { throw 'x' } catch { exit 4 }", 4)]
    public void Exit_ends_the_script_with_its_code(string script, int code)
    {
        ProcessResult result = RunBare(script);

        Assert.Equal(code, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(string.Empty, result.Error);
    }

    [Fact]
    public void The_code_of_a_program_that_the_script_ran_is_not_the_scripts()
    {
        Assert.Equal(0, RunBare("& dotnet NoSuchCommand.dll *> $null; 'end'").ExitCode);
    }

    [Fact]
    public void A_script_that_does_not_parse_is_not_run()
    {
        ProcessResult result = RunBare("'first'\nif (");

        Assert.Equal(string.Empty, result.Output);
        Assert.StartsWith("script.ps1:2: ", Lines(result.Error)[0], StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Wrong_usage_is_explained()
    {
        ProcessResult none = ScriptHostProcess.Run();
        ProcessResult missing = ScriptHostProcess.Run(_folder.Combine("missing.ps1"));

        Assert.Contains("Usage:", none.Error, StringComparison.Ordinal);
        Assert.Equal(2, none.ExitCode);
        Assert.Equal([$"There is no script '{_folder.Combine("missing.ps1")}'."], Lines(missing.Error));
        Assert.Equal(2, missing.ExitCode);
    }

    [Theory]
    [InlineData("y\n", "True")]
    [InlineData("n\n", "False")]
    [InlineData("\n", "True")]
    [InlineData("what\n?\nNo\n", "False")]
    public void Confirmation_is_asked_on_standard_error_and_read_from_standard_input(string input, string answer)
    {
        ProcessResult result = RunWithInput(ConfirmScript, input);

        Assert.Equal([answer], result.Lines);
        Assert.Contains("\"delete\" on target \"everything\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("[Y] Yes  [A] Yes to All  [N] No", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_nobody_answers_ends_the_script()
    {
        ProcessResult result = RunWithInput("$ErrorActionPreference = 'Stop'\n" + ConfirmScript, string.Empty);

        Assert.Equal(string.Empty, result.Output);
        Assert.Contains("standard input has ended", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [SignalTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_stops_the_script_and_its_finally_blocks_run(string signal, int code)
    {
        string path = _folder.Write(
            "script.ps1", "try { 'started'; while ($true) { } } finally { [Console]::Out.WriteLine('cleaned up') }");
        using ScriptHostProcess host = ScriptHostProcess.Start(["--no-module", path]);
        Assert.Equal("started", host.ReadLine());

        using Process kill = Process.Start("kill", ["-" + signal, host.Id.ToString(CultureInfo.InvariantCulture)]);
        ProcessResult result = host.Wait();

        Assert.Equal(["cleaned up"], result.Lines);
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(code, result.ExitCode);
    }

    private const string ConfirmScript =
        """
        function Remove-All { [CmdletBinding(SupportsShouldProcess)] param () $PSCmdlet.ShouldProcess('everything', 'delete') }
        Remove-All -Confirm
        """;

    private ProcessResult Run(string script) => ScriptHostProcess.Run(_folder.Write("script.ps1", script));

    private ProcessResult RunBare(string script, params string[] arguments) =>
        ScriptHostProcess.Run(["--no-module", _folder.Write("script.ps1", script), .. arguments]);

    private ProcessResult RunWithInput(string script, string input) =>
        ScriptHostProcess.Run(["--no-module", _folder.Write("script.ps1", script)], input);

    private static string[] Lines(string text) => text.TrimEnd().ReplaceLineEndings("\n").Split('\n');
}
