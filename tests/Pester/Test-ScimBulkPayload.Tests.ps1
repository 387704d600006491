#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Test-ScimBulkPayload' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Emulator.ps1'))
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $samples = [System.IO.Path]::Combine($root, 'docs', 'samples')
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        $map = @{
            externalId = 'id'; userName = 'upn'; active = { $true }; displayName = 'name'; title = 'title'
            'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{ department = 'unit'; manager = @{ value = 'boss' } }
        }
        function New-Payload {
            $input | ForEach-Object {
                $person = [ordered] @{ id = '1'; upn = "u$($_.id)@contoso.com"; name = 'Somebody'; title = 'Clerk'; unit = 'Sales'; boss = '' }
                foreach ($key in $_.Keys) { $person[$key] = $_[$key] }
                [pscustomobject] $person
            } | ConvertTo-ScimBulkPayload -AttributeMapping $map -WarningAction SilentlyContinue
        }
        $bad = @{ id = '1' }, @{ id = '2'; unit = 'x' * 65 }, @{ id = '3'; upn = 'josé@contoso.com' }, @{ id = '4'; boss = '9' } | New-Payload
        $good = @{ id = '1' }, @{ id = '2'; boss = '1' } | New-Payload
        $sample = ConvertTo-ScimBulkPayload (Join-Path $samples 'workers.csv') (Join-Path $samples 'AttributeMapping.psd1')
    }

    It 'says of a path on a drive that is not there what Send-ScimBulkPayload says' {
        Test-ScimBulkPayload Nowhere:/x -Quiet -ErrorAction SilentlyContinue -ErrorVariable faults | Should -BeFalse
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'PathInvalid,*'
    }

    It 'finds no error in the sample, by the pipeline' {
        $sample | Test-ScimBulkPayload -Quiet | Should -BeTrue
        $sample | Test-ScimBulkPayload -Severity Error | Should -BeNullOrEmpty
        $sample | Test-ScimBulkPayload -Target ActiveDirectory -Quiet | Should -BeTrue
    }

    It 'finds no error in the sample of the reference script, whose sign-in names have no domain' {
        $file = [System.IO.Path]::Combine($root, 'tests', 'Samples', 'csv-with-1000-records.csv')
        if (-not (Test-Path $file)) {
            $file = (Get-ChildItem ([System.IO.Path]::Combine($root, 'tests', 'Samples')) -Filter *.csv | Sort-Object Length | Select-Object -Last 1).FullName
        }
        ConvertTo-ScimBulkPayload $file ([System.IO.Path]::Combine($root, 'tests', 'Samples', 'AttributeMapping.psd1')) -RepeatedRecord First -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Test-ScimBulkPayload -Severity Error | Should -BeNullOrEmpty
    }

    It 'gives findings as objects, with rule, attribute, place and remedy' {
        $found = $bad | Test-ScimBulkPayload

        $found.RuleName | Should -Be 'ValueTooLong', 'UserNameCharacter', 'ManagerUnknown'
        $found.ExternalId | Should -Be '2', '3', '4'
        "$($found.Severity)" | Should -Be 'Error Error Warning'
        $found[0].Attribute | Should -Be 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'
        $found[0].TargetAttribute | Should -Be 'department'
        $found[0].Operation | Should -Be 2
        $found | ForEach-Object { $_.Remedy | Should -Not -BeNullOrEmpty; $_.HelpUri | Should -BeLike 'https://*' }
        $bad | Test-ScimBulkPayload -Quiet | Should -BeFalse
    }

    It 'takes files by wildcard, as they are, and from the pipeline, and the lines of one' {
        $path = Join-Path $TestDrive '[bad].json'
        [System.IO.File]::WriteAllText($path, $bad -join "`n")

        (Test-ScimBulkPayload -LiteralPath $path).Count | Should -Be 3
        (Get-Item -LiteralPath $path | Test-ScimBulkPayload).Count | Should -Be 3
        (Test-ScimBulkPayload (Join-Path $TestDrive '*.json')).Source | Select-Object -First 1 | Should -Be $path
        (Get-Content -LiteralPath $path | Test-ScimBulkPayload).Count | Should -Be 3
    }

    It 'leaves out rules and severities that are not wanted' {
        ($bad | Test-ScimBulkPayload -ExcludeRule UserName*, ManagerUnknown).RuleName | Should -Be 'ValueTooLong'
        ($bad | Test-ScimBulkPayload -Severity Warning).RuleName | Should -Be 'ManagerUnknown'
        { $bad | Test-ScimBulkPayload -ExcludeRule Nonsense } | Should -Throw -ErrorId 'RuleNotFound,*'
    }

    It 'says what it cannot read, and checks the others' {
        $found = 'nonsense', $bad | ForEach-Object { $_ } | Test-ScimBulkPayload -ErrorAction SilentlyContinue -ErrorVariable faults

        $faults[0].FullyQualifiedErrorId | Should -BeLike 'PayloadNotJson,*'
        $found.Count | Should -Be 3
        Test-ScimBulkPayload (Join-Path $TestDrive 'none.json') -Quiet -ErrorAction SilentlyContinue -ErrorVariable faults | Should -BeFalse
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }

    It 'goes by the domains that are given' {
        ($good | Test-ScimBulkPayload -VerifiedDomain fabrikam.com).RuleName | Select-Object -Unique | Should -Be 'UserNameDomain'
        $good | Test-ScimBulkPayload -VerifiedDomain Contoso.com -Quiet | Should -BeTrue
    }

    It 'streams: the first finding comes before the last record' {
        $count = 0
        $first = & { foreach ($i in 1..100) { $script:count = $i; $bad } } | Test-ScimBulkPayload | Select-Object -First 1

        $first.RuleName | Should -Be 'ValueTooLong'
        $script:count | Should -Be 1
    }

    It 'prints what its page says' {
        . (Join-Path $PSScriptRoot 'Examples.ps1')
        Copy-Item (Join-Path $samples '*.csv'), (Join-Path $samples '*.psd1') $TestDrive
        Push-Location $TestDrive
        try {
            $examples = Get-PageExample ([System.IO.Path]::Combine($root, 'docs', 'en-US', 'Test-ScimBulkPayload.md')) '###' | Where-Object { $_.Steps.Kind -contains 'output' }
            $examples.Count | Should -BeGreaterOrEqual 3
            foreach ($example in $examples) {
                foreach ($output in Invoke-PageExample $example) { $output.Printed | Should -Be $output.Expected -Because $example.Title }
            }
        }
        finally { Pop-Location }
    }

    Context 'with a connection' {
        BeforeAll {
            $emulator = Start-Emulator '--roles', 'SynchronizationData-User.Upload,Synchronization.ReadWrite.All,Domain.Read.All', '--verified-domains', 'fabrikam.com'
            $signIn = Get-EmulatorSignIn $emulator.Address
            Connect-InboundProvisioning @signIn
        }

        AfterAll {
            Disconnect-InboundProvisioning
            Stop-Emulator $emulator
        }

        It 'asks the tenant for its verified domains' {
            ($good | Test-ScimBulkPayload).RuleName | Select-Object -Unique | Should -Be 'UserNameDomain'
            $good | Test-ScimBulkPayload -VerifiedDomain contoso.com -Quiet | Should -BeTrue
        }

        It 'goes by the mappings of the job, and not by those of a new one' {
            $schema = Export-ProvisioningSchema | ConvertFrom-Json
            $mappings = $schema.synchronizationRules[0].objectMappings[0].attributeMappings
            ($mappings | Where-Object targetAttributeName -EQ 'department').source.type = 'Function'
            ($mappings | Where-Object targetAttributeName -EQ 'jobTitle').source.name = 'title'
            $text = $schema | ConvertTo-Json -Depth 30
            $long = @{ id = '1'; unit = 'x' * 65; title = 'x' * 129 } | New-Payload

            ($long | Test-ScimBulkPayload -VerifiedDomain contoso.com).TargetAttribute | Should -Be 'jobTitle', 'department'
            ($long | Test-ScimBulkPayload -VerifiedDomain contoso.com -ProvisioningSchema $text).TargetAttribute | Should -Be 'jobTitle'
        }
    }

    Context 'before the nightly run sends' {
        BeforeAll {
            $emulator = Start-Emulator '--roles', 'SynchronizationData-User.Upload,Synchronization.Read.All,Domain.Read.All,ProvisioningLog.Read.All', '--verified-domains', 'contoso.com'
            $signIn = Get-EmulatorSignIn $emulator.Address
            Connect-InboundProvisioning @signIn
            $state = Join-Path $TestDrive 'contoso.db'
            $people = 1..12 | ForEach-Object {
                [pscustomobject] @{ id = "$_"; upn = "u$_@contoso.com"; name = 'Somebody'; title = 'Clerk'; unit = 'Sales'; boss = '' }
            }
        }

        AfterAll {
            Disconnect-InboundProvisioning
            Stop-Emulator $emulator
        }

        It 'holds back what the service would refuse, names it with the remedy, and sends the others' {
            $people[2].upn = 'u3@unverified.example'
            $people[3].unit = 'x' * 65
            $people[4].title = ' Clerk'

            $plan = $people | Get-ProvisioningPlan -AttributeMapping $map -StatePath $state
            $report = Join-Path $TestDrive 'report.md'
            $result = $people | Sync-InboundProvisioning -AttributeMapping $map -StatePath $state -Initial -ReportPath $report -WarningAction SilentlyContinue -WarningVariable warnings

            $plan.Held | Should -Be 2
            "$($result.Status) $($result.ExitCode) $($result.Held) $($result.Accepted) $($result.Warnings)" | Should -Be 'Completed 4 2 10 1'
            ($result.Findings | Sort-Object ExternalId).RuleName | Should -Be 'UserNameDomain', 'ValueTooLong', 'WhiteSpaceAround'
            $warnings -like "'3' is held back*unverified.example*UserNameDomain*" | Should -Not -BeNullOrEmpty
            (Get-ProvisioningState $state -Status HeldBack | Sort-Object ExternalId).Reason | Should -BeLike 'the service would refuse it:*'
            Get-Content -Raw $report | Should -Match '(?s)UserNameDomain.*verify this one in the tenant.*WhiteSpaceAround'
        }

        It 'asks nothing of the tenant on a night without changes, and tells nothing again' {
            $same = $people | Where-Object { $_.id -notin '3', '4' }
            $result = $same | Sync-InboundProvisioning -AttributeMapping $map -StatePath $state -WarningAction SilentlyContinue -Verbose 4>&1

            $result[-1].Status | Should -Be 'NothingToDo'
            $result[-1].Findings.Count | Should -Be 0
        }

        It 'sends who is not active whatever is found, and all with -ExcludeRule *' {
            $leaver = @{} + $map
            $leaver.active = { $_.id -ne '1' }
            $people[0].unit = 'x' * 65
            $result = $people | Sync-InboundProvisioning -AttributeMapping $leaver -StatePath $state -WarningAction SilentlyContinue -WarningVariable warnings
            "$($result.Held) $($result.Accepted)" | Should -Be '2 1'
            $warnings -like "'1' is not active, and goes although*" | Should -Not -BeNullOrEmpty

            $result = $people | Sync-InboundProvisioning -AttributeMapping $leaver -StatePath $state -ExcludeRule * -WarningAction SilentlyContinue
            "$($result.Held) $($result.Accepted)" | Should -Be '0 2'
        }
    }

    Context 'with a connection that may not read either' {
        BeforeAll {
            $emulator = Start-Emulator '--roles', 'SynchronizationData-User.Upload'
            $signIn = Get-EmulatorSignIn $emulator.Address
        }

        AfterAll { Stop-Emulator $emulator }

        It 'warns, names the permission, and goes by what is published' {
            $found = $bad | Test-ScimBulkPayload @signIn -WarningAction SilentlyContinue -WarningVariable warnings

            $found.Count | Should -Be 3
            "$warnings" | Should -BeLike '*Synchronization.Read.All*Domain.Read.All*'
        }
    }
}
