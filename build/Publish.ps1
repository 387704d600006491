<#
.SYNOPSIS
    Publishes a package that was built and tested to the PowerShell Gallery, or to the repository that is named. PSResourceGet 1.1 or later.

.PARAMETER PackageFolder
    The folder with the package.

.PARAMETER Repository
    A repository that is registered.
#>
[CmdletBinding(SupportsShouldProcess)]
param (
    [Parameter(Mandatory)] [string] $PackageFolder,
    [string] $Repository = 'PSGallery'
)

$ErrorActionPreference = 'Stop'
$package = @(Get-ChildItem -LiteralPath $PackageFolder -Filter 'InboundProvisioning.*.nupkg')
if ($package.Count -ne 1) {
    throw "'$PackageFolder' has $($package.Count) packages, and one was to be published."
}

$publish = @{ NupkgPath = $package[0].FullName; Repository = $Repository }
if ($env:PSGALLERY_API_KEY) {
    $publish.ApiKey = $env:PSGALLERY_API_KEY
}
elseif ($Repository -eq 'PSGallery') {
    throw 'PSGALLERY_API_KEY is not set: the gallery takes no package without its key.'
}
if ($PSCmdlet.ShouldProcess($Repository, "Publish $($package[0].Name)")) {
    Publish-PSResource @publish
}
