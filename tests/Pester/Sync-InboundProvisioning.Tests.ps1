#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The nightly run with the real pwsh, against an emulator process: each kind of run, each stop, approvals, plans and the state.

BeforeDiscovery {
    # What a night's file is, made from the 100 rows of the night before; what stops it, and whether that can be approved.
    $unlimited = @{}
    'DisableLimit', 'MissingLimit', 'ShrinkLimit', 'CreateLimit', 'ClearLimit', 'AttributeChangeLimit', 'UserNameChangeLimit', 'RejectLimit' |
        ForEach-Object { $unlimited[$_] = 'Unlimited' }
    $stops = @(
        @{ Stop = 'DisableLimit'; Id = 'DisableLimitExceeded'; Count = 11; Night = { param($rows) $rows | Select-Object -First 11 | ForEach-Object { $_.Active = 'no' }; $rows } }
        @{ Stop = 'MissingLimit'; Id = 'MissingLimitExceeded'; Count = 11; Night = { param($rows) $rows | Select-Object -Skip 11 } }
        @{ Stop = 'ShrinkLimit'; Id = 'ShrinkLimitExceeded'; Count = 21; With = @{ MissingLimit = 'Unlimited' }; Night = { param($rows) $rows | Select-Object -Skip 21 } }
        @{ Stop = 'CreateLimit'; Id = 'CreateLimitExceeded'; Count = 51; Night = { param($rows) $rows; New-Row (201..251) } }
        @{ Stop = 'ClearLimit:title'; Id = 'ClearLimitExceeded'; Count = 11; Night = { param($rows) $rows | Select-Object -First 11 | ForEach-Object { $_.Title = '' }; $rows } }
        @{ Stop = 'AttributeChangeLimit:title'; Id = 'AttributeChangeLimitExceeded'; Count = 51; Night = { param($rows) $rows | Select-Object -First 51 | ForEach-Object { $_.Title = 'Boss' }; $rows } }
        @{ Stop = 'UserNameChangeLimit'; Id = 'UserNameChangeLimitExceeded'; Count = 11; Night = { param($rows) $rows | Select-Object -First 11 | ForEach-Object { $_.User = 'x' + $_.User }; $rows } }
        @{ Stop = 'RejectLimit'; Id = 'RejectLimitExceeded'; Count = 11; Night = { param($rows) $rows | Select-Object -First 11 | ForEach-Object { $_.Active = 'perhaps' }; $rows } }
        @{ Stop = 'HalfOfPeople'; Id = 'HalfOfPeople'; Count = 50; With = $unlimited; Night = { param($rows) $rows | Select-Object -Skip 50 } }
        @{ Stop = 'KeyFormChanged'; Id = 'KeyFormChanged'; Count = 40; With = $unlimited; Night = { param($rows) $rows | Select-Object -First 40 | ForEach-Object { $_.Id = '00' + $_.Id }; $rows } }
        @{ Stop = 'EncodingChanged'; Id = 'EncodingChanged'; Count = 3; Night = { param($rows) $rows | Select-Object -First 3 | ForEach-Object { $_.Title = 'MÃ¼ller' }; $rows } }
        @{ Stop = 'MappingChanged'; Id = 'MappingChanged'; Count = 100; Edit = @{ nickName = 'Title' }; Night = { param($rows) $rows } }
        @{ Stop = 'SourceEmpty'; Id = 'SourceEmpty'; Count = 0; Fault = $true; Night = { param($rows) 'Id,User,Active,Title,Manager' } }
        @{ Stop = 'EmptyFile'; Id = 'EmptyFile'; Count = 0; Fault = $true; Night = { param($rows) '' } }
        @{ Stop = 'ColumnNotFound'; Id = 'ColumnNotFound'; Count = 0; Fault = $true; Night = { param($rows) $rows | Select-Object Id, User, Active, @{ n = 'Position'; e = { $_.Title } }, Manager } }
        @{ Stop = 'NotCsv'; Id = 'NotCsv'; Count = 0; Fault = $true; Night = { param($rows) '<!DOCTYPE html><html><body>Sign in</body></html>' } }
        @{ Stop = 'ActiveNotMapped'; Id = 'ActiveNotMapped'; Count = 0; Fault = $true; Edit = @{ active = $null }; Night = { param($rows) $rows } }
        @{ Stop = 'SourceTooOld'; Id = 'SourceTooOld'; Count = 0; Fault = $true; With = @{ MaximumFileAge = '20:00:00' }; Age = 21; Night = { param($rows) $rows[0].Title = 'Boss'; $rows } }
        @{ Stop = 'SourceTooOld'; Id = 'SourceTooOld'; Count = 0; Fault = $true; Age = 48; Night = { param($rows) $rows[0].Title = 'Boss'; $rows } }
        @{ Stop = 'SourceCut'; Id = 'SourceCut'; Count = 0; Fault = $true; Night = { param($rows) ,(($rows | ConvertTo-Csv) -join "`n") } }
        @{ Stop = 'RequiredRecordMissing'; Id = 'RequiredRecordMissing'; Count = 1; Fault = $true; With = @{ RequiredRecord = '1001' }; Night = { param($rows) $rows | Select-Object -Skip 1 } }
    )
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $manifest = [System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')
    Get-Module InboundProvisioning -All | Remove-Module -Force
    Import-Module $manifest
    . (Join-Path $PSScriptRoot Emulator.ps1)
    $emulator = Start-Emulator --limits, off
    $address = $emulator.Address
    $signIn = Get-EmulatorSignIn $address
    $null = Connect-InboundProvisioning @signIn
    $mapping = @{ externalId = 'Id'; userName = 'User'; active = 'Active'; title = 'Title'; 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{ manager = @{ value = 'Manager' } } }
    $script:number = 0

    function New-Row([int[]] $Number) {
        $Number | ForEach-Object { [pscustomobject] @{ Id = "$(1000 + $_)"; User = "u$_@contoso.com"; Active = 'yes'; Title = $(if ($_ -le 3) { 'Müller' } else { "Title $_" }); Manager = '1001' } }
    }

    # A file of rows, or of a text as it is.
    function Save-Row($Row, [double] $Age = 0) {
        $path = Join-Path $TestDrive "hr$((++$script:number)).csv"
        if ($Row -is [string] -or $Row[0] -is [string]) {
            [System.IO.File]::WriteAllText($path, "$Row" + $(if ("$Row" -match '^Id') { "`n" }))
        }
        else {
            $Row | Export-Csv $path
        }

        if ($Age) {
            (Get-Item $path).LastWriteTime = (Get-Date).AddHours(-$Age)
        }

        $path
    }

    function New-StatePath {
        Join-Path $TestDrive "state$((++$script:number)).db"
    }

    # A run, with its errors beside its result.
    function Invoke-Sync([string] $Path, [string] $State, [hashtable] $With = @{}) {
        $result = Sync-InboundProvisioning $Path $mapping -StatePath $State @With -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction SilentlyContinue -WarningVariable warnings
        # -ErrorVariable has more than what was written where an exception was turned into an error.
        [pscustomobject] @{ Result = $result; Errors = @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }); Warnings = $warnings; Ids = @($errors | ForEach-Object { "$($_.FullyQualifiedErrorId)".Split(',')[0] }) }
    }

    # A state that knows 100 people, without a call: made once, and copied.
    $known = New-StatePath
    $baseline = Invoke-Sync (Save-Row (New-Row (1..100)) -Age 24) $known @{ Baseline = $true }
    function New-State {
        $state = New-StatePath
        Copy-Item $known $state
        Copy-Item "$known.copy1" "$state.copy1"
        $state
    }

    function Get-Sent([string] $ExternalId) {
        (Invoke-RestMethod "$($address.graph)/emulator/records?externalId=$ExternalId" -SkipCertificateCheck).value
    }
}

AfterAll {
    Disconnect-InboundProvisioning
    Stop-Emulator $emulator
}

Describe 'The first run' {
    It 'says what to decide, and fails' {
        $state = New-StatePath
        $run = Invoke-Sync (Save-Row (New-Row (1..3))) $state
        $run.Ids | Should -Be 'InitialRunUndecided'
        $run.Result.Status | Should -Be 'Failed'
        $run.Result.ExitCode | Should -Be 1
        $state | Should -Not -Exist
    }

    It 'sends all with -Initial, the state is its owner''s, and the next run has nothing to do' {
        $state = New-StatePath
        $file = Save-Row (New-Row (1..120))
        $first = Invoke-Sync $file $state @{ Initial = $true }
        $first.Errors | Should -BeNullOrEmpty
        $first.Result.Status | Should -Be 'Completed'
        $first.Result.New, $first.Result.Accepted, $first.Result.Calls, $first.Result.CallsLeft, $first.Result.ExitCode | Should -Be 120, 120, 3, 1997, 0
        if (-not $IsWindows) {
            (Get-Item $state, "$state.copy1", "$state.lock").UnixMode | Should -Be '-rw-------', '-rw-------', '-rw-------'
        }

        $second = Invoke-Sync $file $state
        $second.Result.Status | Should -Be 'NothingToDo'
        $second.Result.Unchanged, $second.Result.Calls, $second.Result.ExitCode | Should -Be 120, 0, 0
    }

    It 'sends nobody with -Baseline' {
        $state = New-StatePath
        $run = Invoke-Sync (Save-Row (New-Row (301..310))) $state @{ Baseline = $true }
        $run.Result.Status | Should -Be 'Completed'
        $run.Result.Calls, $run.Result.ExitCode | Should -Be 0, 0
        Get-Sent 1301 | Should -BeNullOrEmpty
    }

    It 'takes one of both' {
        (Invoke-Sync (Save-Row (New-Row 1)) (New-StatePath) @{ Initial = $true; Baseline = $true }).Ids | Should -Be 'InitialOrBaseline'
    }

    It 'warns of -Initial later, and sends changes only' {
        $run = Invoke-Sync (Save-Row (New-Row (1..100))) (New-State) @{ Initial = $true }
        $run.Warnings | Should -BeLike '*this one knows 100 people*'
        $run.Result.Status | Should -Be 'NothingToDo'
    }
}

Describe 'A night' {
    It 'sends who is new or changed, complete, and nobody else' {
        $state = New-State
        $rows = New-Row (1..101)
        $rows[0].Title = 'Boss'
        $rows[1].Active = 'no'
        $run = Invoke-Sync (Save-Row $rows) $state
        $run.Errors | Should -BeNullOrEmpty
        $run.Result.New, $run.Result.Changed, $run.Result.Deactivated, $run.Result.Unchanged | Should -Be 1, 1, 1, 98
        $run.Result.Sent, $run.Result.Accepted, $run.Result.Calls, $run.Result.Left | Should -Be 3, 3, 1, 0
        $sent = (Get-Sent 1001).data
        $sent.title, $sent.userName, $sent.active | Should -Be 'Boss', 'u1@contoso.com', $true
        (Get-Sent 1002).data.active | Should -BeFalse
    }

    It 'takes records from the pipeline' {
        $state = New-State
        $rows = New-Row (1..100)
        $rows[0].Title = 'Chief'
        $result = $rows | Sync-InboundProvisioning -AttributeMapping $mapping -StatePath $state
        $result.Changed, $result.Accepted | Should -Be 1, 1
    }

    It 'rejects a bad row, keeps it with -RejectPath, and ends with 4' {
        $rows = New-Row (1..100)
        $rows[0].Active = 'perhaps'
        $rows[1].Title = 'Boss'
        $rejects = Join-Path $TestDrive rejects.csv
        $run = Invoke-Sync (Save-Row $rows) (New-State) @{ RejectPath = $rejects }
        $run.Ids | Should -Be 'InvalidBoolean'
        $run.Result.Rejected, $run.Result.Accepted, $run.Result.Missing, $run.Result.ExitCode | Should -Be 1, 1, 0, 4
        @(Import-Csv $rejects).Id | Should -Be '1001'
    }

    It 'holds back who would get the userName of another, names them, and ends with 4' {
        $rows = New-Row (1..100)
        $rows[0].User = $rows[1].User
        $rows[2].Title = 'Boss'
        $run = Invoke-Sync (Save-Row $rows) (New-State)
        $run.Warnings | Should -BeLike "*'1001' is held back*'u2@contoso.com'*'1002'*"
        $run.Result.Held, $run.Result.Accepted, $run.Result.ExitCode | Should -Be 1, 1, 4
    }

    It 'goes on the next night where the calls of the day end' {
        $state = New-StatePath
        $file = Save-Row (New-Row (1..120))
        $first = Invoke-Sync $file $state @{ Initial = $true; DailyCallLimit = 2 }
        $first.Result.Status | Should -Be 'Incomplete'
        $first.Result.Accepted, $first.Result.Left, $first.Result.CallsLeft, $first.Result.ExitCode | Should -Be 100, 20, 0, 3
        $second = Invoke-Sync $file $state
        $second.Result.Status | Should -Be 'Completed'
        $second.Result.Accepted, $second.Result.ExitCode | Should -Be 20, 0
    }

    It 'begins nothing after -MaximumDuration' {
        $run = Invoke-Sync (Save-Row (New-Row (1..20))) (New-StatePath) @{ Initial = $true; MaximumDuration = [timespan]::FromTicks(1) }
        $run.Result.Status | Should -Be 'Incomplete'
        $run.Result.Left, $run.Result.Calls | Should -Be 20, 0
    }

    It 'sends nothing with -WhatIf, and leaves the state and the reject file as they are' {
        $state = New-State
        $before = (Get-FileHash $state).Hash
        $rows = New-Row (1..100)
        $rows[0].Title = 'Whatif'
        $rejects = Join-Path $TestDrive whatif.csv
        $plan = (Invoke-Sync (Save-Row $rows) $state @{ WhatIf = $true; RejectPath = $rejects }).Result
        $plan.GetType().Name | Should -Be 'ProvisioningPlan'
        $plan.Changed, $plan.Records, $plan.Calls | Should -Be 1, 1, 1
        (Get-FileHash $state).Hash | Should -Be $before
        $rejects | Should -Not -Exist
    }

    It 'is shown within 80 columns' {
        $state = New-State
        $rows = New-Row (1..100) | Select-Object -First 40
        $stopped = (Invoke-Sync (Save-Row $rows) $state).Result
        $plan = Get-ProvisioningPlan (Save-Row (New-Row (1..101))) $mapping -StatePath $state
        foreach ($shown in $stopped, $plan) {
            $lines = ($shown | Out-String -Width 200) -split '\r?\n' | Where-Object { $_ -notlike '*allows*' }
            ($lines | Measure-Object -Maximum Length).Maximum | Should -BeLessOrEqual 80
        }

        ($stopped | Out-String) | Should -Match 'Stopped by MissingLimit, HalfOfPeople, ShrinkLimit'
    }
}

Describe 'A run that fails' {
    It 'has a result with 1, whatever it fails on' -ForEach @(
        @{ Id = 'ServicePrincipalNotFound'; With = @{ ServicePrincipalId = '00000000-0000-0000-0000-000000000001'; JobId = $null } }
        @{ Id = 'PermissionMissing'; With = @{ RestartJob = $true } }
        @{ Id = 'UnknownEncoding'; With = @{ Encoding = 'nosuch' } }
        @{ Id = 'PathNotFound'; Source = 'nosuch.csv' }
    ) {
        $rows = New-Row (1..100)
        $rows[0].Title = 'Boss'
        $more = $With ?? @{}
        if ($more.ContainsKey('JobId')) {
            $more = $signIn.Clone() + @{}
            $more.Remove('JobId')
            $more.ServicePrincipalId = $With.ServicePrincipalId
        }

        $run = Invoke-Sync ($Source ?? (Save-Row $rows)) (New-State) $more
        $run.Ids | Should -Contain $Id
        $run.Result.Status, $run.Result.ExitCode | Should -Be 'Failed', 1
    }

    It 'without a connection has one too' {
        $state = New-State
        Disconnect-InboundProvisioning
        try {
            $run = Invoke-Sync (Save-Row (New-Row (1..100))) $state
            $run.Ids | Should -Contain 'NotConnected'
            $run.Result.ExitCode | Should -Be 1
        }
        finally {
            $null = Connect-InboundProvisioning @signIn
        }
    }
}

Describe 'A night that <Stop> stops' -ForEach $stops {
    BeforeAll {
        $state = New-State
        if ($Edit) {
            $mapping = $mapping.Clone()
            foreach ($name in $Edit.Keys) {
                if ($Edit[$name]) { $mapping[$name] = $Edit[$name] } else { $mapping.Remove($name) }
            }
        }

        $file = Save-Row (& $Night (New-Row (1..100))) -Age ([int] $Age)
        $run = Invoke-Sync $file $state ($With ?? @{})
    }

    It 'sends nothing, says how many, and ends with 2' {
        $run.Ids | Should -Contain $Id
        $run.Result.Stops.Name | Should -Contain $Stop
        $run.Result.Status | Should -Be 'Stopped'
        $run.Result.Sent, $run.Result.Calls, $run.Result.ExitCode | Should -Be 0, 0, 2
        ($run.Result.Stops | Where-Object Name -EQ $Stop).Count | Should -Be $Count
    }

    It 'names the command that approves it, once for all stops, or cannot be approved' {
        $text = $run.Errors.Exception.Message -join "`n"
        if ($Fault) {
            $text | Should -Not -Match 'Approve-ProvisioningPlan'
            { Approve-ProvisioningPlan $state $run.Result.PlanId -Reason x -Confirm:$false } | Should -Throw -ErrorId 'PlanNotFound,*'
        }
        else {
            [regex]::Matches($text, "Approve-ProvisioningPlan -StatePath '.+' -Id $($run.Result.PlanId) ") | Should -HaveCount 1
            (Approve-ProvisioningPlan $state $run.Result.PlanId -Reason x -Confirm:$false).PlanId | Should -Be $run.Result.PlanId
        }
    }
}

Describe 'A stop that was there the night before' {
    It 'is one line' {
        $state = New-State
        $file = Save-Row (New-Row (1..60))
        $first = (Invoke-Sync $file $state).Errors
        $second = (Invoke-Sync $file $state).Errors
        $second | Should -HaveCount 2
        $first[0].Exception.Message | Should -Match '(?s)Nothing was sent\.\r?\nPeople: (\d{4}, ){9}\d{4} and 30 more\.$'
        $first[1].Exception.Message | Should -Match '\r?\nIf all of it is right: Approve-ProvisioningPlan '
        $second[0].Exception.Message | Should -Match 'Nothing was sent\. It has been so since \d{4}-.+Z\.$'
        $second[1].Exception.Message | Should -Match 'Z\. If all of it is right: Approve-ProvisioningPlan [^\r\n]+$'
        $others = (Invoke-Sync (Save-Row (New-Row (41..100))) $state).Errors
        $others[0].Exception.Message | Should -Match '(?s)It has been so since \d{4}-.+Z\.\r?\nPeople: 10' -Because 'these are other people'
    }
}

Describe 'The story that -Verbose tells' {
    BeforeAll {
        function Get-Story([string] $Path, [string] $State, [hashtable] $With = @{}) {
            @(Sync-InboundProvisioning $Path $mapping -StatePath $State @With -Verbose -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
        }

        $state = New-StatePath
        $file = Save-Row (New-Row (1..100))
        $first = Get-Story $file $state @{ Initial = $true }
        $quiet = Get-Story $file $state
        $cut = Get-Story (Save-Row (New-Row (1..60))) $state
    }

    It 'is a dozen lines at most, from the mapping to the end' {
        foreach ($story in $first, $quiet, $cut) {
            $story.Count | Should -BeIn (8..13)
            $story[0] | Should -Be 'The mapping gives 5 attributes from 5 columns.'
            $story | Should -Contain "Provisioning job '$($address.jobId)' of service principal '$($address.servicePrincipalId)' at localhost."
        }
    }

    It 'says what a first run read, found and sent' {
        $first -like "$file of *" | Should -BeLike '*had 100 rows; 0 rejected.'
        $first -like 'Beside the state 100 are new, 0 changed, *' | Should -HaveCount 1
        $first -match '^No safeguard stands in the way of plan [0-9A-F]{12}\.$' | Should -HaveCount 1
        $first[-1] | Should -Match '^Completed with exit code 0 after .+ s: 100 records accepted of 100 sent in 2 calls, 0 refused, 0 left; .+ The state keeps it as run 1\.$'
    }

    It 'says that a quiet night had nothing to do' {
        $quiet -like '* 100 as they were; 0 are missing, *' | Should -HaveCount 1
        $quiet[-1] | Should -Match '^NothingToDo with exit code 0 '
    }

    It 'says what stopped a night' {
        $cut -match '^Plan [0-9A-F]{12} is stopped by MissingLimit \(40, allowed 10\), ShrinkLimit \(40, allowed 20\)\.$' | Should -HaveCount 1
        $cut[-1] | Should -Match '^Stopped with exit code 2 '
    }
}

Describe 'A file that was there before' {
    It 'is stopped as repeated' {
        $state = New-State
        $rows = New-Row (1..100)
        $rows[0..2] | ForEach-Object { $_.Title = 'Boss' }
        (Invoke-Sync (Save-Row $rows) $state).Result.ExitCode | Should -Be 0
        $run = Invoke-Sync (Save-Row (New-Row (1..100))) $state
        $run.Ids | Should -Be 'SourceRepeated'
        $run.Result.ExitCode | Should -Be 2
    }
}

Describe 'An approval' {
    BeforeAll {
        function Save-Without([int[]] $Number) {
            Save-Row (New-Row (1..100 | Where-Object { $Number -notcontains $_ }))
        }

        function Save-Inactive([int[]] $Number) {
            $rows = New-Row (1..100)
            $Number | ForEach-Object { $rows[$_ - 1].Active = 'no' }
            Save-Row $rows
        }
    }

    It 'lets fewer of the same people pass once' {
        $state = New-State
        $stopped = Invoke-Sync (Save-Inactive (1..12)) $state
        $approval = $stopped.Result | Approve-ProvisioningPlan -StatePath $state -Reason 'Site closed' -Expires 1.00:00:00 -Confirm:$false
        $approval.Reason, [math]::Round(($approval.ExpiresOn - $approval.ApprovedOn).TotalDays) | Should -Be 'Site closed', 1
        $approval.ApprovedBy | Should -BeLike "*$([System.Environment]::UserName)"
        $passed = Invoke-Sync (Save-Inactive (1..11)) $state
        $passed.Result.Deactivated, $passed.Result.Accepted, $passed.Result.ExitCode | Should -Be 11, 11, 0
        $null = Invoke-Sync (Save-Inactive (21, 22)) $state
        (Invoke-Sync (Save-Inactive (1..11 + 21)) $state).Ids | Should -Be 'DisableLimitExceeded'
    }

    It 'does not cover more people' {
        $state = New-State
        $stopped = Invoke-Sync (Save-Inactive (1..12)) $state
        $null = Approve-ProvisioningPlan $state $stopped.Result.PlanId -Reason x -Confirm:$false
        $more = Invoke-Sync (Save-Inactive (1..13)) $state
        $more.Ids | Should -Be 'PlanExceedsApproval'
        $more.Errors[0].Exception.Message | Should -BeLike '* 1 of these are not in the plan *'
        $more.Result.PlanId | Should -Not -Be $stopped.Result.PlanId
        $more.Result.ExitCode | Should -Be 2
    }

    It 'of some missing people is not one of as many others, who can be approved in their turn' {
        $state = New-State
        $first = Invoke-Sync (Save-Without (1..12)) $state
        $other = Invoke-Sync (Save-Without (21..32)) $state
        $other.Result.PlanId | Should -Not -Be $first.Result.PlanId
        $null = Approve-ProvisioningPlan $state $first.Result.PlanId -Reason x -Confirm:$false
        (Invoke-Sync (Save-Without (21..32)) $state).Ids | Should -Be 'PlanExceedsApproval'
        $null = Approve-ProvisioningPlan $state $other.Result.PlanId -Reason x -Confirm:$false
        (Invoke-Sync (Save-Without (21..32)) $state).Result.ExitCode | Should -Be 0
    }

    It 'takes a plan that was stopped, and a time up to 30 days' {
        $state = New-State
        { Approve-ProvisioningPlan $state 000000000000 -Reason x -Confirm:$false } | Should -Throw -ErrorId 'PlanNotFound,*'
        { Approve-ProvisioningPlan $state 000000000000 -Reason x -Expires 31.00:00:00 -Confirm:$false } | Should -Throw -ErrorId 'InvalidExpiry,*'
        { Approve-ProvisioningPlan $state 000000000000 -Reason x -Expires 7 -Confirm:$false } | Should -Throw -ErrorId 'InvalidExpiry,*'
        { Approve-ProvisioningPlan (New-StatePath) 000000000000 -Reason x -Confirm:$false } | Should -Throw -ErrorId 'StateNotFound,*'
    }

    It '-LimitAction Hold sends what is within its limits, and does not end with 0' {
        $rows = New-Row (1..102)
        $rows | Select-Object -First 12 | ForEach-Object { $_.Active = 'no' }
        $state = New-State
        $run = Invoke-Sync (Save-Row $rows) $state @{ LimitAction = 'Hold' }
        $run.Ids | Should -Be 'DisableLimitExceeded'
        $run.Errors[0].Exception.Message | Should -BeLike '*These were held back, the others sent.*'
        $run.Result.Status | Should -Be 'Completed'
        $run.Result.Accepted, $run.Result.Held, $run.Result.ExitCode | Should -Be 2, 12, 2
        ($run.Result | Out-String) | Should -Match 'Held back by DisableLimit'
    }
}

Describe 'Limits' {
    It 'are kept in the state, and given ones go first' {
        $state = New-State
        $set = Set-ProvisioningSafeguard $state -DisableLimit 0 -CreateLimit 3% -MissingLimit unlimited -PassThru
        $set | Should -HaveCount 8
        ($set | Where-Object Source -EQ state).Name | Should -Be 'DisableLimit', 'MissingLimit', 'CreateLimit'
        ($set | Where-Object Name -EQ CreateLimit).Allowed | Should -Be 50 -Because 'that is the floor of a percentage'
        ($set | Where-Object Name -EQ MissingLimit).Allowed | Should -BeNullOrEmpty
        $rows = New-Row (1..100)
        $rows[0].Active = 'no'
        (Invoke-Sync (Save-Row $rows) $state).Ids | Should -Be 'DisableLimitExceeded'
        (Invoke-Sync (Save-Row $rows) $state @{ DisableLimit = 1 }).Result.ExitCode | Should -Be 0
        Set-ProvisioningSafeguard $state -Reset DisableLimit
        (Get-ProvisioningSafeguard $state)[0].Source | Should -Be 'default'
    }

    It 'are named' {
        { Set-ProvisioningSafeguard (New-State) } | Should -Throw -ErrorId 'NoSafeguard,*'
        { Set-ProvisioningSafeguard (New-State) -DisableLimit many } | Should -Throw '*''many'' is no limit*'
    }
}

Describe 'Missing people' {
    It 'are disabled after two runs in a row with Disable, with their complete last record' {
        $state = New-State
        $file = Save-Row (New-Row (1..98))
        $first = Invoke-Sync $file $state @{ MissingRecord = 'Disable' }
        $first.Result.Missing, $first.Result.Deactivated, $first.Result.Sent | Should -Be 2, 0, 0
        (Invoke-Sync $file $state @{ MissingRecord = 'Disable' }).Result.Deactivated | Should -Be 0 -Because 'the same file again is no other run'
        $second = Invoke-Sync (Save-Row (New-Row (1..98))) $state @{ MissingRecord = 'Disable' }
        $second.Result.Missing, $second.Result.Deactivated, $second.Result.Accepted | Should -Be 2, 2, 2
        $sent = (Get-Sent 1100).data
        $sent.active, $sent.title, $sent.userName | Should -Be $false, 'Title 100', 'u100@contoso.com'
        (Invoke-Sync (Save-Row (New-Row (1..98))) $state @{ MissingRecord = 'Disable' }).Result.Sent | Should -Be 0
    }

    It 'are nobody with Ignore, and fewer rows are no accident then' {
        $rows = New-Row (1..100) | Select-Object -First 2
        $rows[0].Title = 'Boss'
        $run = Invoke-Sync (Save-Row $rows) (New-State) @{ MissingRecord = 'Ignore' }
        $run.Errors | Should -BeNullOrEmpty
        $run.Result.Changed, $run.Result.ExitCode | Should -Be 1, 0
    }
}

Describe 'An edited mapping' {
    BeforeAll {
        $edited = $mapping.Clone()
        $edited.nickName = 'Title'
        $file = Save-Row (New-Row (1..100))
    }

    It 'that changes nothing sends nothing' {
        $state = New-State
        $same = $mapping.Clone()
        $same.title = { $_.Title }
        (Sync-InboundProvisioning $file $same -StatePath $state).Status | Should -Be 'NothingToDo'
    }

    It 'is sent at once with Resend' {
        (Sync-InboundProvisioning $file $edited -StatePath (New-State) -MappingChange Resend).Accepted | Should -Be 100
    }

    It 'waits for the next change of a person with Lazy' {
        $state = New-State
        $run = Sync-InboundProvisioning $file $edited -StatePath $state -MappingChange Lazy
        $run.Waiting, $run.Sent, $run.ExitCode | Should -Be 100, 0, 0
        $rows = New-Row (1..100)
        $rows[0].User = 'v1@contoso.com'
        $next = Sync-InboundProvisioning (Save-Row $rows) $edited -StatePath $state
        $next.Waiting, $next.Accepted | Should -Be 99, 1
    }

    It 'goes last with Spread, over several nights' {
        $state = New-State
        $rows = New-Row (1..100)
        $rows[99].Active = 'no'
        $night = Save-Row $rows
        $run = Sync-InboundProvisioning $night $edited -StatePath $state -MappingChange Spread -DailyCallLimit 1
        $run.Accepted, $run.Left, $run.ExitCode | Should -Be 50, 50, 3
        (Get-Sent 1100).data.active | Should -BeFalse
        (Sync-InboundProvisioning $night $edited -StatePath $state).Accepted | Should -Be 50
    }
}

Describe 'A plan' {
    BeforeAll {
        $rows = New-Row (1..101)
        $rows[0].Title = ''
        $file = Save-Row $rows
        $path = Join-Path $TestDrive plan.json
    }

    It 'has each change with old and new values, and needs no connection' {
        $state = New-State
        $plan = Get-ProvisioningPlan $file $mapping -StatePath $state
        $plan.New, $plan.Changed, $plan.Records, $plan.Calls | Should -Be 1, 1, 2, 1
        ($plan.Attributes | Where-Object Attribute -EQ title).BecomesEmpty | Should -Be 1
        $plan.Changes.Kind | Should -Be 'New', 'Changed'
        $changed = $plan.Changes[1].Attributes
        $changed.Attribute, $changed.OldValue, $changed.NewValue | Should -Be 'title', 'Müller', ''
        (Get-ProvisioningPlan $file $mapping -StatePath $state -SummaryOnly).Changes | Should -BeNullOrEmpty
    }

    It 'of no state yet is that of a first run' {
        (Get-ProvisioningPlan $file $mapping -StatePath (New-StatePath)).New | Should -Be 101
    }

    It 'is carried out from its file, and is stale then' {
        $state = New-State
        $plan = Get-ProvisioningPlan $file $mapping -StatePath $state -PlanPath $path
        if (-not $IsWindows) {
            (Get-Item $path).UnixMode | Should -Be '-rw-------'
        }

        $run = Sync-InboundProvisioning -Plan $path -StatePath $state
        $run.Accepted, $run.PlanId, $run.ExitCode | Should -Be 2, $plan.PlanId, 0
        $again = Sync-InboundProvisioning -Plan $path -StatePath $state -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PlanStale,*'
        $again.ExitCode | Should -Be 1
    }

    It 'that was edited is refused' {
        $state = New-State
        $null = Get-ProvisioningPlan $file $mapping -StatePath $state -PlanPath $path
        (Get-Content $path -Raw).Replace('u101@', 'x101@') | Set-Content $path -NoNewline
        (Sync-InboundProvisioning -Plan $path -StatePath $state -ErrorAction SilentlyContinue -ErrorVariable errors).ExitCode | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PlanInvalid,*'
    }

    It 'that a safeguard stops is stopped from its file too, until it is approved' {
        $state = New-State
        $inactive = New-Row (1..100)
        $inactive | Select-Object -First 12 | ForEach-Object { $_.Active = 'no' }
        $plan = Get-ProvisioningPlan (Save-Row $inactive) $mapping -StatePath $state -PlanPath $path
        $plan.Stops.Name | Should -Be 'DisableLimit'
        $run = Sync-InboundProvisioning -Plan $path -StatePath $state -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DisableLimitExceeded,*'
        $run.ExitCode, $run.PlanId | Should -Be 2, $plan.PlanId
        $null = Approve-ProvisioningPlan $state $plan.PlanId -Reason x -Confirm:$false
        (Sync-InboundProvisioning -Plan $path -StatePath $state).Deactivated | Should -Be 12
    }
}

Describe 'A state' {
    It 'is held by one process, and free when that is killed' {
        $state = New-State
        $file = Save-Row (New-Row (1..100))
        $child = Join-Path $TestDrive child.ps1

        # Its source has not come to an end, so it goes on holding the state.
        @'
param($Manifest, $Json, $State)
Import-Module $Manifest
$address = $Json | ConvertFrom-Json
$signIn = @{ GraphEndpoint = $address.graph; AuthorityHost = $address.authority; TrustedRootCertificatePath = $address.caCertificatePath; TenantId = $address.tenantId
    ClientId = $address.clientId; ClientSecret = ConvertTo-SecureString $address.clientSecret -AsPlainText -Force; ServicePrincipalId = $address.servicePrincipalId; JobId = $address.jobId }
$mapping = @{ externalId = 'Id'; userName = 'User'; active = 'Active' }
& { [Console]::Out.WriteLine('holding'); $null = [Console]::In.ReadLine() } | Sync-InboundProvisioning -AttributeMapping $mapping -StatePath $State @signIn
'@ | Set-Content $child
        $shell = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
        $shell.RedirectStandardInput = $shell.RedirectStandardOutput = $true
        if ([System.IO.Path]::GetFileNameWithoutExtension($shell.FileName) -eq 'dotnet') {
            $shell.ArgumentList.Add((Join-Path $PSHOME pwsh.dll))
        }

        foreach ($argument in '-NoProfile', '-File', $child, $manifest, ($address | ConvertTo-Json -Compress), $state) {
            $shell.ArgumentList.Add($argument)
        }

        $process = [System.Diagnostics.Process]::Start($shell)
        try {
            $process.StandardOutput.ReadLine() | Should -Be 'holding'
            $run = Invoke-Sync $file $state
            $run.Ids | Should -Be 'StateLocked'
            $run.Errors[0].Exception.Message | Should -BeLike "*process $($process.Id) on $([System.Environment]::MachineName), since *"
            $run.Result.ExitCode | Should -Be 1
        }
        finally {
            $process.Kill()
            $process.WaitForExit()
        }

        (Invoke-Sync $file $state).Result.ExitCode | Should -Be 0
    }

    It 'that is damaged is refused, repaired from the newest good copy, and goes on' {
        $state = New-State
        $bytes = [System.IO.File]::ReadAllBytes($state)
        [array]::Clear($bytes, 4096, $bytes.Length - 4096)
        [System.IO.File]::WriteAllBytes($state, $bytes)
        $file = Save-Row (New-Row (1..101))
        $run = Invoke-Sync $file $state
        $run.Ids | Should -Be 'StateDamaged'
        $run.Result.ExitCode | Should -Be 1
        $repaired = Repair-ProvisioningState $state -Confirm:$false
        $repaired.Source, $repaired.People | Should -Be "$state.copy1", 100
        $repaired.KeptAs | Should -Exist
        (Invoke-Sync $file $state).Result.New | Should -Be 1
    }

    It 'says with -WhatIf which copy it would take, and that a good state needs none' {
        $state = New-State
        { Repair-ProvisioningState $state -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'StateNotDamaged,*'
        Set-Content $state 'This is no state.'
        $null = Start-Transcript "$state.txt"
        try {
            Repair-ProvisioningState $state -WhatIf
        } finally {
            $null = Stop-Transcript
        }

        Get-Content "$state.txt" -Raw | Should -Match 'Put the copy .+\.copy1 of \d{4}-\d\d-\d\d \d\d:\d\d, which knows 100 people, in its place'
        Get-Content $state | Should -Be 'This is no state.'
    }

    It 'that is gone is not begun anew by accident' {
        $state = New-State
        Remove-Item $state
        $run = Invoke-Sync (Save-Row (New-Row (1..100))) $state
        $run.Ids | Should -Be 'StateNotFound'
        $run.Errors[0].Exception.Message | Should -BeLike '*Repair-ProvisioningState*'
        (Repair-ProvisioningState $state -Confirm:$false).KeptAs | Should -BeNullOrEmpty
        (Invoke-Sync (Save-Row (New-Row (1..100))) $state).Result.Status | Should -Be 'NothingToDo'
    }

    It 'without a good copy cannot be repaired, and the error says what to do' {
        { Repair-ProvisioningState (New-StatePath) -Confirm:$false } | Should -Throw '*-Baseline*' -ErrorId 'StateNotRepaired,*'
    }

    It 'stays where the file cannot be a baseline in its place' {
        $state = New-State
        $empty = Join-Path $TestDrive empty.csv
        Get-Content (Save-Row (New-Row (1..2))) -TotalCount 1 | Set-Content $empty
        { Repair-ProvisioningState $state -BaselinePath $empty -AttributeMapping $mapping -Confirm:$false } | Should -Throw -ErrorId 'StateNotRepaired,*'
        (Invoke-Sync (Save-Row (New-Row (1..100))) $state).Result.Unchanged | Should -Be 100
    }

    It 'is not lost to -PlanPath, and an age that is next to nothing is refused' {
        $state = New-State
        $file = Save-Row (New-Row (1..100))
        { Get-ProvisioningPlan $file $mapping -StatePath $state -PlanPath $state } | Should -Throw -ErrorId 'NotAPlanFile,*'
        (Invoke-Sync $file $state @{ MaximumFileAge = 20 }).Ids | Should -Be 'InvalidFileAge'
        (Invoke-Sync $file $state).Result.Unchanged | Should -Be 100
    }

    It 'of another job, and a file that is no state, are refused' {
        $state = New-State
        (Invoke-Sync (Save-Row (New-Row (1..100))) $state @{ JobId = 'API2AAD.other.job' }).Ids | Should -Be 'StateOfAnotherJob'
        $other = Join-Path $TestDrive other.db
        Copy-Item $manifest $other
        (Invoke-Sync (Save-Row (New-Row (1..100))) $other).Ids | Should -Be 'StateNotOurs'
    }

    It 'of fingerprints names attributes without values, and disables no missing people' {
        $state = New-StatePath
        $null = Invoke-Sync (Save-Row (New-Row (1..100)) -Age 24) $state @{ Baseline = $true; StateContent = 'Fingerprint' }
        $rows = New-Row (1..100)
        $rows[0].Title = 'Boss'
        $file = Save-Row $rows
        $change = (Get-ProvisioningPlan $file $mapping -StatePath $state).Changes[0].Attributes
        $change.Attribute, $change.OldValue, $change.NewValue | Should -Be 'title', $null, 'Boss'
        (Invoke-Sync $file $state @{ MissingRecord = 'Disable' }).Ids | Should -Be 'RecordsNotKept'
        (Invoke-Sync $file $state @{ StateContent = 'Record' }).Ids | Should -Be 'StateContentDiffers'
        (Invoke-Sync $file $state).Result.Accepted | Should -Be 1
        [System.Text.Encoding]::UTF8.GetString([System.IO.File]::ReadAllBytes($state)) | Should -Not -Match 'contoso\.com|Title 7'
    }
}
