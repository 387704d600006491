<#
.SYNOPSIS
    Runs files of Pester tests, one after the other, and leaves a file with a line of JSON for each of its tests.

.DESCRIPTION
    Each file has a session of its own, as in a process of its own, but for what all of a process share: that is put back after it. What takes
    most of the time of a process that lives for a second, to compile the code of PowerShell, Pester and the module, is done once.

    Processes that are given the same folder share the files: the one that first makes a file of its name takes it.

.PARAMETER List
    A file with the paths of the files, one a line.

.PARAMETER ResultFolder
    Where the results go, each as the name of its file with .jsonl.
#>
param ([string] $Pester, [string] $List, [string] $ResultFolder)

$ErrorActionPreference = 'Stop'

$run = {
    param ([string] $Pester, [string] $Path, [string] $ResultPath)

    $ErrorActionPreference = 'Stop'
    Import-Module $Pester

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $run = Invoke-Pester -Configuration $configuration

    # What failed outside a test (while tests were looked for, or in a BeforeAll or AfterAll) is a result of its own.
    $faults = @($run.Containers) + @($run.FailedBlocks) | Where-Object ErrorRecord
    $results = @($run.Tests) + $faults | ForEach-Object {
        [ordered]@{
            Name   = if ($_.ExpandedPath) { $_.ExpandedPath } else { 'the file as a whole' }
            Result = "$($_.Result)"
            Error  = ($_.ErrorRecord | ForEach-Object { "$_`n$($_.ScriptStackTrace)" }) -join "`n"
        } | ConvertTo-Json -Compress
    }
    Set-Content -LiteralPath $ResultPath -Value $results
}

$folder = [System.Environment]::CurrentDirectory
$variables = [System.Environment]::GetEnvironmentVariables()
foreach ($path in Get-Content -LiteralPath $List) {
    $name = Join-Path $ResultFolder (Split-Path $path -Leaf)
    try { [System.IO.File]::Open($name, [System.IO.FileMode]::CreateNew).Dispose() } catch [System.IO.IOException] { continue }

    # What the session of a console has.
    $session = [runspacefactory]::CreateRunspace($Host, [initialsessionstate]::CreateDefault2())
    $session.Open()
    $shell = [powershell]::Create($session)
    try {
        $null = $shell.AddScript($run).AddParameters(@{ Pester = $Pester; Path = $path; ResultPath = "$name.jsonl" }).Invoke()
    }
    catch {
        [Console]::Error.WriteLine("$path`: $_")
    }
    finally {
        $shell.Dispose()
        $session.Dispose()
        [System.Environment]::CurrentDirectory = $folder
        foreach ($variable in @([System.Environment]::GetEnvironmentVariables().Keys)) {
            if (-not $variables.Contains($variable)) { [System.Environment]::SetEnvironmentVariable($variable, $null) }
        }

        foreach ($variable in $variables.Keys) {
            [System.Environment]::SetEnvironmentVariable($variable, $variables[$variable])
        }
    }
}
