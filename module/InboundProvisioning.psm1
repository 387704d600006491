# Loads the assemblies of this edition: the loader into the session, everything else into a load context of the module's own
# (PowerShell 7.4 and later) or behind a resolver scoped to the module's folder (Windows PowerShell 5.1).

# Gives the folder that holds the assemblies for an edition and version of PowerShell; throws where there is none.
# This file is read by every PowerShell that can import a module: its syntax stays that of 5.1.
function Get-AssemblyFolder {
    param ($Edition, $Version, $FrameworkRelease)

    if ($Edition -eq 'Core') {
        $isOlder = $Version.Major -lt 7 -or ($Version.Major -eq 7 -and $Version.Minor -lt 4)
        if ($isOlder -or ($Version.PreReleaseLabel -and $Version -lt [version]'7.4')) {
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
if ($PSEdition -ne 'Core') {
    $release = [Microsoft.Win32.Registry]::GetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full', 'Release', 0)
}
$folder = Get-AssemblyFolder -Edition $PSEdition -Version $PSVersionTable.PSVersion -FrameworkRelease $release

# The first import in a process is the one that somebody waits for: each kind of statement here costs it some milliseconds.
$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/$folder/InboundProvisioning.Loader.dll")
$isRepeated = [InboundProvisioning.Loader.ModuleAssemblies]::IsInitialized
$inner = Import-Module -Assembly ([InboundProvisioning.Loader.ModuleAssemblies]::Initialize()) -PassThru -ErrorAction Stop

# A later import, with -Force or in another runspace, gets the already loaded assembly, whose cmdlets PowerShell then does not export again:
# https://github.com/PowerShell/PowerShell/issues/20710
if ($isRepeated) {
    $addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod(
        'AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
        [void]$addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}
