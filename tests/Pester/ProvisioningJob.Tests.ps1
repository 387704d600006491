#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The job cmdlets and Send-ScimBulkPayload with the real pwsh, against an emulator process.

Describe 'A provisioning job' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Get-Module InboundProvisioning -All | Remove-Module -Force
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        . (Join-Path $PSScriptRoot Emulator.ps1)
        $emulator = Start-Emulator --limits, off, --roles, 'SynchronizationData-User.Upload,Application.ReadWrite.All,Synchronization.ReadWrite.All'
        $address = $emulator.Address
        $signIn = Get-EmulatorSignIn $address
        $null = Connect-InboundProvisioning @signIn
        $payload = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","bulkId":"1","path":"/Users","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"1","active":true}}]}'
    }

    AfterAll {
        Disconnect-InboundProvisioning
        Stop-Emulator $emulator
    }

    It 'is shown with state and endpoint' {
        $job = Get-ProvisioningJob
        $job.Status | Should -Be 'Active'
        $job.ProvisioningEndpoint | Should -BeLike '*/bulkUpload'
    }

    It 'is paused and started through the pipeline' {
        (Get-ProvisioningJob | Stop-ProvisioningJob -Wait -PassThru).IsPaused | Should -BeTrue
        (Get-ProvisioningJob | Start-ProvisioningJob -Wait -PassThru).IsRunning | Should -BeTrue
    }

    It 'is not restarted with -WhatIf, and the warning comes' {
        Restart-ProvisioningJob -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*purges what was uploaded*'
    }

    It 'is restarted with a scope' {
        (Restart-ProvisioningJob -Scope Watermark, Escrows -Confirm:$false -PassThru -WarningAction SilentlyContinue).Status | Should -Be 'Active'
    }

    It 'is warned of by Send-ScimBulkPayload while it is paused' {
        Stop-ProvisioningJob
        $payload | Send-ScimBulkPayload -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
        $warnings | Should -HaveCount 2
        $warnings[0] | Should -BeLike '*Start-ProvisioningJob*'
    }

    It 'stands still and starts again with -RestartJob' {
        ($payload | Send-ScimBulkPayload -RestartJob).Status | Should -Be 202
        (Get-ProvisioningJob).Status | Should -Be 'Active'
    }
}
