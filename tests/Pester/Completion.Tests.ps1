#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# What the Tab key offers, without a call: there is no connection by then.

Describe 'Completion' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        Push-Location -LiteralPath (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'a folder')).FullName
        New-Item -ItemType Directory -Path maps | Out-Null
        Set-Content -LiteralPath 'map one.psd1' -Value '@{ }'
        Set-Content -LiteralPath 'map.txt' -Value ''
        Set-Content -LiteralPath 'hr.csv' -Value 'Worker ID;Status;O''Neill', '1;A;x'
        Set-Content -LiteralPath 'people.csv' -Value (@('externalId,userName,active') + (1..30 | ForEach-Object { "a$_,a$_@contoso.com,true" }))

        # One run, two cycles, one job: what there is to offer. The emulator is gone before anything is completed.
        . (Join-Path $PSScriptRoot Emulator.ps1)
        $emulator = Start-Emulator --limits, off, --roles, 'SynchronizationData-User.Upload,ProvisioningLog.Read.All,Synchronization.ReadWrite.All'
        try {
            $signIn = Get-EmulatorSignIn $emulator.Address
            Connect-InboundProvisioning @signIn
            $null = Invoke-RestMethod -Method Post -Uri "$($emulator.Address.graph)/emulator/logs?count=20&eventsPerCycle=10" -SkipCertificateCheck
            Sync-InboundProvisioning people.csv -StatePath 'the state.db' -Baseline -WarningAction SilentlyContinue | Out-Null
            $cycles = @(Get-ProvisioningLog -Last 2 -Summary).CycleId
            $job = Get-ProvisioningJob
        } finally {
            Disconnect-InboundProvisioning
            Stop-Emulator $emulator
        }

        function Get-Completion([string] $line) { @((TabExpansion2 $line $line.Length).CompletionMatches) }
    }

    AfterAll { Pop-Location }

    It 'offers mapping files and the folders on the way' {
        $offered = (Get-Completion 'Show-ScimUser people.csv ma').CompletionText
        @($offered | Where-Object { $_ -match 'maps' }).Count | Should -Be 1
        @($offered | Where-Object { $_ -match 'map one\.psd1' }).Count | Should -Be 1
        @($offered | Where-Object { $_ -match '\.txt' }) | Should -BeNullOrEmpty
    }

    It 'offers the columns of the file, quoted where they have to be' {
        $offered = (Get-Completion "Set-ProvisioningSchemaExtension hr.csv -ScimSchemaNamespace urn:x -Delimiter ';' -Column ").CompletionText
        $offered | Should -Be @("'Worker ID'", 'Status', "'O''Neill'")
        (Get-Completion "Set-ProvisioningSchemaExtension hr.csv -ScimSchemaNamespace urn:x -Delimiter ';' -Column 'wor").CompletionText | Should -Be @("'Worker ID'")
        Get-Completion 'Set-ProvisioningSchemaExtension nothing.csv -ScimSchemaNamespace urn:x -Column ' | Where-Object ResultType -eq 'ParameterValue' | Should -BeNullOrEmpty
    }

    It 'offers SCIM attributes and URNs' {
        (Get-Completion 'Show-ScimUser people.csv -Attribute name.').CompletionText | Should -Contain 'name.givenName'
        (Get-Completion 'Show-ScimUser people.csv -Attribute urn').CompletionText | Should -Contain 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'
        (Get-Completion 'ConvertTo-ScimBulkPayload people.csv -ScimSchemaNamespace urn').CompletionText | Should -Contain 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    }

    It 'offers the people and the runs of a state' {
        (Get-Completion "Get-ProvisioningState 'the state.db' -ExternalId a2").CompletionText | Sort-Object | Should -Be (@('a2') + (20..29 | ForEach-Object { "a$_" }))
        $runs = Get-Completion "Export-ProvisioningReport report.html -StatePath 'the state.db' -RunId "
        $runs.CompletionText | Should -Be @('1')
        $runs[0].ToolTip | Should -BeLike '* Completed'
        Get-Completion 'Get-ProvisioningState nowhere.db -ExternalId a' | Where-Object ResultType -eq 'ParameterValue' | Should -BeNullOrEmpty
    }

    It 'asks no network for the state in a blob' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $line = "Get-ProvisioningState https://127.0.0.1:$($listener.LocalEndpoint.Port)/c/contoso.db -ExternalId a"
            Get-Completion $line | Where-Object ResultType -eq 'ParameterValue' | Should -BeNullOrEmpty
            $listener.Pending() | Should -BeFalse
        } finally {
            $listener.Stop()
        }
    }

    It 'offers the ids of jobs and cycles that the session has shown' {
        $cycles.Count | Should -Be 2
        (Get-Completion 'Get-ProvisioningLog -CycleId ').CompletionText.Trim("'") | Sort-Object | Should -Be ($cycles | Sort-Object)
        (Get-Completion 'Start-ProvisioningJob -JobId ').CompletionText.Trim("'") | Should -Be @($job.JobId)
    }
}
