#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Get-ProvisioningLog' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Import-Module ([System.IO.Path]::Combine($root, 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))

        . (Join-Path $PSScriptRoot Emulator.ps1)
        $emulator = Start-Emulator --limits, off, --roles, 'SynchronizationData-User.Upload,ProvisioningLog.Read.All'
        $address = $emulator.Address
        Connect-InboundProvisioning -TenantId $address.tenantId -ClientId $address.clientId -ClientSecret (ConvertTo-SecureString $address.clientSecret -AsPlainText -Force) `
            -GraphEndpoint $address.graph -AuthorityHost $address.authority -TrustedRootCertificatePath $address.caCertificatePath `
            -ServicePrincipalId $address.servicePrincipalId -JobId $address.jobId
        $PSDefaultParameterValues['Get-ProvisioningLog:CallLimit'] = 1000

        $mapping = @{ externalId = 'Id'; userName = 'User'; displayName = 'Name'; active = { $true } }
        $csv = Join-Path $TestDrive 'workers.csv'
        Set-Content -LiteralPath $csv -Encoding UTF8 -Value @(
            'Id,User,Name'
            '701984,bjensen@example.com,Barbara Jensen'
            '701985,jsmith@elsewhere.test,John Smith'
            '701986,wolfeschlegelsteinhausenbergerdorff@example.com,Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Elder')

        function Start-Cycle {
            $null = Invoke-RestMethod -Method Post -Uri "$($address.graph)/emulator/cycle" -SkipCertificateCheck
        }
    }

    AfterAll {
        Disconnect-InboundProvisioning
        Stop-Emulator $emulator
    }

    It 'follows records from the file to their outcome, and sends those that failed again' {
        $sent = ConvertTo-ScimBulkPayload $csv $mapping | Send-ScimBulkPayload
        Start-Cycle

        $outcome = $sent | Get-ProvisioningLog -Wait -PollingSeconds 1
        $outcome.SourceId | Sort-Object | Should -Be '701984', '701985', '701986'
        $failed = Get-ProvisioningLog -Status failure
        $failed.SourceId | Should -Be '701985'
        $failed.ErrorCode | Should -Be 'AzureActiveDirectoryInvalidUserPrincipalName'

        (Get-Content $csv) -replace 'elsewhere.test', 'example.com' | Set-Content $csv
        $again = Get-ProvisioningLog -Status failure | ConvertTo-ScimBulkPayload $csv $mapping | Send-ScimBulkPayload
        $again.ExternalIds | Should -Be '701985'
        Start-Cycle
        $again | Get-ProvisioningLog -First 1 | ForEach-Object Status | Should -Be 'success'
        Get-ProvisioningLog -Last 2 | Should -HaveCount 4
    }

    It 'has views that fit 120 columns' {
        $text = (Get-ProvisioningLog -Last 2 | Out-String -Width 120), (Get-ProvisioningLog -Last 2 -Raw | Out-String -Width 120),
            (Get-ProvisioningLog -Last 2 -Summary | Out-String -Width 120) -join "`n"

        $text -split "`r?`n" | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 120
        $text | Should -Match 'AzureActiveDirectoryInvalidUserPrincipalName'
        $text | Should -Match '(?m)^Create +2 +1 +0 +0 +0 +3 *\r?$'
        ((Get-ProvisioningLog -Last 2)[0] | Format-List | Out-String -Width 120) | Should -Match 'Reason +:[\s\S]*Steps +:[\s\S]*ChangeId +:'
    }

    It 'stops with Select-Object -First' {
        Get-ProvisioningLog -Last 2 | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'has help with examples' {
        (Get-Help Get-ProvisioningLog).Synopsis | Should -BeLike 'Reads the provisioning logs*'
        (Get-Help Get-ProvisioningLog -Examples).Examples.Example.Count | Should -BeGreaterThan 3
    }

    It 'says that nothing is converted when no record is named' {
        $requests = ConvertTo-ScimBulkPayload $csv $mapping -ExternalId $null -WarningVariable warnings -WarningAction SilentlyContinue

        $requests | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*nothing is converted*'
        $requests = ConvertTo-ScimBulkPayload $csv $mapping -ExternalId 701984, nobody -WarningVariable warnings -WarningAction SilentlyContinue
        ($requests | ConvertFrom-Json).Operations.bulkId | Should -Be '701984'
        "$warnings" | Should -Be "1 of 2 externalIds are in no file: 'nobody'."
    }
}
