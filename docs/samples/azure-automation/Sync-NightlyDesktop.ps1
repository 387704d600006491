#Requires -Version 5.1
<#
.SYNOPSIS
    One nightly run, as a runbook of Azure Automation for Windows PowerShell 5.1.

.DESCRIPTION
    Signs in with the managed identity of the Automation account, fetches the HR file and the mapping from a storage account, and sends who is
    new or changed. The state lies in a blob. The job fails where a run fails or is stopped, so that an alert on failed jobs is enough.

    Variables of the Automation account, none of them a secret: ProvisioningEndpoint (the URL that the portal shows), ProvisioningSource and
    ProvisioningMapping (URLs of two blobs) and ProvisioningState (that of the blob of the state).

.EXAMPLE
    Start-AzAutomationRunbook -ResourceGroupName hr -AutomationAccountName hr-automation -Name Sync-NightlyDesktop
#>
[CmdletBinding()]
param(
    # A sandbox is stopped after three hours, and begins again: end before that.
    [timespan] $MaximumDuration = '02:30:00'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# One process may serve several jobs, one after the other and at the same time. So nothing of this job is in what they share: no environment
# variable, no current folder, no file of a fixed name, no default connection that another job would find.
$connection = $null
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "provisioning-$([guid]::NewGuid())"
$null = New-Item $folder -ItemType Directory

# A token of the managed identity: https://learn.microsoft.com/azure/automation/enable-managed-identity-for-automation
function Get-StorageToken {
    $url = "$($env:IDENTITY_ENDPOINT)?resource=https://storage.azure.com/&api-version=2019-08-01"
    (Invoke-RestMethod $url -Headers @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER; Metadata = 'True' }).access_token
}

# Fetches a blob, with its time, so that -MaximumFileAge sees an export that was not written.
function Save-Blob([string] $Url, [string] $Path, [string] $Token) {
    $headers = @{ Authorization = "Bearer $Token"; 'x-ms-version' = '2023-11-03' }
    $answer = Invoke-WebRequest $Url -Headers $headers -OutFile $Path -PassThru -UseBasicParsing
    (Get-Item $Path).LastWriteTimeUtc = ([datetimeoffset] "$($answer.Headers['Last-Modified'])").UtcDateTime
}

try {
    $token = Get-StorageToken
    Save-Blob (Get-AutomationVariable -Name ProvisioningSource) "$folder/workers.csv" $token
    Save-Blob (Get-AutomationVariable -Name ProvisioningMapping) "$folder/AttributeMapping.psd1" $token
    $connection = Connect-InboundProvisioning -Identity -ProvisioningEndpoint (Get-AutomationVariable -Name ProvisioningEndpoint)

    $run = @{
        Path             = "$folder/workers.csv"
        AttributeMapping = "$folder/AttributeMapping.psd1"
        StatePath        = Get-AutomationVariable -Name ProvisioningState
        Connection       = $connection
        MaximumDuration  = $MaximumDuration
        MaximumFileAge   = '20:00:00'

        # The lease of a sandbox that was killed is over within a minute.
        WaitForLock      = 90
    }

    # Errors go on: a bad row must not stop the good ones, and the result comes after them.
    $result = Sync-InboundProvisioning @run -ErrorAction Continue
    $result

    # A job has no exit code: 1 and 2 fail it, 3 goes on in the next night, and 4 stands in the result.
    if ($result.ExitCode -in 1, 2) {
        throw "$($result.Status): $($result.Reason)"
    }
}
finally {
    if ($connection) {
        Disconnect-InboundProvisioning -Connection $connection
    }

    # The HR file does not stay behind.
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
}
