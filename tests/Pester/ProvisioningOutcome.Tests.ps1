#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The morning after: what became of people, the cmdlets that tell it, and the log of a run.

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Get-Module InboundProvisioning -All | Remove-Module -Force
    Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
    . (Join-Path $PSScriptRoot Emulator.ps1)
    $emulator = Start-Emulator --limits, off, --roles, 'SynchronizationData-User.Upload,ProvisioningLog.Read.All'
    $address = $emulator.Address
    $signIn = Get-EmulatorSignIn $address
    $null = Connect-InboundProvisioning @signIn
    $mapping = @{ externalId = 'Id'; userName = 'User'; active = 'Active'; title = 'Title' }
    $rows = 1..60 | ForEach-Object {
        [pscustomobject] @{ Id = "$(1000 + $_)"; User = "o$_@$(if ($_ -in 7, 8) { 'nowhere.example' } else { 'contoso.com' })"; Active = 'yes'; Title = "Title $_" }
    }
    $file = Join-Path $TestDrive hr.csv
    $state = Join-Path $TestDrive contoso.db
    $log = Join-Path $TestDrive run.jsonl

    # A cycle of the same second could be of the record before.
    function Invoke-Cycle {
        $null = Invoke-RestMethod -Method Post -Uri "$($address.graph)/emulator/clock?advance=PT1M" -SkipCertificateCheck
        $null = Invoke-RestMethod -Method Post -Uri "$($address.graph)/emulator/cycle" -SkipCertificateCheck
    }

    $rows | Export-Csv $file
    $first = Sync-InboundProvisioning $file $mapping -StatePath $state -Initial -LogPath $log
    $open = Get-ProvisioningState $state -Status Open
    Invoke-Cycle
    $rows[0].Title = 'Boss'
    $rows | Select-Object -First 58 | Export-Csv $file
    $second = Sync-InboundProvisioning $file $mapping -StatePath $state -LogPath $log -LogMessage -WarningVariable warnings -WarningAction SilentlyContinue
}

AfterAll { Stop-Emulator $emulator }

Describe 'What became of people' {
    It 'is open until the logs tell it' {
        $first.ExitCode | Should -Be 0
        $open.Count | Should -Be 60
    }

    It 'is told by the next run, each failure with its cause' {
        $second.Outcome.Succeeded, $second.Outcome.Failed, $second.ExitCode | Should -Be 58, 2, 4
        ($warnings -join "`n") | Should -BeLike "*2 people with AzureActiveDirectoryInvalidUserPrincipalName: '1007', '1008'*verified domain*"
        ($second | Out-String) | Should -BeLike '*58 succeeded, 0 skipped, 2 failed*'
    }

    It 'is there by status, with reason and remedy' {
        $failed = Get-ProvisioningState $state -Status Failed, Refused
        $failed.ExternalId | Sort-Object | Should -Be 1007, 1008
        $failed[0].ErrorCode | Should -Be AzureActiveDirectoryInvalidUserPrincipalName
        $failed[0].Reason, $failed[0].Remedy | Should -Not -BeNullOrEmpty
        (Get-ProvisioningState $state -Status Missing).ExternalId | Sort-Object | Should -Be 1059, 1060
        @(Get-ProvisioningState $state -Since (Get-Date).AddMinutes(5)).Count | Should -Be 0
    }

    It 'is there by externalId, from the pipeline too, and in whatever case' {
        ('1007', '1009' | Get-ProvisioningState $state).Status | Should -Be Failed, Succeeded
        ([pscustomobject] @{ ExternalId = '1001' } | Get-ProvisioningState $state).Status | Should -Be Open
        { Get-ProvisioningState $state -ExternalId nobody -ErrorAction Stop } | Should -Throw -ErrorId 'RecordNotFound,*'
        @(@() | Get-ProvisioningState $state).Count | Should -Be 0
    }

    It 'is nobody''s where nobody is named' {
        @(Get-ProvisioningState $state -ExternalId $null).Count | Should -Be 0
        @($null | Get-ProvisioningState $state).Count | Should -Be 0
        (Get-ProvisioningState $state -ExternalId $null, '1001').ExternalId | Should -Be 1001
        (Get-ProvisioningState $state -ExternalId 1001 -Status $null).ExternalId | Should -Be 1001
    }

    It 'ends early where no more is wanted' {
        (Get-ProvisioningState $state | Select-Object -First 3).Count | Should -Be 3
    }

    It 'is brought into the state without a run, and waited for' {
        (Update-ProvisioningOutcome $state).Open | Should -Be 1
        Invoke-Cycle
        $update = Update-ProvisioningOutcome $state -WaitOutcome 00:00:20
        $update.Succeeded, $update.Open | Should -Be 1, 0
        { Update-ProvisioningOutcome $state -WaitOutcome 60 } | Should -Throw -ErrorId 'InvalidWait,*'
        { Update-ProvisioningOutcome (Join-Path $TestDrive none.db) } | Should -Throw -ErrorId 'StateNotFound,*'
    }

    It 'is waited for by a run' {
        $rows[1].Title = 'Clerk'
        $rows | Select-Object -First 58 | Export-Csv $file
        $waited = Sync-InboundProvisioning $file $mapping -StatePath $state -WaitOutcome 00:00:01 -WarningVariable waiting -WarningAction SilentlyContinue
        $waited.Accepted, $waited.Outcome.Open | Should -Be 1, 1
        ($waiting -join "`n") | Should -BeLike '*1 of 1 people have no outcome*'
    }
}

Describe 'The runs of a state' {
    It 'come newest first, with their numbers' {
        $runs = Get-ProvisioningRun $state
        $runs[-1].RunId, $runs[-1].Status, $runs[-1].Accepted | Should -Be 1, 'Completed', 60
        $runs[-2].ExitCode, $runs[-2].Failed, $runs[-2].Missing | Should -Be 4, 2, 2
        @(Get-ProvisioningRun $state -Last 1).Count | Should -Be 1
        ($runs | Out-String) | Should -BeLike '*RunId*Started*Exit*'
    }
}

Describe 'The right to erasure' {
    It 'takes people out of the state and its copies' {
        Remove-ProvisioningState $state 1060 -Confirm:$false
        { Get-ProvisioningState $state 1060 -ErrorAction Stop } | Should -Throw -ErrorId 'RecordNotFound,*'
        Get-ChildItem $TestDrive -Filter 'contoso.db*' | ForEach-Object { [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes($_.FullName)) | Should -Not -BeLike '*o60@contoso*' }
    }

    It 'only says so with -WhatIf' {
        Get-ProvisioningState $state -Status Missing | Remove-ProvisioningState $state -WhatIf
        @(Get-ProvisioningState $state -Status Missing).Count | Should -Be 1
    }

    It 'names whom nobody knows, and forgets the others' {
        Remove-ProvisioningState $state 1059, nobody -Confirm:$false -ErrorVariable unknown -ErrorAction SilentlyContinue
        $unknown[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
        @(Get-ProvisioningState $state -Status Missing).Count | Should -Be 0
    }
}

Describe 'The log of a run' {
    BeforeAll { $lines = Get-Content $log | ForEach-Object { $_ | ConvertFrom-Json } }

    It 'tells numbers and request-ids, and nobody''s name' {
        $ended = $lines | Where-Object event -EQ RunEnded | Select-Object -First 1
        $ended.accepted, $ended.exitCode, $ended.level | Should -Be 60, 0, Information
        ($lines | Where-Object event -EQ RequestAccepted | Select-Object -First 1).requestId | Should -Not -BeNullOrEmpty
        ($lines | Select-Object -First ([array]::IndexOf($lines, $ended)) | Where-Object message).Count | Should -Be 0
    }

    It 'has messages where they are asked for' {
        @($lines | Where-Object { $_.event -eq 'Warning' -and $_.message -like "*'1007'*" }).Count | Should -Be 1
    }

    It 'tells a fault by its id, also of a run that did not begin' {
        $failed = Sync-InboundProvisioning $file $mapping -StatePath (Join-Path $TestDrive new.db) -LogPath $log -ErrorAction SilentlyContinue
        $failed.ExitCode | Should -Be 1
        $last = Get-Content $log | Select-Object -Last 2 | ForEach-Object { $_ | ConvertFrom-Json }
        $last[0].errorId, $last[1].errorId | Should -Be InitialRunUndecided, InitialRunUndecided
    }

    It 'never spoils another file, and never makes a run fail' {
        $source = Join-Path $TestDrive source.csv
        Copy-Item $file $source
        foreach ($path in $source, $state, "$TestDrive/a`0b.log") {
            $run = Sync-InboundProvisioning $source $mapping -StatePath $state -LogPath $path -WarningVariable warned -WarningAction SilentlyContinue
            $run.Rejected, $run.ExitCode | Should -Be 0, 0
            ($warned -join "`n") | Should -BeLike '*the run goes on without*'
        }

        Get-Content -Raw $source | Should -Be (Get-Content -Raw $file)
    }

    It 'is asked for on a drive that is not there: the run fails, and says so in its result' {
        foreach ($with in @{ LogPath = 'Q:\run.log'; StatePath = $state }, @{ StatePath = 'Q:\contoso.db' }) {
            $run = Sync-InboundProvisioning $file $mapping @with -ErrorVariable fault -ErrorAction SilentlyContinue
            $run.ExitCode | Should -Be 1
            $fault[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        }
    }

    It 'has a result also where something is wrong that nobody has thought of' {
        $run = Sync-InboundProvisioning $file $mapping -StatePath "$TestDrive/a`0b.db" -Initial -ErrorVariable fault -ErrorAction SilentlyContinue
        $run.Status, $run.ExitCode | Should -Be Failed, 1
        $fault.Count | Should -BeGreaterThan 0
    }

    It 'goes nowhere with -WhatIf, and to the event log on Windows alone' {
        $before = (Get-Item $log).Length
        $null = Sync-InboundProvisioning $file $mapping -StatePath $state -LogPath $log -WhatIf
        (Get-Item $log).Length | Should -Be $before
        if ($env:OS -ne 'Windows_NT') {
            $refused = Sync-InboundProvisioning $file $mapping -StatePath $state -EventLog -ErrorVariable fault -ErrorAction SilentlyContinue
            $refused.ExitCode | Should -Be 1
            $fault[0].FullyQualifiedErrorId | Should -BeLike 'EventLogNotHere,*'
        }
    }
}
