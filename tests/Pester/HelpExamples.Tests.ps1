#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Each example of a help page that shows what it prints, as it stands there.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Examples.ps1')
    $folder = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'en-US')
    $pages = Get-ChildItem $folder -Filter *.md | ForEach-Object {
        $isTopic = $_.BaseName -like 'about_*'
        $examples = @(if ($isTopic) { Get-PageExample $_.FullName } else { Get-PageExample $_.FullName '###' 'Examples' })
        $shown = @($examples | Where-Object { $_.Steps.Kind -contains 'output' -and $_.Steps.Kind -contains 'powershell' })
        if ($shown -or -not $isTopic) {
            @{ Name = $_.BaseName; IsTopic = $isTopic; Examples = $examples; Shown = $shown; Titles = @($shown | ForEach-Object { @{ Title = $_.Title } }) }
        }
    }
}

BeforeAll {
    'Emulator.ps1', 'Examples.ps1', 'HelpExamples.ps1' | ForEach-Object { . (Join-Path $PSScriptRoot $_) }
    Get-Module InboundProvisioning -All | Remove-Module -Force
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
    $stage = Start-HelpExample $TestDrive
}

AfterAll { Stop-HelpExample $stage }

Describe 'The page <Name>' -ForEach $pages {
    BeforeAll {
        $results = @(Invoke-HelpPage $Name $Shown $stage)
    }

    # Of a topic it is asked as well: it has no syntax and no parameters, but examples.
    It 'has three examples at least, two of them with what they print' {
        $Examples.Count | Should -BeGreaterOrEqual 3
        $Shown.Count | Should -BeGreaterOrEqual 2
    }

    It 'prints what it shows: <Title>' -ForEach $Titles {
        $found = @($results | Where-Object Title -EQ $Title)
        $found.Count | Should -BeGreaterThan 0
        foreach ($result in $found) {
            $expected, $printed = (ConvertTo-ComparableText $result.Expected), (ConvertTo-ComparableText $result.Printed)
            if ($expected -match '(?m)^\.\.\.$') {
                # A page that shows a part says so with a line of its own, for as many lines as there are.
                $pattern = ($expected -split '\n' | ForEach-Object { if ($_ -eq '...') { '(?:.*\n)*' } else { [regex]::Escape($_) + '\n' } }) -join ''
                "$printed`n" | Should -MatchExactly "^$pattern`$"
            } else {
                $printed | Should -BeExactly $expected
            }
        }
    }
}
