using System;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Secrets;

/// <summary>The search finds what it is there to find: a secret that a script shows, in every place and form.</summary>
public sealed class SeenTextsTests : IDisposable
{
    private const string Planted = "eyJhbGciOiJSUzI1NiJ9.cGxhbnRlZC1ieS1hLXRlc3Q.c2lnbmF0dXJlLW9mLWEtdGVzdA";

    private readonly PowerShellSession _session = new(importModule: false);
    private readonly TemporaryDirectory _folder = new();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("output", "$planted")]
    [InlineData("output", "[pscustomobject]@{ Items = @(@{ Inner = [pscustomobject]@{ Text = \"a $planted b\" } }) }")]
    [InlineData("output", "[Exception]::new('x', [Exception]::new($planted))")]
    [InlineData("output", "[pscustomobject]@{ Password = $secure }")]
    [InlineData("output", "[pscredential]::new('user', $secure)")]
    [InlineData("error", "$PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('x', [Exception]::new($planted)), 'id', 0, $null))")]
    [InlineData("error", "$PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('x'), 'id', 0, $planted))")]
    [InlineData("error", "$e = [Exception]::new('x'); $e.Data['a'] = $planted; $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($e, 'id', 0, $null))")]
    [InlineData("failure", "throw $planted")]
    [InlineData("$Error", "try { throw $planted } catch { }")]
    [InlineData("warning", "$PSCmdlet.WriteWarning($planted)")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose($planted)")]
    [InlineData("debug", "$PSCmdlet.WriteDebug($planted)")]
    [InlineData("information", "$PSCmdlet.WriteInformation($planted, @())")]
    [InlineData("progress", "$PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'a', $planted))")]
    [InlineData("host", "$Host.UI.Write($planted)")]
    [InlineData("host", "[pscustomobject]@{ Text = $planted } | Out-Default")]
    [InlineData("file", "[System.IO.File]::WriteAllText($file, $planted)")]
    [InlineData("file", "[System.IO.File]::WriteAllText($file, $planted, [System.Text.Encoding]::Unicode)")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose($planted.Split('.')[1])")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose($planted.Split('.')[2].Insert(7, \"`n  \"))")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose([Uri]::EscapeDataString(\"a $other\"))")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($other)))")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose([Convert]::ToHexString([System.Text.Encoding]::Unicode.GetBytes($other)).ToLowerInvariant())")]
    [InlineData("verbose", "$PSCmdlet.WriteVerbose('the token is eyJ0eXAiOiJKV1Qi of somebody')")]
    public void A_secret_that_shows_is_found(string place, string script)
    {
        SeenTexts seen = Run(script);

        Assert.Contains(seen.PlacesOf([Planted, "p@ss word/+"]), found => found.StartsWith(place, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_secret_is_not_found()
    {
        SeenTexts seen = Run("$PSCmdlet.WriteVerbose('Signed in.'); [pscustomobject]@{ Length = $planted.Length }; $Host.UI.Write('text')");

        Assert.InRange(seen.Count, 3, int.MaxValue);
        Assert.Empty(seen.PlacesOf([Planted]));
    }

    private SeenTexts Run(string script)
    {
        var seen = new SeenTexts();
        seen.Add(_session.Run(
            "$InformationPreference = 'Continue'; & { [CmdletBinding()] param() " + script + " } -Verbose -Debug",
            ("planted", Planted), ("other", "p@ss word/+"), ("secure", EmulatedService.Secure(Planted)), ("file", _folder.Combine("note.txt"))));
        seen.Add(_session);
        seen.AddFiles(_folder.Path);
        return seen;
    }
}
