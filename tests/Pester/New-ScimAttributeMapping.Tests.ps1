#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $headers = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', 'Headers'))
    $sets = Get-ChildItem -Path (Join-Path $headers '*' '*.txt') | ForEach-Object { @{ Name = $_.BaseName; File = $_.FullName } }
}

Describe 'New-ScimAttributeMapping' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        $workers = [System.IO.Path]::Combine($root, 'docs', 'samples', 'workers.csv')
        $quiet = @{ WarningAction = 'SilentlyContinue' }

        function Convert-Proposed([string] $csv, [string] $psd1) {
            # With the parameters that the mapping names. A status that it does not know rejects its row, which is an error of its own.
            $line = Get-Content -LiteralPath $psd1 | Where-Object { $_ -match 'ConvertTo-ScimBulkPayload' }
            $arguments = $line -replace '^.*<this file>'
            Invoke-Expression "ConvertTo-ScimBulkPayload -Path `$csv -AttributeMapping `$psd1 $arguments -WarningAction SilentlyContinue -ErrorAction SilentlyContinue" | ForEach-Object { ($_ | ConvertFrom-Json -DateKind String).Operations.data }
        }
    }

    It 'goes from the sample to users with the mapping that it writes' {
        $psd1 = Join-Path $TestDrive 'workers.psd1'

        $proposal = New-ScimAttributeMapping -Path $workers -OutputPath $psd1 @quiet

        $proposal[0].Attribute | Should -Be 'externalId'
        ($proposal | Where-Object Attribute -like '*manager.value').Column | Should -Be 'ManagerID'
        ($proposal | Where-Object { -not $_.Attribute }).Column | Should -Contain 'Custom01'
        Test-ScimAttributeMapping $psd1 -Path $workers @quiet | Should -BeTrue
        $users = @(Convert-Proposed $workers $psd1)
        $users.Count | Should -Be 1000
        $users[0].externalId | Should -Be '100000'
        $users[0].active | Should -BeTrue
        @($users | Where-Object { -not $_.active }).Count | Should -Be 102
        $users[0].name.familyName | Should -Be 'Jansen'
        $users[0].'urn:ietf:params:scim:schemas:extension:hr:1.0:User'.HireDate | Should -Be '2013-01-25T00:00:00Z'
        $users[0].'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'.manager.value | Should -Be '100000'
    }

    It 'writes a mapping for <Name> that passes and converts the file' -ForEach $sets {
        $text = Get-Content -LiteralPath $File -Encoding utf8
        $csv = Join-Path $TestDrive "$Name.csv"
        $psd1 = Join-Path $TestDrive "$Name.psd1"
        Set-Content -LiteralPath $csv -Value $text[($text.IndexOf('---') + 1)..($text.Count - 1)] -Encoding utf8

        New-ScimAttributeMapping $csv $psd1 @quiet | Out-Null

        $parameters = (Get-Content -LiteralPath $psd1 | Where-Object { $_ -match 'Test-ScimAttributeMapping' }) -replace '^.*<HR file>'
        Invoke-Expression "Test-ScimAttributeMapping `$psd1 -Path `$csv $parameters @quiet" | Should -BeTrue
        $users = @(Convert-Proposed $csv $psd1 2>$null)
        $users.Count | Should -BeGreaterThan 3
        foreach ($date in $users.'urn:ietf:params:scim:schemas:extension:hr:1.0:User' | ForEach-Object { $_.HireDate; $_.LeaveDate } | Where-Object { $_ }) {
            $date | Should -Match '^\d{4}-\d\d-\d\dT00:00:00Z$'
        }
    }

    It 'writes nothing with -WhatIf, and replaces a file only with -Force' {
        $psd1 = Join-Path $TestDrive 'there.psd1'
        New-ScimAttributeMapping $workers $psd1 -WhatIf @quiet | Should -Not -BeNullOrEmpty
        $psd1 | Should -Not -Exist
        Set-Content -LiteralPath $psd1 -Value 'mine'

        { New-ScimAttributeMapping $workers $psd1 @quiet } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content -LiteralPath $psd1 | Should -Be 'mine'
        New-ScimAttributeMapping $workers $psd1 -Force @quiet | Out-Null
        Test-ScimAttributeMapping $psd1 @quiet | Should -BeTrue
        Get-ChildItem -LiteralPath $TestDrive -Filter '*.new' | Should -BeNullOrEmpty
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a path that is not there'; Arguments = @{ Path = 'no.csv' }; Id = 'PathNotFound,*' }
        @{ Case = 'a folder'; Arguments = @{ Path = '.' }; Id = 'NotAFile,*' }
        @{ Case = 'a mapping that is no .psd1'; Arguments = @{ OutputPath = 'map.txt' }; Id = 'InvalidMappingPath,*' }
        @{ Case = 'a URN that is none'; Arguments = @{ ScimSchemaNamespace = 'contoso' }; Id = 'InvalidSchemaUrn,*' }
        @{ Case = 'an encoding that is none'; Arguments = @{ Encoding = 'nonsense' }; Id = 'UnknownEncoding,*' }
    ) {
        $all = @{ Path = $workers } + $quiet
        $Arguments.Keys | ForEach-Object { $all[$_] = $Arguments[$_] }

        { New-ScimAttributeMapping @all } | Should -Throw -ErrorId $Id
    }

    It 'takes files of Get-Item' {
        (Get-Item -LiteralPath $workers | New-ScimAttributeMapping @quiet)[0].Column | Should -Be 'WorkerID'
    }

    It 'maps columns whose names hold quotes, signs and blanks' {
        $csv = Join-Path $TestDrive 'quotes.csv'
        $psd1 = Join-Path $TestDrive 'quotes.psd1'
        $open, $close = [char] 0x2018, [char] 0x2019
        [pscustomobject] [ordered] @{ "Employee's ID" = 'E1'; "First$close Name" = 'Al'; "$open`Last Name$close" = 'Roth'; 'Hire $Date' = '13/04/2019'; "Employee ``Status" = "Ac'tive"; "Work 'E-mail'" = 'al@contoso.com' },
        [pscustomobject] [ordered] @{ "Employee's ID" = 'E2'; "First$close Name" = 'Bo'; "$open`Last Name$close" = 'Wolf'; 'Hire $Date' = ''; "Employee ``Status" = 'Active'; "Work 'E-mail'" = '' } |
            Export-Csv -LiteralPath $csv -NoTypeInformation -Encoding utf8

        New-ScimAttributeMapping $csv $psd1 @quiet | Out-Null
        $users = @(Convert-Proposed $csv $psd1 2>$null)

        $users.Count | Should -Be 1
        $users[0].externalId | Should -Be 'E2'
        $users[0].name.familyName | Should -Be 'Wolf'
        $users[0].active | Should -BeTrue
        (Get-Content -Raw -LiteralPath $psd1) | Should -BeLike '*E-mail*'
    }

    It 'says with -Verbose what it found of the file' {
        $csv = Join-Path $TestDrive 'title.csv'
        Set-Content -LiteralPath $csv -Value 'Workers', '', 'Employee ID;First Name', '1;Al', '2;Bo'

        $said = New-ScimAttributeMapping $csv -Verbose -WarningVariable warnings 4>&1 3>$null

        "$($said -match 'semicolons')" | Should -BeLike '*fields between semicolons, encoding utf8, header in line 3*'
        "$($warnings -match '-HeaderRow')" | Should -BeLike "*-Delimiter ';' -HeaderRow 3*"
    }

    Context 'a file that wants to be code' {
        BeforeAll {
            $ran = Join-Path $TestDrive 'ran.txt'
            $quotes = "'", [char] 0x2018, [char] 0x2019, [char] 0x201A, [char] 0x201B
            $attack = "; Set-Content -LiteralPath '$ran' -Value ran"
            $names = @(
                foreach ($quote in $quotes) { "Note$quote }$attack #" }
                '$(Set-Content ran.txt x) note'
                '`n" + (Set-Content ran.txt x) + "'
                '#> } Set-Content ran.txt x <#'
                "two`r`nSet-Content ran.txt x"
                '}) } @{ a = { Set-Content ran.txt x } }'
                '"@ Set-Content ran.txt x'
            )

            # In names of columns that are mapped, in those that are left over, and in the words of the status.
            function Write-Hostile([string] $name) {
                $csv = Join-Path $TestDrive 'hostile.csv'
                @(
                    [pscustomobject] [ordered] @{ 'Employee ID' = '1'; "Hire date $name" = '2013-01-25'; 'Employment status' = 'Active'; $name = 'x'; Department = $name }
                    [pscustomobject] [ordered] @{ 'Employee ID' = '2'; "Hire date $name" = '0000-00-00'; 'Employment status' = "Terminated $name"; $name = $name; Department = 'y' }
                ) | Export-Csv -LiteralPath $csv -NoTypeInformation -Encoding utf8
                $csv
            }

            function Get-Code([string] $psd1) {
                $errors = $null
                $file = [System.Management.Automation.Language.Parser]::ParseFile($psd1, [ref] $null, [ref] $errors)
                $errors | Should -BeNullOrEmpty
                $file
            }
        }

        It 'gets no code into the mapping, nor into what it runs: header and words <_>' -ForEach (0..10) {
            $csv = Write-Hostile $names[$_]
            $psd1 = Join-Path $TestDrive 'hostile.psd1'
            Push-Location -LiteralPath $TestDrive
            try {
                New-ScimAttributeMapping $csv $psd1 -Force @quiet | Out-Null
                New-ScimAttributeMapping $csv (Join-Path $TestDrive 'all.psd1') -ScimSchemaNamespace "urn:contoso:it's:1.0:User" -Force @quiet | Out-Null

                foreach ($mapping in $psd1, (Join-Path $TestDrive 'all.psd1')) {
                    $file = Get-Code $mapping
                    $file.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | Should -BeNullOrEmpty
                    $file.FindAll({ $args[0] -is [System.Management.Automation.Language.SubExpressionAst] -or $args[0] -is [System.Management.Automation.Language.ExpandableStringExpressionAst] }, $true) | Should -BeNullOrEmpty
                    Test-ScimAttributeMapping $mapping -Path $csv @quiet | Should -BeTrue
                    @(Convert-Proposed $csv $mapping).Count | Should -BeGreaterThan 0
                }

                $ran, (Join-Path $TestDrive 'ran.txt') | Should -Not -Exist
            }
            finally {
                Pop-Location
            }
        }
    }
}
