<#
.SYNOPSIS
    One message of the queue: one sync of one tenant.

.DESCRIPTION
    The unit of work that can be killed and repeated: it fetches what it needs, sends until it is done or -MaximumDuration is over, and ends. What is
    left when the time is over goes with a message of its own, so that the other tenants have their turn before. A run that fails is thrown:
    the queue gives the message again, five times in all, and then puts it into tenants-poison. A run that a safeguard has stopped is
    no failure: to try again would not help; it is an error in the log, for an alert.

    Settings of the app, none of them a secret: PROVISIONING_CLIENT_ID (the app that the tenants have consented to), IDENTITY_CLIENT_ID (the user-assigned
    managed identity that it trusts) and, if you want, MAXIMUM_DURATION. The tenants are in tenants.json.

.EXAMPLE
    ./SyncTenant/run.ps1 -Message @{ Tenant = 'contoso'; Round = 1 }
#>
param($Message, $TriggerMetadata)

$ErrorActionPreference = 'Stop'

# Shorter than functionTimeout in host.json, by as much as the last requests and the state may take.
$maximumDuration = [timespan] $(if ($env:MAXIMUM_DURATION) { $env:MAXIMUM_DURATION } else { '00:20:00' })

$app = Split-Path $PSScriptRoot
$tenants = Get-Content -Raw (Join-Path $app 'tenants.json') | ConvertFrom-Json
$tenant = $tenants | Where-Object Name -EQ $Message.Tenant
if (-not $tenant) {
    throw "The tenant '$($Message.Tenant)' of the message is not in tenants.json."
}

$connection = $null
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "provisioning-$([guid]::NewGuid())"
$null = New-Item $folder -ItemType Directory
try {
    # The app trusts the managed identity (a federated credential), and the tenant trusts the app. The token lasts up to a day.
    Set-Content "$folder/token" (Get-IdentityToken 'api://AzureADTokenExchange') -NoNewline
    $signIn = @{
        TenantId = $tenant.TenantId; ClientId = $env:PROVISIONING_CLIENT_ID; FederatedTokenPath = "$folder/token"
        ProvisioningEndpoint = $tenant.ProvisioningEndpoint
    }
    $connection = Connect-InboundProvisioning @signIn

    Save-Blob $tenant.SourceUrl "$folder/workers.csv"
    $run = @{
        Path             = "$folder/workers.csv"
        AttributeMapping = Join-Path $app $tenant.Mapping
        StatePath        = Get-StateUrl $tenant.StateUrl
        Connection       = $connection
        MaximumDuration  = $maximumDuration
        MaximumFileAge   = '20:00:00'

        # The lease of an instance that was killed is over within a minute.
        WaitForLock      = 90
    }

    # Errors of the run name people, and the log of the app is no place for them: their ids alone.
    $result = Sync-InboundProvisioning @run -ErrorAction SilentlyContinue -ErrorVariable faults -WarningAction SilentlyContinue
    $ids = $faults | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $_.FullyQualifiedErrorId -replace ',.*' }
    $text = "$($tenant.Name): $($result.Status) (exit code $($result.ExitCode)) in $($result.Duration), $($result.Accepted) accepted, $($result.Left) left $ids"
    switch ($result.ExitCode) {
        1 { throw $text }
        2 { Write-Error $text -ErrorAction Continue }
        { $_ -in 3, 4 } { Write-Warning $text }
        default { Write-Information $text }
    }

    # The time was over, and not the calls of the day: the rest goes with the next message. Each round gets further, and 50 are most of a day.
    if ($result.Status -eq 'Incomplete' -and $result.CallsLeft -gt 0 -and $result.Duration -ge $maximumDuration -and $Message.Round -lt 50) {
        Push-OutputBinding -Name Tenants -Value (@{ Tenant = $tenant.Name; Round = $Message.Round + 1 } | ConvertTo-Json -Compress)
    }
}
finally {
    if ($connection) {
        Disconnect-InboundProvisioning -Connection $connection
    }

    # The instance serves the next tenant: nothing of this one stays.
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
}
