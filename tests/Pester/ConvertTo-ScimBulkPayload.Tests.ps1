#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'ConvertTo-ScimBulkPayload' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $samples = [System.IO.Path]::Combine($root, 'tests', 'Samples')
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))

        $mapping = [ordered]@{
            externalId = 'Id'
            userName   = { "$($_.Id)@contoso.example" }
            active     = { $_.Status -eq 'Active' }
            name       = @{ givenName = 'First' }
        }
        $csv = Join-Path $TestDrive 'workers.csv'
        Set-Content -LiteralPath $csv -Encoding UTF8 -Value @('Id,Status,First', '1,Active,Ann', '2,Left,"Bob ""B"" B"', '3,active,')

        function Get-User([string[]] $Request) {
            foreach ($json in $Request) {
                ($json | ConvertFrom-Json).Operations | ForEach-Object { $_.data }
            }
        }
    }

    It 'turns a file into a bulk request' {
        $request = ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping | ConvertFrom-Json

        $request.schemas | Should -Be 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
        $request.PSObject.Properties.Name | Should -Be 'schemas', 'Operations', 'failOnErrors'
        $request.failOnErrors | Should -BeNullOrEmpty
        $request.Operations.Count | Should -Be 3
        $request.Operations[1].method | Should -Be 'POST'
        $request.Operations[1].path | Should -Be '/Users'
        $request.Operations[1].bulkId | Should -Be '2'
        $request.Operations[1].data.userName | Should -Be '2@contoso.example'
        $request.Operations[1].data.name.givenName | Should -Be 'Bob "B" B'
        $request.Operations.data.active | Should -Be $true, $false, $true
        $request.Operations[2].data.name.givenName | Should -BeExactly ''
    }

    It 'makes the same of Import-Csv and of the file' {
        $fromFile = ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping

        Import-Csv -LiteralPath $csv | ConvertTo-ScimBulkPayload -AttributeMapping $mapping | Should -BeExactly $fromFile
    }

    It 'makes the same of a .psd1 by its path and by Import-PowerShellDataFile' {
        $sample = Join-Path $samples 'workers-2.csv'
        $psd1 = Join-Path $samples 'AttributeMapping.psd1'
        $byPath = Get-User (ConvertTo-ScimBulkPayload -Path $sample -AttributeMapping $psd1)
        $byData = Get-User (ConvertTo-ScimBulkPayload -Path $sample -AttributeMapping (Import-PowerShellDataFile -Path $psd1))

        $byData.Count | Should -Be 2
        foreach ($i in 0, 1) {
            foreach ($name in 'externalId', 'userName', 'displayName', 'title', 'active') {
                $byData[$i].$name | Should -BeExactly $byPath[$i].$name
            }
            $byData[$i].name.familyName | Should -BeExactly $byPath[$i].name.familyName
            $enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
            $byData[$i].$enterprise.manager.value | Should -BeExactly $byPath[$i].$enterprise.manager.value
            $byData[$i].phoneNumbers[0].value | Should -BeExactly $byPath[$i].phoneNumbers[0].value
            $byData[$i].active | Should -BeOfType [bool]
            $byData[$i].addresses[0].type | Should -Be 'work'
        }
    }

    It 'rejects the repeated workers of a thousand and keeps them' {
        $rejects = Join-Path $TestDrive 'rejects.csv'
        $requests = @(ConvertTo-ScimBulkPayload -Path (Join-Path $samples 'workers-1000.csv') -AttributeMapping (
                Join-Path $samples 'AttributeMapping.psd1') -RejectPath $rejects -ErrorAction SilentlyContinue -ErrorVariable rowErrors -WarningVariable warnings -WarningAction SilentlyContinue)

        $requests.Count | Should -Be 13
        @(Get-User $requests).Count | Should -Be 624
        $rowErrors.Count | Should -Be 101
        $rowErrors[100].FullyQualifiedErrorId | Should -Match '^FurtherRejectedRows,'
        $rowErrors[100].Exception.Message | Should -Match '^276 further rows'
        $warnings | Should -Match '^376 of 1,000 rows were rejected: 376 DuplicateExternalId'
        $kept = @(Import-Csv -LiteralPath $rejects)
        $kept.Count | Should -Be 376
        $kept[0].RejectReason | Should -Match 'workers-1000.csv, line \d+, attribute externalId'
    }

    It 'can be redirected into a file' {
        $payload = Join-Path $TestDrive 'payload.json'
        ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping > $payload

        (Get-Content -Raw -LiteralPath $payload | ConvertFrom-Json).Operations.Count | Should -Be 3
    }

    It 'takes wildcards and files from Get-ChildItem' {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'several')
        foreach ($id in 11, 12) {
            Set-Content -LiteralPath (Join-Path $folder "$id.csv") -Encoding UTF8 -Value @('Id,Status,First', "$id,Active,Ann")
        }

        (Get-User (ConvertTo-ScimBulkPayload -Path (Join-Path $folder '*.csv') -AttributeMapping $mapping)).externalId | Should -Be '11', '12'
        (Get-User (Get-ChildItem -LiteralPath $folder | ConvertTo-ScimBulkPayload -AttributeMapping $mapping)).externalId | Should -Be '11', '12'
        Push-Location $folder
        try {
            (Get-User (ConvertTo-ScimBulkPayload 12.csv $mapping)).externalId | Should -Be '12'
        }
        finally {
            Pop-Location
        }
    }

    It 'stops early when the next command wants no more' {
        $first = @(ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping -OperationsPerRequest 1 | Select-Object -First 1)

        $first.Count | Should -Be 1
        (Get-User $first).externalId | Should -Be '1'
    }

    It 'sees the variables of the function that calls it' {
        function Convert-Worker {
            $domain = 'fabrikam.example'
            ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping @{ externalId = 'Id'; active = { $true }; userName = { $_.Id + '@' + $domain } }
        }

        (Get-User (Convert-Worker)).userName | Should -Be '1@fabrikam.example', '2@fabrikam.example', '3@fabrikam.example'
    }

    It 'reports a failing script block for its row and goes on' {
        $users = Get-User (ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping @{
                externalId = 'Id'; active = { $true }; title = { if ($_.Id -eq 2) { Get-Item -LiteralPath (Join-Path $TestDrive 'none') } else { 'ok' } }
            } -ErrorAction SilentlyContinue -ErrorVariable rowErrors -WarningAction SilentlyContinue)

        $users.externalId | Should -Be '1', '3'
        $rowErrors[-1].FullyQualifiedErrorId | Should -BeLike 'ScriptBlockFailed,*'
        "$($rowErrors[-1])" | Should -BeLike 'workers.csv, line 3, attribute title:*'
    }

    It 'writes nothing when a column of the mapping is missing, and proposes the delimiter' {
        $semicolons = Join-Path $TestDrive 'semicolons.csv'
        Set-Content -LiteralPath $semicolons -Encoding UTF8 -Value @('Id;Status;First', '1;Active;Ann')
        $out = Join-Path $TestDrive 'never'

        { ConvertTo-ScimBulkPayload -Path $semicolons -AttributeMapping $mapping -OutputDirectory $out -ErrorAction Stop } |
            Should -Throw -ErrorId 'ColumnNotFound,*' -ExpectedMessage "*-Delimiter ';'*"
        Test-Path -LiteralPath $out | Should -BeFalse
        @(Get-User (ConvertTo-ScimBulkPayload -Path $semicolons -AttributeMapping $mapping -Delimiter ';')).Count | Should -Be 1
    }

    It 'writes files into a directory and refuses to mix two runs' {
        $out = Join-Path $TestDrive 'out'
        $files = @(ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping -OutputDirectory $out -OperationsPerRequest 2)

        $files.Name | Should -Be 'BulkRequest-000001.json', 'BulkRequest-000002.json'
        (Get-User ($files | ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName })).externalId | Should -Be '1', '2', '3'
        { ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping -OutputDirectory $out -ErrorAction Stop } |
            Should -Throw -ErrorId 'OutputDirectoryNotEmpty,*'
        ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping -OutputDirectory $out -Force -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem -LiteralPath $out).Count | Should -Be 2
        $null = ConvertTo-ScimBulkPayload -Path $csv -AttributeMapping $mapping -OutputDirectory $out -Force
        (Get-ChildItem -LiteralPath $out).Name | Should -Be 'BulkRequest-000001.json'
    }

    It 'takes DataRows and hashtables' {
        $table = New-Object System.Data.DataTable
        'Id', 'Status', 'First' | ForEach-Object { [void]$table.Columns.Add($_) }
        [void]$table.Rows.Add('21', 'Active', 'Ann')

        $user = Get-User ($table.Rows | ConvertTo-ScimBulkPayload -AttributeMapping $mapping)
        $user.externalId | Should -Be '21'
        $user.active | Should -BeTrue
        $user = Get-User (@{ Id = 22; Status = 'Left'; First = 'Bob' } | ConvertTo-ScimBulkPayload -AttributeMapping $mapping)
        $user.externalId | Should -BeExactly '22'
        $user.active | Should -BeFalse
    }

    It 'offers encodings for -Encoding' {
        $command = 'ConvertTo-ScimBulkPayload -Path x -Encoding '
        (TabExpansion2 -inputScript $command -cursorColumn $command.Length).CompletionMatches.Count | Should -BeGreaterThan 3
    }
}
