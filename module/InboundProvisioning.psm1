# Loads the assemblies of this edition: the loader into the session, everything else into a load context of the module's own
# (PowerShell 7.4 and later) or behind a resolver scoped to the module's folder (Windows PowerShell 5.1).

# Gives the folder that holds the assemblies for an edition and version of PowerShell; throws where there is none.
# This file is read by every PowerShell that can import a module: its syntax stays that of 5.1.
function Get-AssemblyFolder {
    param (
        [string] $Edition,
        $Version,
        [int] $FrameworkRelease
    )

    if ($Edition -eq 'Core') {
        if ($Version -lt [version]'7.4') {
            throw "InboundProvisioning needs Windows PowerShell 5.1 or PowerShell 7.4 or later; this is PowerShell $Version."
        }
        return 'net8.0'
    }

    # 461808 is the release number of .NET Framework 4.7.2: https://learn.microsoft.com/dotnet/framework/install/how-to-determine-which-versions-are-installed
    if ($FrameworkRelease -lt 461808) {
        throw 'InboundProvisioning needs .NET Framework 4.7.2 or later in Windows PowerShell 5.1.'
    }
    'net472'
}

$release = 0
if ($PSVersionTable.PSEdition -ne 'Core') {
    $release = [Microsoft.Win32.Registry]::GetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full', 'Release', 0)
}
$folder = Get-AssemblyFolder -Edition $PSVersionTable.PSEdition -Version $PSVersionTable.PSVersion -FrameworkRelease $release

$loaderPath = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $folder, 'InboundProvisioning.Loader.dll')
Import-Module -Name $loaderPath -ErrorAction Stop
$cmdletAssembly = [InboundProvisioning.Loader.ModuleAssemblies]::Initialize()
$inner = Import-Module -Assembly $cmdletAssembly -PassThru -ErrorAction Stop

# A second import with -Force gets the already loaded assembly, whose cmdlets PowerShell then does not export again:
# https://github.com/PowerShell/PowerShell/issues/20710
$addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod(
    'AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    [void]$addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}
