#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Compare-ScimBulkPayload' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        $mapping = [ordered] @{ externalId = 'id'; userName = 'mail'; active = 'active'; name = [ordered] @{ givenName = 'first'; familyName = 'last' } }
        $old = Join-Path $TestDrive 'old [1]'
        $new = Join-Path $TestDrive 'new'
        $reordered = [ordered] @{ userName = 'mail'; externalId = 'id'; name = [ordered] @{ familyName = 'last'; givenName = 'first' }; active = 'active' }

        1..120 | ForEach-Object { [pscustomobject] @{ id = "a$_"; mail = "$_@contoso.com"; active = $true; first = 'Jo'; last = "Doe$_" } } |
            ConvertTo-ScimBulkPayload -AttributeMapping $mapping -OutputDirectory $old | Out-Null
        2..121 | ForEach-Object { [pscustomobject] @{ id = "A$_"; mail = "$_@contoso.com"; active = $_ -ne 7; first = 'Jo'; last = $(if ($_ -eq 9) { '' } else { "Doe$_" }) } } |
            ConvertTo-ScimBulkPayload -AttributeMapping $reordered -OutputDirectory $new -OperationsPerRequest 20 | Out-Null
    }

    It 'tells of folders who is new, gone and changed, in which attributes' {
        $differences = Compare-ScimBulkPayload $old $new

        @($differences | Where-Object Kind -ne 'Changed' | ForEach-Object { "$_" }) | Should -Be @('Added A121', 'Gone a1')
        $changed = $differences | Where-Object { $_.ExternalId -in 'A7', 'A9' }
        @($changed[0].Attributes | ForEach-Object { "$_" }) | Should -Contain "active: 'true' -> 'false'"
        @($changed[1].Attributes | ForEach-Object { "$_" }) | Should -Contain "name.familyName: 'Doe9' -> ''"
        ($differences | Where-Object ExternalId -eq 'A121').Attributes.NewValue | Should -Contain '121@contoso.com'
    }

    It 'takes the second from the pipeline, and says who is equal when asked' {
        $same = Get-ChildItem -LiteralPath $old | Get-Content -Raw | Compare-ScimBulkPayload $old -IncludeEqual

        $same.Count | Should -Be 120
        @($same.Kind | Select-Object -Unique) | Should -Be @('Equal')
        Get-ChildItem -LiteralPath $old | Get-Content -Raw | Compare-ScimBulkPayload $old | Should -BeNullOrEmpty
    }

    It 'says what cannot be compared, and compares the rest' {
        $broken = Join-Path $TestDrive 'broken.json'
        $first = (Get-ChildItem -LiteralPath $old)[0] | Get-Content -Raw
        Set-Content -LiteralPath $broken -Value ($first + "`n" + $first + "`n{ nonsense")
        $differences = Compare-ScimBulkPayload $broken $old -ErrorAction SilentlyContinue -ErrorVariable faults

        @($differences.Kind | Select-Object -Unique) | Should -Be @('Added')
        $differences.Count | Should -Be 70
        @($faults.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Select-Object -Unique) | Should -Be @('RepeatedRecord', 'PayloadNotJson')
    }

    It 'says that a folder has no payload' {
        $empty = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'empty')).FullName
        { Compare-ScimBulkPayload $empty $new } | Should -Throw -ErrorId 'PathNotFound,*'
    }
}
