#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Each recipe of docs/recipes.md as it stands there.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Examples.ps1')
    $recipes = Get-PageExample ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'recipes.md')) | ForEach-Object { @{ Title = $_.Title; Recipe = $_ } }
    if ($recipes.Count -lt 10) { throw "docs/recipes.md has $($recipes.Count) recipes." }
}

Describe 'The recipe <Title>' -ForEach $recipes {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Examples.ps1')
        Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        Push-Location -LiteralPath (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
    }

    AfterAll { Pop-Location }

    It 'prints what the page shows' {
        $results = @(Invoke-PageExample $Recipe)
        $results.Count | Should -BeGreaterThan 0
        foreach ($result in $results) { $result.Printed | Should -Be $result.Expected }
    }
}
