<#
.SYNOPSIS
    Puts one message for each tenant into the queue, at night.

.DESCRIPTION
    The timer of an app fires once, however many instances it has. A message that a tenant still has from the night before does no harm: the
    second sync of it finds nothing to do.

.EXAMPLE
    ./StartNight/run.ps1 -Timer @{}
#>
param($Timer)

$tenants = Get-Content -Raw (Join-Path $PSScriptRoot '../tenants.json') | ConvertFrom-Json
Push-OutputBinding -Name Tenants -Value @($tenants | ForEach-Object { @{ Tenant = $_.Name; Round = 1 } | ConvertTo-Json -Compress })
