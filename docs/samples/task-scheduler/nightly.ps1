<#
.SYNOPSIS
    One nightly run, for Task Scheduler on Windows.

.DESCRIPTION
    Signs in with a certificate of the computer's store, sends who is new or changed, and ends with the exit code of the run, which Task
    Scheduler shows as the last run result. It runs in Windows PowerShell 5.1 and in PowerShell 7. Install-ProvisioningTask.ps1 schedules it.

.EXAMPLE
    .\nightly.ps1 -TenantId contoso.onmicrosoft.com -ClientId $clientId -CertificateThumbprint $thumbprint -ProvisioningEndpoint $url -FirstRun Initial
    The first run, by hand and once. It takes the account of the task: see README.md.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $TenantId,
    [Parameter(Mandatory)] [string] $ClientId,
    [Parameter(Mandatory)] [string] $CertificateThumbprint,

    # The URL that the portal shows for the job.
    [Parameter(Mandatory)] [string] $ProvisioningEndpoint,

    # The folder of the mapping, the state, the log and the report. The account of the task alone, and administrators, may read it.
    [string] $Folder = $PSScriptRoot,

    [string] $Source = (Join-Path $Folder 'workers.csv'),

    # Shorter than the time after which Task Scheduler ends the task.
    [timespan] $MaximumDuration = '02:00:00',

    # How a state begins, once. Never in the task: a state that is gone must stop the run.
    [ValidateSet('Initial', 'Baseline')] [string] $FirstRun
)

# A fault outside of the run, such as a module that is not there, ends with 1.
$code = 1
try {
    Import-Module InboundProvisioning
    $signIn = @{
        TenantId = $TenantId; ClientId = $ClientId; CertificateThumbprint = $CertificateThumbprint; ProvisioningEndpoint = $ProvisioningEndpoint
    }
    $null = Connect-InboundProvisioning @signIn -ErrorAction Stop

    $run = @{
        Path             = $Source
        AttributeMapping = Join-Path $Folder 'AttributeMapping.psd1'
        StatePath        = Join-Path $Folder 'contoso.db'
        RejectPath       = Join-Path $Folder 'rejected.csv'
        ReportPath       = Join-Path $Folder 'report.html'
        LogPath          = Join-Path $Folder 'nightly.log'

        # Nobody sees what Task Scheduler's process writes: the messages go into the log, which is then its owner's alone.
        LogMessage       = $true
        EventLog         = $env:OS -eq 'Windows_NT'
        MaximumDuration  = $MaximumDuration
        MaximumFileAge   = '20:00:00'
    }
    if ($FirstRun) {
        $run[$FirstRun] = $true
    }

    # Errors do not end the script, and the result comes after them.
    $result = Sync-InboundProvisioning @run -ErrorAction Continue
    $result
    $code = $result.ExitCode
}
catch {
    # What came before the run is in no log of it.
    "$(Get-Date -Format o) $_" | Out-File (Join-Path $Folder 'nightly.errors.txt') -Append -Encoding utf8
    Write-Error $_ -ErrorAction Continue
}
finally {
    # Without the result there is none, also after Ctrl+C; then it is 1.
    exit $code
}
