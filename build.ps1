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
    Builds, and leaves in output/package a package for Install-PSResource, a zip file for Azure Automation, a bill of materials and the
    sums of the three. With -Prerelease preview1 they are those of a pre-release; with -CertificateThumbprint, on Windows, our own files in
    them are signed.
#>
[CmdletBinding()]
param (
    [ValidateSet('Build', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Prerelease,

    [string] $Tag,

    [string] $CertificateThumbprint = $env:CODE_SIGNING_THUMBPRINT
)

$ErrorActionPreference = 'Stop'

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
    $package = [System.IO.Path]::Combine($PSScriptRoot, 'build', 'Package.ps1')
    & $package -Configuration $Configuration -Prerelease $Prerelease -Tag $Tag -CertificateThumbprint $CertificateThumbprint
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
