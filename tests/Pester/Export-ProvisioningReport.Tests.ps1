#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Reports with the real pwsh, against an emulator process: of runs that go in each way, of the state, of the logs.

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $manifest = [System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')
    Get-Module InboundProvisioning -All | Remove-Module -Force
    Import-Module $manifest
    . (Join-Path $PSScriptRoot Emulator.ps1)
    $emulator = Start-Emulator --limits, off, --roles, 'SynchronizationData-User.Upload,ProvisioningLog.Read.All'
    $address = $emulator.Address
    $signIn = Get-EmulatorSignIn $address
    $null = Connect-InboundProvisioning @signIn
    $mapping = @{ externalId = 'Id'; userName = 'User'; active = 'Active'; title = 'Title' }
    $script:number = 0

    function New-Row([int[]] $Number) {
        $Number | ForEach-Object { [pscustomobject] @{ Id = "r$(1000 + $_)"; User = "report$_@contoso.com"; Active = 'yes'; Title = 'Engineer' } }
    }

    function New-Path([string] $Extension) {
        Join-Path $TestDrive "$((++$script:number)).$Extension"
    }

    function Save-Row($Row, [double] $Age = 0) {
        $path = New-Path csv
        $Row | Export-Csv $path
        if ($Age) {
            (Get-Item $path).LastWriteTime = (Get-Date).AddHours(-$Age)
        }

        $path
    }

    # A run, with its errors beside its result.
    function Invoke-Sync([string] $Path, [hashtable] $With) {
        $result = Sync-InboundProvisioning $Path $mapping @With -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction SilentlyContinue
        [pscustomobject] @{ Result = $result; Ids = @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { "$($_.FullyQualifiedErrorId)".Split(',')[0] }) }
    }

    # A cycle of the same second could be of the record before.
    function Invoke-Cycle {
        $null = Invoke-RestMethod -Method Post -Uri "$($address.graph)/emulator/clock?advance=PT1M" -SkipCertificateCheck
        $null = Invoke-RestMethod -Method Post -Uri "$($address.graph)/emulator/cycle" -SkipCertificateCheck
    }

    function Get-Fault([scriptblock] $Script) {
        $fault = { & $Script } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId.Split(',')[0]
    }

    # A state that knows 100 people, without a call.
    $known = New-Path db
    $null = Invoke-Sync (Save-Row (New-Row (1..100)) -Age 24) @{ StatePath = $known; Baseline = $true }
    function New-State {
        $state = New-Path db
        Copy-Item $known $state
        $state
    }
}

AfterAll {
    Disconnect-InboundProvisioning
    Stop-Emulator $emulator
}

Describe 'Sync-InboundProvisioning -ReportPath' {
    It 'leaves the report of a run that was done' {
        $report = New-Path html
        $rows = New-Row (1..101)
        $rows[0].Title = 'Lead'
        $run = Invoke-Sync (Save-Row $rows) @{ StatePath = New-State; ReportPath = $report }
        $run.Ids | Should -BeNullOrEmpty
        $run.Result.ExitCode | Should -Be 0
        $page = Get-Content -Raw $report
        $page | Should -Match '(?s)<h1 id="verdict">.*Done</h1>'
        $page | Should -Match '2 records were sent and accepted\.'
        $page | Should -Not -Match '<script'
        if (-not $IsWindows) {
            (Get-Item $report).UnixMode | Should -Be '-rw-------'
        }
    }

    It 'leaves the report of a run that was stopped, with the command that approves it' {
        $report = New-Path html
        $state = New-State
        $run = Invoke-Sync (Save-Row (New-Row (1..60))) @{ StatePath = $state; ReportPath = $report }
        $run.Result.ExitCode | Should -Be 2
        $page = [System.Net.WebUtility]::HtmlDecode(((Get-Content -Raw $report) -replace '</?span[^>]*>'))
        $page | Should -Match '40 known people are not in the source any more; -MissingLimit allows 10\.'
        $page.Contains("Approve-ProvisioningPlan -StatePath '$state' -Id $($run.Result.PlanId) -Reason '<why>'") | Should -BeTrue
    }

    It 'leaves the report of a run that did not even begin' {
        $report = New-Path json
        $run = Invoke-Sync (Save-Row (New-Row 1)) @{ StatePath = New-Path db; ReportPath = $report }
        $run.Result.ExitCode | Should -Be 1
        $run.Ids | Should -Be 'InitialRunUndecided'
        $facts = Get-Content -Raw $report | ConvertFrom-Json
        $facts.Verdict.Word | Should -Be 'Failed'
        $facts.Verdict.Sentence | Should -Match '-Initial sends all people'
    }

    It 'leaves it also where the first error ends the cmdlet' {
        $report = New-Path html
        { Sync-InboundProvisioning (Save-Row (New-Row (1..60))) $mapping -StatePath (New-State) -ReportPath $report -ErrorAction Stop } | Should -Throw
        Get-Content -Raw $report | Should -Match 'Stopped</h1>'
    }

    It 'never makes a run fail: <Case>' -ForEach @(
        @{ Case = 'a folder that is not there'; Name = 'none/report.html' }
        @{ Case = 'an ending that says no format'; Name = 'report.txt' }
        @{ Case = 'another file'; Name = 'other.html' }
        @{ Case = 'a folder'; Name = '.' }
    ) {
        $path = Join-Path $TestDrive $Name
        Set-Content (Join-Path $TestDrive other.html) '<p>mine</p>'
        $run = Invoke-Sync (Save-Row (New-Row (1..102))) @{ StatePath = New-State; ReportPath = $path }
        $run.Result.Status, $run.Result.ExitCode, $run.Result.Accepted | Should -Be 'Completed', 0, 2
        $run.Ids | Should -Be 'ReportNotWritten'
        Get-Content (Join-Path $TestDrive other.html) | Should -Be '<p>mine</p>'
    }

    It 'tells old and new values with -ReportDetail Values alone' {
        $rows = New-Row (1..100)
        $rows[6].Title = 'Chief <Engineer>'
        $file = Save-Row $rows
        foreach ($detail in 'Records', 'Values') {
            $report = New-Path html
            $null = Invoke-Sync $file @{ StatePath = New-State; ReportPath = $report; ReportDetail = $detail }
            (Get-Content -Raw $report) -match 'Chief &lt;Engineer&gt;' | Should -Be ($detail -eq 'Values')
        }
    }

    It 'leaves none with -WhatIf' {
        $report = New-Path html
        $null = Sync-InboundProvisioning (Save-Row (New-Row (1..101))) $mapping -StatePath (New-State) -ReportPath $report -WhatIf
        $report | Should -Not -Exist
    }
}

Describe 'Export-ProvisioningReport of a state' {
    BeforeAll {
        $state = New-State
        $null = Invoke-Sync (Save-Row (New-Row (1..60))) @{ StatePath = $state }
    }

    It 'is about the last run, or the one that is named' {
        $report = Export-ProvisioningReport (New-Path json) -StatePath $state -PassThru
        $report | Should -BeOfType System.IO.FileInfo
        $facts = Get-Content -Raw $report | ConvertFrom-Json
        $facts.Run.RunId, $facts.Run.Status, $facts.Nights.Count | Should -Be 2, 'Stopped', 2
        $first = New-Path json
        Export-ProvisioningReport $first -StatePath $state -RunId 1 | Should -BeNullOrEmpty
        (Get-Content -Raw $first | ConvertFrom-Json).Run.Status | Should -Be 'Completed'
    }

    It 'tells the same as the report that the run has left' {
        $own, $later = (New-Path json), (New-Path json)
        $one = New-State
        $null = Invoke-Sync (Save-Row (New-Row (1..60))) @{ StatePath = $one; ReportPath = $own }
        Export-ProvisioningReport $later -StatePath $one
        $texts = foreach ($path in $own, $later) { (Get-Content -Raw $path) -replace '"CreatedOn": "[^"]+"' }
        $texts[1] | Should -Be $texts[0]
    }

    It 'replaces a file by -Force only' {
        $report = New-Path md
        Export-ProvisioningReport $report -StatePath $state
        Get-Fault { Export-ProvisioningReport $report -StatePath $state } | Should -Be 'FileExists'
        Export-ProvisioningReport $report -StatePath $state -Force
        Get-Content $report -TotalCount 2 | Should -Be '<!-- InboundProvisioning report -->', '# Stopped'
    }

    It 'writes what -Format says, whatever the path' {
        $report = New-Path summary
        Export-ProvisioningReport $report -StatePath $state -Format Markdown
        Get-Content $report -TotalCount 2 | Select-Object -Last 1 | Should -Be '# Stopped'
        Get-Fault { Export-ProvisioningReport (New-Path summary) -StatePath $state } | Should -Be 'UnknownReportFormat'
    }

    It 'names nobody with -ReportDetail Summary' {
        $report = New-Path html
        Export-ProvisioningReport $report -StatePath $state -ReportDetail Summary
        Get-Content -Raw $report | Should -Not -Match 'r10\d\d'
        Export-ProvisioningReport $report -StatePath $state -Force
        Get-Content -Raw $report | Should -Match 'r10\d\d'
    }

    It 'says what is missing: <Id>' -ForEach @(
        @{ Id = 'StateNotFound'; With = { @{ StatePath = New-Path db } } }
        @{ Id = 'RunNotFound'; With = { @{ StatePath = $state; RunId = 99 } } }
    ) {
        $with = & $With
        Get-Fault { Export-ProvisioningReport (New-Path html) @with } | Should -Be $Id
    }

    It 'writes nothing with -WhatIf' {
        $report = New-Path html
        Export-ProvisioningReport $report -StatePath $state -WhatIf
        $report | Should -Not -Exist
    }
}

Describe 'The report of the night after' {
    It 'tells who of the night before has failed, with cause, remedy and the command that shows them' {
        $state, $report = (New-State), (New-Path html)
        $rows = New-Row (1..103)
        $rows[101].User, $rows[102].User = 'report102@elsewhere.example', 'report103@elsewhere.example'
        $file = Save-Row $rows -Age 1
        (Invoke-Sync $file @{ StatePath = $state }).Result.Accepted | Should -Be 3
        Invoke-Cycle

        $rows[0].Title = 'Lead'
        $run = Invoke-Sync (Save-Row $rows) @{ StatePath = $state; ReportPath = $report }
        $run.Result.Status, $run.Result.ExitCode | Should -Be 'Completed', 4
        $later = New-Path json
        Export-ProvisioningReport $later -StatePath $state
        $facts = Get-Content -Raw $later | ConvertFrom-Json
        $facts.Failures[0].Name, $facts.Failures[0].Count | Should -Be 'AzureActiveDirectoryInvalidUserPrincipalName', 2
        $facts.Failures[0].Records.ExternalId | Sort-Object | Should -Be 'r1102', 'r1103'
        $facts.Failures[0].Cause, $facts.Failures[0].Remedy | Should -Not -BeNullOrEmpty
        ($facts.Outcomes | Measure-Object -Property Failed -Sum).Sum | Should -Be 2
        ($facts.Outcomes | Measure-Object -Property Open -Sum).Sum | Should -Be 1
        $facts.Verdict.Word | Should -Be 'Done, with exceptions'
        $facts.Verdict.Sentence | Should -Match '2 people are not in the directory as the source says'
        $facts.Verdict.Steps.Command | Should -Contain "Get-ProvisioningState -StatePath '$state' -Status Failed"
        $page = Get-Content -Raw $report
        $page | Should -Match '<bdi>r1102</bdi>'
        $page | Should -Not -Match 'elsewhere'
    }

    It 'is about the people of its own run where an earlier one is named' {
        $state = New-State
        $null = Invoke-Sync (Save-Row (New-Row (1..104)) -Age 1) @{ StatePath = $state }
        $null = Invoke-Sync (Save-Row (New-Row (1..106))) @{ StatePath = $state }
        $report = New-Path json
        Export-ProvisioningReport $report -StatePath $state -RunId 2
        $facts = Get-Content -Raw $report | ConvertFrom-Json
        ($facts.Outcomes | ForEach-Object { $_.Succeeded + $_.Open + $_.Failed } | Measure-Object -Sum).Sum | Should -Be 4
    }
}

Describe 'Export-ProvisioningReport of the logs' {
    BeforeAll {
        function New-User([string] $Id, [string] $UserName) {
            [pscustomobject] @{ Id = $Id; User = $UserName; Active = 'yes'; Title = 'Engineer' }
        }

        # A domain that is not verified fails; an id of a hostile mind is only an id.
        $results = (New-User 'good-1' 'good1@contoso.com'), (New-User '<script>alert(1)</script>' 'bad1@elsewhere.example'), (New-User 'bad-2' 'bad2@elsewhere.example') |
            ConvertTo-ScimBulkPayload -AttributeMapping $mapping | Send-ScimBulkPayload
        Invoke-Cycle
        $changes = @($results | Get-ProvisioningLog)
    }

    It 'groups who failed by error code, with cause and remedy' {
        $report = New-Path json
        $changes | Export-ProvisioningReport $report
        $facts = Get-Content -Raw $report | ConvertFrom-Json
        $facts.Verdict.Word | Should -Be 'Done, with failures'
        $facts.Failures[0].Name, $facts.Failures[0].Count | Should -Be 'AzureActiveDirectoryInvalidUserPrincipalName', 2
        $facts.Failures[0].Cause, $facts.Failures[0].Remedy | Should -Not -BeNullOrEmpty
        $facts.Failures[0].Records.ExternalId | Sort-Object | Should -Be '<script>alert(1)</script>', 'bad-2'
    }

    It 'writes a name like <script> as a name' {
        $report = New-Path html
        $changes | Export-ProvisioningReport $report
        $page = Get-Content -Raw $report
        $page | Should -Not -Match '<script'
        $page | Should -Match '&lt;script&gt;alert\(1\)&lt;/script&gt;'
    }

    It 'takes single events too' {
        $report = New-Path json
        $results | Get-ProvisioningLog -Raw | Export-ProvisioningReport $report
        (Get-Content -Raw $report | ConvertFrom-Json).Failures[0].Count | Should -Be 2
    }

    It 'refuses what is no log, and goes on with the rest' {
        $report = New-Path json
        @('nonsense') + $changes | Export-ProvisioningReport $report -ErrorAction SilentlyContinue -ErrorVariable fault
        "$($fault[0].FullyQualifiedErrorId)".Split(',')[0] | Should -Be 'InvalidInputObject'
        $report | Should -Exist
    }
}
