#Requires -Version 7.4
<#
.SYNOPSIS
    Two nights with 1,000 worker records, and an accident; with no tenant and no account.

.DESCRIPTION
    Checks the attribute mapping, sends an HR file, over HTTPS and with a real token, to an emulator of the service that runs on this
    machine, and tells what became of each worker. The next night only three changes go, and a file that was cut short is stopped. It
    needs the .NET 10 SDK, with which it builds the module and the emulator, and leaves nothing behind but these, and
    the reports of the nights, which it names at its end.

.EXAMPLE
    dotnet dnx PowerShell --yes -- -NoProfile -File docs/samples/quickstart.ps1
    Where no PowerShell is installed; from the root of the repository.

.EXAMPLE
    ./docs/samples/quickstart.ps1
    In PowerShell 7.4 or later.
#>

$ErrorActionPreference = 'Stop'
$root = (Resolve-Path "$PSScriptRoot/../..").Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "InboundProvisioning-$(New-Guid)"

$wasImported = Get-Module InboundProvisioning
'Building the module and the emulator (some minutes the first time) ...'
$connection = & "$PSScriptRoot/start-emulator.ps1" -CycleSeconds 0

# The job of the emulator runs when it is told to: so all of a night is in one cycle, however fast the machine is.
function Invoke-Cycle {
    $null = Invoke-RestMethod "$($connection.GraphEndpoint)/emulator/cycle" -Method Post -SkipCertificateCheck
}

# The reports are to be looked at: they stay, as all that is built does, in output.
$reports = (New-Item "$root/output/quickstart" -ItemType Directory -Force).FullName

$null = New-Item $work -ItemType Directory
Push-Location $PSScriptRoot
try {
    "`n1. Is the mapping right, and does the file have its columns?"
    "   Test-ScimAttributeMapping AttributeMapping.psd1 -Path workers.csv`n"
    "   $(Test-ScimAttributeMapping AttributeMapping.psd1 -Path workers.csv)"

    "`n2. Sign in, with a certificate: here to the emulator, whose addresses are given as well."
    '   Connect-InboundProvisioning -TenantId ... -ClientId ... -CertificatePath ...'
    "      -ServicePrincipalId ... -JobId ...`n"
    $session = Connect-InboundProvisioning @connection
    '   {0} at {1}, until {2:HH:mm}' -f $session.Credential, $session.Graph, $session.ExpiresOn.ToLocalTime()

    "`n3. The first night: all 1,000 workers go, and the state keeps what was accepted."
    '   Sync-InboundProvisioning workers.csv AttributeMapping.psd1 -StatePath contoso.db -Initial'
    $sync = @{ AttributeMapping = 'AttributeMapping.psd1'; StatePath = "$work/contoso.db" }
    Sync-InboundProvisioning workers.csv @sync -Initial | Out-Host
    Invoke-Cycle

    '4. What became of them? The job takes what is staged in its next cycle, and its logs tell the outcome.'
    '   (Import-Csv workers.csv).WorkerID | Get-ProvisioningLog -Wait'
    $changes = (Import-Csv workers.csv).WorkerID | Get-ProvisioningLog -Wait -PollingSeconds 2
    $shown = @($changes | Where-Object Status -EQ success | Select-Object -First 4) + @($changes | Where-Object Status -NE success | Select-Object -First 1)
    $shown | Out-Host
    $figures = ($changes | Group-Object Status | ForEach-Object { '{0:N0} {1}' -f $_.Count, $_.Name }) -join ', '
    '   These are {0} of {1:N0}: {2}' -f $shown.Count, $changes.Count, $figures

    "`n5. The second night: one new worker, one with another title, one who has left. What would be sent?"
    '   (Get-ProvisioningPlan tonight.csv AttributeMapping.psd1 -StatePath contoso.db).Changes'
    $rows = @(Import-Csv workers.csv)
    $new = $rows[-1].PSObject.Copy()
    $new.WorkerID, $new.UserID = '999999', 'EMP999999'
    $rows[0].JobTitle = 'Chief Executive'
    $rows[1].WorkerStatus = 'Left'
    $rows + $new | Export-Csv "$work/tonight.csv"
    (Get-ProvisioningPlan "$work/tonight.csv" @sync).Changes | Out-Host

    '   Only these three go.'
    '   Sync-InboundProvisioning tonight.csv AttributeMapping.psd1 -StatePath contoso.db'
    Sync-InboundProvisioning "$work/tonight.csv" @sync | Out-Host
    Invoke-Cycle

    '6. An accident: the export breaks off after 400 workers. Nothing is sent, and the script ends with 2.'
    '   $result = Sync-InboundProvisioning tonight.csv AttributeMapping.psd1 -StatePath contoso.db -ReportPath stopped.html'
    "   exit `$result.ExitCode`n"
    Get-Content "$work/tonight.csv" -TotalCount 401 | Set-Content "$work/cut.csv"
    $result = Sync-InboundProvisioning "$work/cut.csv" @sync -ReportPath "$reports/stopped.html" -ErrorAction SilentlyContinue -ErrorVariable stops
    $stops.Exception.Message -replace '(?m)^', '   '
    $result | Out-Host

    '7. The summary of the last cycles'
    '   Get-ProvisioningLog -Summary -Last 3'
    Get-ProvisioningLog -Summary -Last 3 | Out-Host

    '8. The report of the second night, and what the logs tell of its people'
    '   Export-ProvisioningReport night.html -StatePath contoso.db -RunId 2'
    '   Get-ProvisioningLog -Last 3 | Export-ProvisioningReport logs.html'
    Export-ProvisioningReport "$reports/night.html" -StatePath "$work/contoso.db" -RunId 2 -Force
    Get-ProvisioningLog -Last 3 | Export-ProvisioningReport "$reports/logs.html" -Force
    Get-ChildItem $reports -Filter *.html | ForEach-Object { '   {0}, {1:N0} KB' -f $_.Name, ($_.Length / 1KB) }

    "`n9. What the service holds now"

    # Asked of the emulator itself, whose certificate is of its own making. The module has checked it, as it always does.
    $calls = Invoke-RestMethod "$($connection.GraphEndpoint)/emulator/requests" -SkipCertificateCheck
    $users = (Invoke-RestMethod "$($connection.GraphEndpoint)/emulator/users" -SkipCertificateCheck).value
    "`n   {0:N0} users, from {1} calls; {2} calls refused. One of them:`n" -f $users.Count, $calls.calls, $calls.refusedCalls
    ($users[0] | ConvertTo-Json -Depth 9) -replace '(?m)^', '   '
}
finally {
    if ($session) {
        Disconnect-InboundProvisioning -Connection $session
    }

    $connection.Emulator.StandardInput.Close()
    $connection.Emulator.WaitForExit()
    Pop-Location
    Remove-Item $work -Recurse
    if (-not $wasImported) {
        Remove-Module InboundProvisioning
    }
}

"`nLook at the reports in a browser: the night that was stopped, and the one before.
   $(Join-Path $reports 'stopped.html')
   $(Join-Path $reports 'night.html')
`nWith your tenant: Connect-InboundProvisioning as docs/authentication.md says, your file and`nyour mapping, and the same commands. docs/nightly-sync.md goes through all of it."
