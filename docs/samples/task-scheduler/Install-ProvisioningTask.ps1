#Requires -Version 5.1
<#
.SYNOPSIS
    Schedules nightly.ps1 with Task Scheduler, as a group managed service account.

.DESCRIPTION
    Registers one task that runs each night. A task that still runs is not started a second time, one that was missed because the computer was
    off runs when it is on again, and the time after which Windows ends the task is half an hour more than -MaximumDuration, so that the run
    ends by itself, in order. Run it in an elevated Windows PowerShell 5.1 or PowerShell 7. Run again, it replaces the task.

.EXAMPLE
    .\Install-ProvisioningTask.ps1 -ServiceAccount 'CONTOSO\svc-provisioning$' -Argument @{ TenantId = 'contoso.onmicrosoft.com'; ClientId = $clientId; CertificateThumbprint = $thumbprint; ProvisioningEndpoint = $url }

.EXAMPLE
    .\Install-ProvisioningTask.ps1 -ServiceAccount 'CONTOSO\svc-provisioning$' -Argument $argument -WhatIf
    Says what would be registered.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The group managed service account, with the $ at its end. It has no password that anybody knows.
    [Parameter(Mandatory)] [ValidatePattern('^[^\\]+\\[^\\]+\$$')] [string] $ServiceAccount,

    # Parameters of nightly.ps1. They stand in the task, where administrators read them: ids and a thumbprint are no secrets.
    [Parameter(Mandatory)] [hashtable] $Argument,

    [string] $Script = (Join-Path $PSScriptRoot 'nightly.ps1'),

    [datetime] $At = '02:00',

    [timespan] $MaximumDuration = '02:00:00',

    # powershell.exe is Windows PowerShell 5.1. Give the full path of pwsh.exe for PowerShell 7.
    [string] $PowerShell = 'powershell.exe',

    [string] $TaskName = 'Inbound provisioning'
)

$ErrorActionPreference = 'Stop'

# What -File takes: each value in quotation marks, which none of them may hold. A backslash at the end would escape the closing one.
$words = foreach ($name in $Argument.Keys | Sort-Object) {
    if ("$($Argument[$name])" -match '"|\\$') {
        throw "The value of -$name has a quotation mark or ends with a backslash: '$($Argument[$name])'. Give it without."
    }

    '-{0} "{1}"' -f $name, $Argument[$name]
}
$line = '-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File "{0}" -MaximumDuration {1} {2}' -f $Script, $MaximumDuration, ($words -join ' ')

$action = New-ScheduledTaskAction -Execute $PowerShell -Argument $line -WorkingDirectory (Split-Path $Script)
$trigger = New-ScheduledTaskTrigger -Daily -At $At

# A group managed service account signs in with the log-on type Password, and Windows knows the password.
$principal = New-ScheduledTaskPrincipal -UserId $ServiceAccount -LogonType Password -RunLevel Limited
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit ($MaximumDuration + '00:30:00') -StartWhenAvailable -RunOnlyIfNetworkAvailable

if ($PSCmdlet.ShouldProcess($TaskName, "Register a task that runs $PowerShell $line as $ServiceAccount, daily at $($At.ToString('HH:mm'))")) {
    $task = @{
        TaskName    = $TaskName
        Description = 'Sends who is new or changed in the HR file to Microsoft Entra ID.'
        Action      = $action
        Trigger     = $trigger
        Principal   = $principal
        Settings    = $settings
    }
    Register-ScheduledTask @task -Force
}
