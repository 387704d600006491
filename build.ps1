<#
.SYNOPSIS
    Builds, tests or packages the module. For Windows PowerShell 5.1 and PowerShell 7; needs the .NET 10 SDK.

.EXAMPLE
    ./build.ps1
    Builds the solution; the module is in output/InboundProvisioning.

.EXAMPLE
    ./build.ps1 -Task Test -Configuration Release
    Runs all tests, those of Pester too.

.EXAMPLE
    ./build.ps1 -Task Build, Package -Configuration Release
    Builds, and packs output/InboundProvisioning into a zip file named with the version.
#>
[CmdletBinding()]
param (
    [ValidateSet('Build', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$moduleFolder = [System.IO.Path]::Combine($PSScriptRoot, 'output', 'InboundProvisioning')

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    Invoke-DotNet build (Join-Path $PSScriptRoot 'InboundProvisioning.sln') --configuration $Configuration
}

function Invoke-Test {
    Invoke-DotNet test (Join-Path $PSScriptRoot 'InboundProvisioning.sln') --configuration $Configuration
}

function Invoke-Package {
    $manifest = Import-PowerShellDataFile -Path (Join-Path $moduleFolder 'InboundProvisioning.psd1')
    $package = [System.IO.Path]::Combine($PSScriptRoot, 'output', "InboundProvisioning.$($manifest.ModuleVersion).zip")
    if (Test-Path -LiteralPath $package) {
        Remove-Item -LiteralPath $package
    }
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::CreateFromDirectory($moduleFolder, $package, 'Optimal', $true)
    Write-Host "Packed $package"
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
