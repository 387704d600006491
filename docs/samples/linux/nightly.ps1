#Requires -Version 7.4
<#
.SYNOPSIS
    One nightly run, for systemd or cron on Linux.

.DESCRIPTION
    Signs in with a certificate, sends who is new or changed, and ends with the exit code of the run. The ids come from the environment
    (nightly.env), the certificate from systemd (LoadCredential=) or from -CertificatePath, the folder of the state from systemd
    (StateDirectory=) or from -StateFolder.

.EXAMPLE
    sudo -u provisioning --preserve-env=TENANT_ID,CLIENT_ID,PROVISIONING_ENDPOINT pwsh -NoProfile -File nightly.ps1 -FirstRun Initial
    The first run, by hand and once, with the account of the service.
#>
[CmdletBinding()]
param(
    [string] $Source = '/srv/hr/workers.csv',

    # Not below the state: who may change the mapping can run code.
    [string] $MappingPath = '/etc/inbound-provisioning/AttributeMapping.psd1',

    # systemd hands the certificate over in a folder that is there for the time of the run.
    [string] $CertificatePath = $(if ($env:CREDENTIALS_DIRECTORY) { "$env:CREDENTIALS_DIRECTORY/certificate" } else { '/etc/inbound-provisioning/certificate.pfx' }),

    [string] $StateFolder = $(if ($env:STATE_DIRECTORY) { $env:STATE_DIRECTORY } else { '/var/lib/inbound-provisioning' }),

    # Shorter than TimeoutStartSec= of the service.
    [timespan] $MaximumDuration = '02:00:00',

    # How a state begins, once. Never in a timer: a state that is gone must stop the run.
    [ValidateSet('Initial', 'Baseline')] [string] $FirstRun
)

# A fault outside of the run, such as a module that is not there, ends with 1.
$code = 1
try {
    Import-Module InboundProvisioning
    $signIn = @{
        TenantId = $env:TENANT_ID; ClientId = $env:CLIENT_ID; CertificatePath = $CertificatePath; ProvisioningEndpoint = $env:PROVISIONING_ENDPOINT
    }
    $null = Connect-InboundProvisioning @signIn -ErrorAction Stop

    $run = @{
        Path             = $Source
        AttributeMapping = $MappingPath
        StatePath        = "$StateFolder/contoso.db"
        RejectPath       = "$StateFolder/rejected.csv"
        ReportPath       = "$StateFolder/report.html"
        LogPath          = "$StateFolder/nightly.log"
        MaximumDuration  = $MaximumDuration
        MaximumFileAge   = '20:00:00'

        # A run that somebody started by hand, or of yesterday, has the state: its own lock is enough.
        WaitForLock      = 600
    }
    if ($FirstRun) {
        $run[$FirstRun] = $true
    }

    # Errors of the run go to standard error, and so to the journal or the mail of cron; the result comes after them.
    $result = Sync-InboundProvisioning @run -ErrorAction Continue
    $result
    $code = $result.ExitCode
}
catch {
    Write-Error $_ -ErrorAction Continue
}
finally {
    # Without a result it is 1, also after Ctrl+C and a stop of the service.
    exit $code
}
