<#
.SYNOPSIS
    Runs one file of Pester tests and writes a line of JSON for each of its tests.
#>
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
