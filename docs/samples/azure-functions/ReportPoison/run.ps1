<#
.SYNOPSIS
    Tells of a tenant whose message has failed five times.

.DESCRIPTION
    The queue puts such a message into tenants-poison. The error is what an alert looks for. The next night tries again anyway.

.EXAMPLE
    ./ReportPoison/run.ps1 -Message @{ Tenant = 'contoso'; Round = 1 }
#>
param($Message, $TriggerMetadata)

Write-Error "$($Message.Tenant): given up for this night after five failures. The log of SyncTenant has them." -ErrorAction Continue
