#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Show-ScimUser' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        $samples = [System.IO.Path]::Combine($root, 'docs', 'samples')
        $csv = Join-Path $samples 'workers.csv'
        $map = Join-Path $samples 'AttributeMapping.psd1'
        $small = Join-Path $TestDrive 'small.csv'
        Set-Content -LiteralPath $small -Value 'Id,Status', 'a1,Active', 'b2,Left', 'A1,Left', 'c3,Active,1', 'd4,Active'
        $mapping = @{ externalId = 'Id'; active = { $_.Status -eq 'Active' } }
    }

    It 'shows the first row, or as many as are asked for' {
        $one = Show-ScimUser $csv $map
        ($one | Where-Object Attribute -eq 'userName').Value | Should -Be 'EMP100000@contoso.com'
        @($one.ExternalId | Select-Object -Unique) | Should -Be @('100000')
        @((Show-ScimUser $csv $map -First 3).ExternalId | Select-Object -Unique) | Should -Be @('100000', '100001', '100002')
    }

    It 'shows a person, and says of one who is nobody' {
        $shown = Show-ScimUser $csv $map -ExternalId 100500, nobody -ErrorAction SilentlyContinue -ErrorVariable faults
        @($shown.Row | Select-Object -Unique) | Should -Be @(501)
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
        $faults[0].Exception.Message | Should -BeLike "*'nobody'*"
    }

    It 'has the script block and what it read' {
        $active = Show-ScimUser $csv $map -ExternalId 100001 | Where-Object Attribute -eq 'active'
        $active.Origin | Should -Be 'Script'
        $active.Mapping | Should -Be '{ $_.WorkerStatus -eq ''Active'' }'
        "$($active.Columns)" | Should -Be "WorkerStatus 'Active'"
        $active.Json | Should -Be 'true'
    }

    It 'shows all rows of a person who has several, with a warning' {
        $shown = Show-ScimUser $small $mapping -ExternalId A1 -WarningAction SilentlyContinue -WarningVariable warnings
        @($shown | Where-Object Attribute -eq 'active').Value | Should -Be @('true', 'false')
        "$warnings" | Should -BeLike '2 rows*row 1 (small.csv, line 2); row 3 (small.csv, line 4)*'
    }

    It 'shows rows by number, and what is wrong with one that cannot be read' {
        $shown = Show-ScimUser $small $mapping -Row 5, 4, 99 -ErrorAction SilentlyContinue -ErrorVariable faults
        @($shown.ExternalId | Select-Object -Unique) | Should -Be @('d4')
        $faults.Count | Should -Be 2
        $faults[0].Exception.Message | Should -BeLike 'Row 4 (small.csv, line 5): *'
        $faults[1].Exception.Message | Should -BeLike '*5 rows*99*'
    }

    It 'takes records of the pipeline, and ends early' {
        $shown = Import-Csv $csv | Show-ScimUser -AttributeMapping $map -ExternalId 100007
        ($shown | Where-Object Attribute -eq 'externalId').Place | Should -Be 'input object 8'
        @(@{ Id = 'x'; Status = 'Active' }, @{ Id = 'y'; Status = 'Left' } | Show-ScimUser -AttributeMapping $mapping).ExternalId | Should -Be @('x', 'x')
    }

    It 'has a problem where a run would stop or reject the row' {
        $problems = Show-ScimUser $csv @{ externalId = 'WorkerID'; active = 'WorkerStatus'; title = 'Job'; nme = 'FullName' } -WarningAction SilentlyContinue | Where-Object Problems
        @($problems.Attribute) | Should -Be @('title', 'active', 'nme')
    }

    It 'fits on a console, with what is wrong marked' {
        $lines = Show-ScimUser $csv @{ externalId = 'WorkerID'; active = 'WorkerStatus' } | Out-String -Width 80 -Stream
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -join "`n" | Should -Match '! The value'
    }

    It 'asks for a source' {
        { Show-ScimUser -AttributeMapping $mapping } | Should -Throw -ErrorId 'NoInput,*'
    }
}
