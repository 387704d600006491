<#
.SYNOPSIS
    Installs a package from a folder, as a user would from a gallery, and tests what was installed. For Windows PowerShell 5.1 and PowerShell 7.

.DESCRIPTION
    It needs nothing of this repository's build but the package, and nothing of the network. The module is installed for the current user: in
    a machine that is not thrown away afterwards, give the process a home of its own.

.PARAMETER PackageFolder
    The folder with the package, a repository of its own.

.PARAMETER Pester
    The manifest of Pester 5.

.PARAMETER Emulator
    InboundProvisioning.Emulator.dll, for the tests that send; it takes ASP.NET Core 10. Without it they are left out.

.PARAMETER PowerShellVersion
    The PowerShell that this has to be, such as 7.4; another one is an error, not a pass.
#>
param (
    [Parameter(Mandatory)] [string] $PackageFolder,
    [Parameter(Mandatory)] [string] $Pester,
    [string] $Emulator,
    [string] $PowerShellVersion
)

$ErrorActionPreference = 'Stop'

# A relative path without ./ would be taken for the name of a module.
$Pester = (Resolve-Path -LiteralPath $Pester).ProviderPath
if ($Emulator) {
    $Emulator = (Resolve-Path -LiteralPath $Emulator).ProviderPath
}

$running = $PSVersionTable.PSVersion
"PowerShell $running ($($PSVersionTable.PSEdition)), $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), $([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)"
if ($PowerShellVersion -and "$($running.Major).$($running.Minor)" -ne $PowerShellVersion) {
    throw "This is PowerShell $running, and $PowerShellVersion was to be tested."
}

$package = @(Get-ChildItem -LiteralPath $PackageFolder -Filter 'InboundProvisioning.*.nupkg')
if ($package.Count -ne 1) {
    throw "'$PackageFolder' has $($package.Count) packages, and one was to be tested."
}
$version = $package[0].BaseName -replace '^InboundProvisioning\.'
$isPrerelease = $version -like '*-*'

$repository = "InboundProvisioning-$([guid]::NewGuid().ToString('N'))"
$folder = (Resolve-Path -LiteralPath $PackageFolder).ProviderPath
if (Get-Command Install-PSResource -ErrorAction Ignore) {
    Register-PSResourceRepository -Name $repository -Uri $folder -Trusted
    try { Install-PSResource InboundProvisioning -Version $version -Prerelease:$isPrerelease -Repository $repository -Scope CurrentUser -Reinstall -Quiet }
    finally { Unregister-PSResourceRepository -Name $repository }
}
else {
    # What Windows PowerShell comes with.
    Register-PSRepository -Name $repository -SourceLocation $folder -InstallationPolicy Trusted
    try {
        $install = @{ Name = 'InboundProvisioning'; RequiredVersion = $version; Repository = $repository; Scope = 'CurrentUser'; Force = $true }
        if ($isPrerelease) {
            $install.AllowPrerelease = $true
        }
        Install-Module @install
    }
    finally { Unregister-PSRepository -Name $repository }
}

Import-Module $Pester
$data = @{ Version = $version; Emulator = $Emulator }
$configuration = New-PesterConfiguration
$configuration.Run.Container = New-PesterContainer -Path ([System.IO.Path]::Combine($PSScriptRoot, 'InstalledModule.Tests.ps1')) -Data $data
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
if (-not $Emulator) {
    $configuration.Filter.ExcludeTag = 'Emulator'
}
$run = Invoke-Pester -Configuration $configuration
if ($run.Result -ne 'Passed' -or $run.PassedCount -eq 0) {
    exit 1
}
