#Requires -Version 7.4
<#
.SYNOPSIS
    One nightly run, for a job of GitHub Actions.

.DESCRIPTION
    Signs in with the token that GitHub makes for the job, fetches the HR file from a blob, sends who is new or changed, puts the report into
    the job's summary, and ends with the exit code of the run; with 0 where the run is incomplete, since the next one goes on by itself.
    The environment says the rest: see provisioning.yml.

.EXAMPLE
    ./nightly.ps1 -ModulePath ./modules/InboundProvisioning
#>
[CmdletBinding()]
param(
    [string] $ModulePath = 'InboundProvisioning',
    [string] $MappingPath = "$PSScriptRoot/AttributeMapping.psd1",

    # Shorter than timeout-minutes of the job, and than an access token lasts: the token of GitHub that would bring a new one lasts minutes.
    [timespan] $MaximumDuration = '00:45:00'
)

$code = 1
$folder = Join-Path $env:RUNNER_TEMP 'provisioning'
try {
    $ErrorActionPreference = 'Stop'
    Import-Module $ModulePath
    $null = New-Item $folder -ItemType Directory -Force

    # https://docs.github.com/actions/reference/openid-connect-reference
    $url = "$env:ACTIONS_ID_TOKEN_REQUEST_URL&audience=api://AzureADTokenExchange"
    $token = (Invoke-RestMethod $url -Headers @{ Authorization = "bearer $env:ACTIONS_ID_TOKEN_REQUEST_TOKEN" }).value
    Set-Content "$folder/token" $token -NoNewline
    $null = Connect-InboundProvisioning $env:TENANT_ID $env:CLIENT_ID -FederatedTokenPath "$folder/token" -ProvisioningEndpoint $env:PROVISIONING_ENDPOINT

    # The same token brings one for the storage, for the HR file; the state is fetched by the module itself.
    $ask = @{
        grant_type            = 'client_credentials'
        client_id             = $env:CLIENT_ID
        client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
        client_assertion      = $token
        scope                 = 'https://storage.azure.com/.default'
    }
    $storage = (Invoke-RestMethod "https://login.microsoftonline.com/$env:TENANT_ID/oauth2/v2.0/token" -Method Post -Body $ask).access_token
    $headers = @{ Authorization = "Bearer $storage"; 'x-ms-version' = '2023-11-03' }
    $answer = Invoke-WebRequest $env:SOURCE_URL -Headers $headers -OutFile "$folder/workers.csv" -PassThru

    # The time of the blob, so that -MaximumFileAge sees an export that was not written.
    (Get-Item "$folder/workers.csv").LastWriteTimeUtc = ([datetimeoffset] "$($answer.Headers['Last-Modified'])").UtcDateTime

    $run = @{
        Path             = "$folder/workers.csv"
        AttributeMapping = $MappingPath
        StatePath        = $env:STATE_PATH
        ReportPath       = "$folder/report.md"
        MaximumDuration  = $MaximumDuration
        MaximumFileAge   = '20:00:00'

        # Whoever may read the repository may read the summary and the log: nobody is named there.
        ReportDetail     = 'Summary'

        # The lease of a runner that was killed is over within a minute.
        WaitForLock      = 90
    }

    # Errors of the run name people. They go into the report as figures, and by their ids alone into the job's log.
    $result = Sync-InboundProvisioning @run -ErrorAction SilentlyContinue -ErrorVariable faults -WarningAction SilentlyContinue
    foreach ($fault in $faults | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) {
        "::error::$($fault.FullyQualifiedErrorId -replace ',.*')"
    }

    # It is written however the run ends, and never makes it fail.
    if (Test-Path "$folder/report.md") {
        Get-Content "$folder/report.md" | Add-Content $env:GITHUB_STEP_SUMMARY
    }

    "$($result.Status) (exit code $($result.ExitCode)): $($result.Accepted) accepted, $($result.Refused) refused, $($result.Left) left, $($result.Rejected) rejected"
    $code = if ($result.ExitCode -eq 3) { 0 } else { $result.ExitCode }
}
catch {
    "::error::$_"
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
    exit $code
}
