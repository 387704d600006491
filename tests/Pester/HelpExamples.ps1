# The examples of help pages, run as an administrator would who reads a page from top to bottom: dot-source Emulator.ps1 and Examples.ps1 too.

# What runs the examples of all pages: an emulator of the service, and folders. Each has a state of two nights, docs/samples as it is by day three.
function Start-HelpExample([string] $Folder) {
    $roles = 'SynchronizationData-User.Upload', 'ProvisioningLog.Read.All', 'Synchronization.ReadWrite.All', 'Application.Read.All', 'Application.ReadWrite.All',
        'AppRoleAssignment.ReadWrite.All'
    $process = Start-Emulator --limits, off, --not-found-calls, 0, --approve-device-codes, --device-code-interval, 0, --managed-identity-roles, 'SynchronizationData-User.Upload', --roles, ($roles -join ',')
    $stage = [pscustomobject] @{ Process = $process; Service = $process.Address; SignIn = Get-EmulatorSignIn $process.Address; Folder = $Folder; Nights = (Join-Path $Folder nights) }
    $null = New-Item -ItemType Directory -Path $stage.Nights
    $samples = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'samples')
    Copy-Item (Join-Path $samples workers.csv), (Join-Path $samples AttributeMapping.psd1) $stage.Nights
    Push-Location -LiteralPath $stage.Nights
    try {
        $service, $signIn, $jobId = $stage.Service, $stage.SignIn, $stage.Service.jobId
        $null = Connect-InboundProvisioning @signIn
        . (Join-Path $PSScriptRoot Preparations.ps1)
        New-Night
    } finally {
        Pop-Location
    }

    $stage
}

function Stop-HelpExample($Stage) {
    if ($Stage) {
        Disconnect-InboundProvisioning
        Stop-Emulator $Stage.Process
    }
}

# Runs the examples of a page that show an output, in one scope and each in a folder of its own, and gives what they print beside that.
# Names are long here, since the examples see them.
function Invoke-HelpPage([string] $Page, $Examples, $Stage) {
    $ErrorActionPreference = 'Continue'
    $ConfirmPreference = 'None'
    $service = $Stage.Service
    $PSDefaultParameterValues = @{
        'Connect-InboundProvisioning:GraphEndpoint' = $service.graph
        'Connect-InboundProvisioning:AuthorityHost' = $service.authority
        'Connect-InboundProvisioning:TrustedRootCertificatePath' = $service.caCertificatePath
        # The emulator has no limits, and nobody waits for them.
        'Get-ProvisioningLog:CallLimit' = 1000
    }
    $tenantId, $clientId, $servicePrincipalId, $jobId = $service.tenantId, $service.clientId, $service.servicePrincipalId, $service.jobId
    $signIn = $Stage.SignIn
    Disconnect-InboundProvisioning
    $null = Connect-InboundProvisioning @signIn

    . (Join-Path $PSScriptRoot Preparations.ps1)
    $pageFolder = Join-Path $Stage.Folder $Page
    Copy-Item $Stage.Nights $pageFolder -Recurse
    Push-Location -LiteralPath $pageFolder
    if ($preparations[$Page]) {
        $ErrorActionPreference = 'Stop'
        . $preparations[$Page]
        $ErrorActionPreference = 'Continue'
    }

    Pop-Location

    foreach ($pageExample in $Examples) {
        $exampleFolder = Join-Path $Stage.Folder "$Page-$([array]::IndexOf($Examples, $pageExample))"
        Copy-Item $pageFolder $exampleFolder -Recurse
        Push-Location -LiteralPath $exampleFolder
        foreach ($exampleStep in $pageExample.Steps) {
            if ($exampleStep.Kind -eq 'powershell') {
                $exampleOutput = [System.Collections.Generic.List[object]]::new()
                # What -WhatIf says goes to the host, past all streams.
                $exampleTranscript = if ($exampleStep.Text -match '-WhatIf') { "$exampleFolder.txt" }
                if ($exampleTranscript) { $null = Start-Transcript -LiteralPath $exampleTranscript -UseMinimalHeader }
                try {
                    . ([scriptblock]::Create($exampleStep.Text)) *>&1 | ForEach-Object { $exampleOutput.Add($_) }
                } catch {
                    $exampleOutput.Add($_)
                }

                if ($exampleTranscript) {
                    $null = Stop-Transcript
                    $exampleOutput.InsertRange(0, [object[]] @(Get-Content -LiteralPath $exampleTranscript | Where-Object { $_ -match '^What if: |^  [+~-] ' }))
                }
            } elseif ($exampleStep.Kind -eq 'output') {
                [pscustomobject] @{ Title = $pageExample.Title; Printed = ConvertTo-ConsoleText $exampleOutput; Expected = $exampleStep.Text }
            }
        }

        Pop-Location
    }
}
