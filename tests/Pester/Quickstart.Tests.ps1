# docs/samples/quickstart.ps1 as a newcomer runs it, in a process and a temporary folder of its own.

Describe 'The quickstart' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $temporary = (New-Item (Join-Path $TestDrive 'temporary') -ItemType Directory).FullName
        $start = [System.Diagnostics.ProcessStartInfo] @{
            FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true; RedirectStandardError = $true; UseShellExecute = $false
            WorkingDirectory = $root; Arguments = 'dnx PowerShell --yes -- -NoProfile -File docs/samples/quickstart.ps1'
        }
        $start.Environment['TMPDIR'] = $start.Environment['TEMP'] = $start.Environment['TMP'] = $temporary
        $start.Environment['MSBUILDDISABLENODEREUSE'] = '1'
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $text = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
    }

    It 'runs to its end without an error' {
        $errors.Result | Should -BeNullOrEmpty
        $process.ExitCode | Should -Be 0
    }

    It 'sends all workers in the first night, and shows that every one arrived' {
        $text | Should -Match '1,000 sent\s+1,000 accepted\s+0 refused'
        $text | Should -Match 'These are \d of 1,000: '
    }

    It 'sends three changes in the second night' {
        $text | Should -Match '(?s)Deactivated\s+100001\s.*New\s+999999\s.*Changed\s+100000\s'
        $text | Should -Match '3 sent\s+3 accepted\s+0 refused'
    }

    It 'is stopped by the file that was cut short, and says so' {
        $text | Should -Match '601 known people who are not in the source any more; -MissingLimit 5% allows 50 of 1,001 people\. Nothing was sent\.'
        $text | Should -Match "Approve-ProvisioningPlan -StatePath '.+' -Id [0-9A-F]{12} "
        $text | Should -Match 'Stopped \(exit code 2\)'
    }

    It 'has made no call too many' {
        $text | Should -Match '1,00[01] users, from 21 calls; 0 calls refused'
    }

    It 'leaves no file behind' {
        # Its own folder and those of the emulator are named so; what the SDK leaves there is not the script's.
        Get-ChildItem $temporary -Include InboundProvisioning*, inbound-provisioning* -Recurse | Should -BeNullOrEmpty
    }
}
