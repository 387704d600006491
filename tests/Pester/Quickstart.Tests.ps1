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

    It 'sends all requests and shows that every worker arrived' {
        $text | Should -Match '20 files, BulkRequest-000001\.json to BulkRequest-000020\.json'
        [regex]::Matches($text, '202 Accepted').Count | Should -Be 20
        $text | Should -Match '1,000 users, from 20 calls; 0 calls refused'
    }

    It 'leaves no file behind' {
        # Its own folder and those of the emulator are named so; what the SDK leaves there is not the script's.
        Get-ChildItem $temporary -Include InboundProvisioning*, inbound-provisioning* -Recurse | Should -BeNullOrEmpty
    }
}
