using System.Threading;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

/// <summary>The other tests rely on what the session tells them.</summary>
public sealed class PowerShellSessionTests
{
    [Fact]
    public void A_session_has_the_module_imported()
    {
        using var session = new PowerShellSession();

        PowerShellResult result = session.Run("(Get-Module InboundProvisioning).ModuleBase");

        Assert.Equal([Repository.ModuleFolder], result.Text);
    }

    [Fact]
    public void Output_errors_and_warnings_come_back_apart()
    {
        using var session = new PowerShellSession(importModule: false);

        PowerShellResult result = session.Run(
            "'out'; $Host.UI.WriteLine('seen'); Get-Module $name -NoSuchParameter; Import-Module $name; 'after'", ("name", "NoSuchModule"));

        Assert.Equal(["out", "after"], result.Text);
        Assert.Equal(2, result.Errors.Count);
        Assert.Null(result.Failure);
        Assert.Contains("seen", session.Host.Recorded.Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_ends_the_script_is_its_failure()
    {
        using var session = new PowerShellSession(importModule: false);

        PowerShellResult result = session.Run("'before'; throw 'the end'; 'after'");

        Assert.Equal(["before"], result.Text);
        Assert.Equal("the end", result.Failure?.Exception.Message);
    }

    [Fact]
    public void Stopping_ends_a_script_that_would_not_end()
    {
        using var session = new PowerShellSession(importModule: false);
        using var started = new ManualResetEventSlim();

        RunningScript script = session.Start("$started.Set(); while ($true) { }", ("started", started));
        started.Wait();
        PowerShellResult result = script.Stop();

        Assert.True(result.Stopped);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void A_question_gets_the_answer_that_the_test_has_put_down()
    {
        using var session = new PowerShellSession(importModule: false);
        session.Host.Recorded.Answers.Enqueue("No");

        PowerShellResult result = session.Run(
            "function Set-It { [CmdletBinding(SupportsShouldProcess)] param() $PSCmdlet.ShouldProcess('target', 'action') }; Set-It -Confirm");

        Assert.Equal([false], result.OutputOf<bool>());
        Assert.Contains("target", Assert.Single(session.Host.Recorded.Questions), System.StringComparison.Ordinal);
    }
}
