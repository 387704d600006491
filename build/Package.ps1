<#
.SYNOPSIS
    Packs a staged module: a package for Install-PSResource, a zip file for Azure Automation, a bill of materials and the sums of the three.
    For Windows PowerShell 5.1 and PowerShell 7.

.DESCRIPTION
    The same files in the same order make the same packages, byte for byte, on one system and SDK. Signed files are the exception: a
    signature has a time.

.PARAMETER ModuleFolder
    The module as the build has staged it.

.PARAMETER OutputFolder
    Where the packages go. What is there goes.

.PARAMETER Prerelease
    The label of a pre-release, such as preview1. Without it the manifest says whether it is one.

.PARAMETER Tag
    The tag of a release in place of -Prerelease: v and the version of the manifest, for a pre-release with its label behind a hyphen. Another
    one is an error. Empty is none.

.PARAMETER CertificateThumbprint
    The certificate that signs our own files, in the store of the user or the machine: Windows only. Without it nothing is signed.

.PARAMETER TimestampServer
    The URL of the server that dates the signatures. Without it they end with the certificate.
#>
[CmdletBinding()]
param (
    [string] $ModuleFolder = [System.IO.Path]::Combine($PSScriptRoot, '..', 'output', 'InboundProvisioning'),
    [string] $OutputFolder = [System.IO.Path]::Combine($PSScriptRoot, '..', 'output', 'package'),
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',
    [string] $Prerelease,
    [string] $Tag,
    [string] $CertificateThumbprint = $env:CODE_SIGNING_THUMBPRINT,
    [string] $TimestampServer = $env:CODE_SIGNING_TIMESTAMP_SERVER
)

$ErrorActionPreference = 'Stop'
$root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..'))
$ModuleFolder, $OutputFolder = $ModuleFolder, $OutputFolder | ForEach-Object { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($_) }
$project = [System.IO.Path]::Combine($root, 'module', 'InboundProvisioning.Module.csproj')
$assets = [System.IO.Path]::Combine($root, 'module', 'obj', 'project.assets.json')
$packager = [System.IO.Path]::Combine($root, 'tools', 'InboundProvisioning.Packager', 'bin', $Configuration, 'net10.0', 'InboundProvisioning.Packager.dll')
$work = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "InboundProvisioning-package-$([guid]::NewGuid().ToString('N'))")
$staging = [System.IO.Path]::Combine($work, 'InboundProvisioning')

function Invoke-DotNet {
    $output = & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE. $($output -join [Environment]::NewLine)"
    }
    $output
}

# Our own files only: those of packages are as their makers have left them.
function Set-Signature([string] $Folder) {
    if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
        throw 'Signing takes Windows: Set-AuthenticodeSignature is not elsewhere. Leave -CertificateThumbprint and CODE_SIGNING_THUMBPRINT out to pack unsigned.'
    }
    $certificate = Get-ChildItem "Cert:\CurrentUser\My\$CertificateThumbprint", "Cert:\LocalMachine\My\$CertificateThumbprint" -ErrorAction Ignore |
        Where-Object HasPrivateKey | Select-Object -First 1
    if (-not $certificate) {
        throw "There is no certificate with a private key and the thumbprint '$CertificateThumbprint' in CurrentUser\My or LocalMachine\My."
    }
    $signing = @{ Certificate = $certificate; HashAlgorithm = 'SHA256'; IncludeChain = 'NotRoot' }
    if ($TimestampServer) {
        $signing.TimestampServer = $TimestampServer
    }
    Get-ChildItem -LiteralPath $Folder -Recurse -File |
        Where-Object { $_.Name -like 'InboundProvisioning*' -and $_.Extension -in '.psd1', '.psm1', '.ps1xml', '.dll' } |
        ForEach-Object {
            $signature = Set-AuthenticodeSignature -LiteralPath $_.FullName @signing
            if ($signature.Status -ne 'Valid') {
                throw "$($_.Name) was not signed: $($signature.StatusMessage)"
            }
        }
}

if (-not (Test-Path -LiteralPath $packager)) {
    throw "The packager is not built: ./build.ps1 -Task Build, Package -Configuration $Configuration"
}

if ($Tag) {
    $version = (Import-PowerShellDataFile -LiteralPath ([System.IO.Path]::Combine($ModuleFolder, 'InboundProvisioning.psd1'))).ModuleVersion
    if ($Tag -cnotmatch "^v$([regex]::Escape($version))(-(?<label>.+))?$") {
        throw "The tag $Tag is not that of version ${version}: the manifest is the one place that states the version, so change it there, or tag v$version."
    }
    $Prerelease = $Matches['label']
}

# The tools are those of .config/dotnet-tools.json, which dotnet looks for from the current folder upwards.
Push-Location -LiteralPath $root
try {
    $stage = @($packager, 'stage', $ModuleFolder, $assets, $staging)
    if ($Prerelease) {
        $stage += $Prerelease
    }
    Invoke-DotNet @stage
    if ($CertificateThumbprint) {
        Set-Signature $staging
    }

    # What the module's project has restored, as it was restored; which of it ships is found out by the packager.
    $null = Invoke-DotNet tool restore
    $null = Invoke-DotNet tool run dotnet-CycloneDX '--' $project --output $work --filename restored.json --output-format Json --no-serial-number --disable-package-restore --include-license-text
    Invoke-DotNet $packager pack $staging $assets ([System.IO.Path]::Combine($work, 'restored.json')) $OutputFolder
}
finally {
    Pop-Location
    if (Test-Path -LiteralPath $work) {
        Remove-Item -LiteralPath $work -Recurse -Force
    }
}
