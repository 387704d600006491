<#
.SYNOPSIS
    Runs once in each PowerShell process of the app, before its first function.

.DESCRIPTION
    Nothing of a tenant belongs here: the process serves one message after the other. Modules are found in Modules/.

.EXAMPLE
    . ./profile.ps1
#>

# No progress bars: nobody sees them, and they slow downloads.
$ProgressPreference = 'SilentlyContinue'
