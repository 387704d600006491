#Requires -Version 7.4
<#
.SYNOPSIS
    Starts an emulator of the service on this machine, and returns what Connect-InboundProvisioning needs to sign in to it.

.DESCRIPTION
    For trying the module with a file of one's own, without a tenant. It needs the .NET 10 SDK, with which it builds the module and the
    emulator. The emulator speaks HTTPS on this machine alone, keeps all in memory, and ends with this PowerShell. Its job runs every two
    seconds, where that of the service runs every 40 minutes. Its address is the GraphEndpoint of what is returned; the property Emulator
    is its process.

.PARAMETER CycleSeconds
    How often its job runs; 0: each time that something is posted to /emulator/cycle.

.EXAMPLE
    $service = ./docs/samples/start-emulator.ps1
    Connect-InboundProvisioning @service
#>
param ([int] $CycleSeconds = 2)

$ErrorActionPreference = 'Stop'
$root = (Resolve-Path "$PSScriptRoot/../..").Path

# What is built and up to date is left as it is, and takes some seconds.
foreach ($project in 'module/InboundProvisioning.Module.csproj', 'src/InboundProvisioning.Emulator/InboundProvisioning.Emulator.csproj') {
    $messages = dotnet build "$root/$project" --nologo --verbosity quiet
    if ($LASTEXITCODE -ne 0) {
        $messages | Out-Host
        throw "$project could not be built: see above."
    }
}

Import-Module "$root/output/InboundProvisioning/InboundProvisioning.psd1" -Global
$program = Get-ChildItem "$root/src/InboundProvisioning.Emulator/bin" -Filter InboundProvisioning.Emulator.dll -Recurse |
    Sort-Object LastWriteTime | Select-Object -Last 1
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true

# It ends when its input is closed, so also with this process, however that ends.
$roles = 'SynchronizationData-User.Upload,ProvisioningLog.Read.All'
foreach ($argument in $program.FullName, '--cycle-seconds', $CycleSeconds, '--roles', $roles, '--until-stdin-closes') {
    $start.ArgumentList.Add($argument)
}

$emulator = [System.Diagnostics.Process]::Start($start)

# The first line that it prints says where it listens and how to sign in.
$service = $emulator.StandardOutput.ReadLine() | ConvertFrom-Json
@{
    TenantId                   = $service.tenantId
    ClientId                   = $service.clientId
    CertificatePath            = $service.certificatePath
    CertificatePassword        = ConvertTo-SecureString $service.certificatePassword -AsPlainText -Force
    ServicePrincipalId         = $service.servicePrincipalId
    JobId                      = $service.jobId
    GraphEndpoint              = $service.graph
    AuthorityHost              = $service.authority
    TrustedRootCertificatePath = $service.caCertificatePath
} | Add-Member Emulator $emulator -PassThru
