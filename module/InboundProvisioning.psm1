# Loads the assemblies of this edition: the loader into the session, everything else into a load context of the module's own
# (PowerShell 7.4 and later) or behind a resolver scoped to the module's folder (Windows PowerShell 5.1).

$edition = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }

if ($edition -eq 'net8.0' -and $PSVersionTable.PSVersion -lt [version]'7.4') {
    throw "InboundProvisioning needs Windows PowerShell 5.1 or PowerShell 7.4 or later; this is PowerShell $($PSVersionTable.PSVersion)."
}
if ($edition -eq 'net472') {
    # 461808 is the release number of .NET Framework 4.7.2: https://learn.microsoft.com/dotnet/framework/install/how-to-determine-which-versions-are-installed
    $release = [Microsoft.Win32.Registry]::GetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full', 'Release', 0)
    if ($release -lt 461808) {
        throw 'InboundProvisioning needs .NET Framework 4.7.2 or later in Windows PowerShell 5.1.'
    }
}

$loaderPath = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $edition, 'InboundProvisioning.Loader.dll')
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
