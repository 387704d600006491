#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Test-ScimAttributeMapping' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $samples = [System.IO.Path]::Combine($root, 'tests', 'Samples')
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
    }

    It 'answers True for the sample, by path and as data, also with its columns' {
        $psd1 = Join-Path $samples 'AttributeMapping.psd1'

        Test-ScimAttributeMapping -AttributeMapping $psd1 | Should -BeTrue
        Get-Item -LiteralPath $psd1 | Test-ScimAttributeMapping | Should -BeTrue
        Test-ScimAttributeMapping -AttributeMapping (Import-PowerShellDataFile -Path $psd1) | Should -BeTrue
        Test-ScimAttributeMapping -AttributeMapping $psd1 -Path (Join-Path $samples '*.csv') | Should -BeTrue
    }

    It 'answers False, with an error that names the path and the nearest name' {
        $answer = Test-ScimAttributeMapping @{ active = { $true }; name = @{ famliyName = 'Last' } } -ErrorAction SilentlyContinue -ErrorVariable findings

        $answer | Should -BeFalse
        $findings.Count | Should -Be 1
        $findings[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAttribute,*'
        "$($findings[0])" | Should -BeLike 'name.famliyName:*Did you mean familyName?'
    }

    It 'answers True, with a warning, where it can only doubt' {
        $answer = Test-ScimAttributeMapping @{ active = { $true }; 'urn:contoso:1.0:User' = @{ Badge = 'Badge' } } -WarningAction SilentlyContinue -WarningVariable warnings

        $answer | Should -BeTrue
        $warnings.Count | Should -Be 1
        "$($warnings[0])" | Should -BeLike 'urn:contoso:1.0:User: No schema*'
    }

    It 'answers False for a file without a column of the mapping' {
        $answer = Test-ScimAttributeMapping @{ externalId = 'Badge'; active = { $true } } -Path (Join-Path $samples 'workers-2.csv') -ErrorAction SilentlyContinue -ErrorVariable findings

        $answer | Should -BeFalse
        $findings[0].FullyQualifiedErrorId | Should -BeLike 'ColumnNotFound,*'
        "$($findings[0])" | Should -BeLike "*'Badge'*'WorkerID'*"
    }
}
