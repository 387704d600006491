# The schema of a job, in a real session against the emulator.

Describe 'The schema of a job' {
    BeforeAll {
        Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')) -Force
        . (Join-Path $PSScriptRoot Emulator.ps1)
        $process = Start-Emulator --roles, 'Application.Read.All,Synchronization.Read.All,Synchronization.ReadWrite.All'
        $service = $process.Address
        Connect-InboundProvisioning -TenantId $service.tenantId -ClientId $service.clientId -ClientSecret (ConvertTo-SecureString $service.clientSecret -AsPlainText -Force) `
            -GraphEndpoint $service.graph -AuthorityHost $service.authority -TrustedRootCertificatePath $service.caCertificatePath `
            -ServicePrincipalId $service.servicePrincipalId -JobId $service.jobId | Out-Null
        $urn = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User'
        Push-Location $TestDrive
    }

    AfterAll {
        Pop-Location
        Disconnect-InboundProvisioning
        Stop-Emulator $process
    }

    It 'takes the columns of a file, with types from the data, and a mapping' {
        Set-Content workers.csv '"WorkerID","HireDate"', '1,2026-01-02', '2,'
        $added = Set-ProvisioningSchemaExtension workers.csv $urn -InferType -TargetAttribute @{ HireDate = 'employeeHireDate' } 6> $null
        $added.Type | Should -Be 'String', 'DateTime'
        $added[1].MappingStatus | Should -Be 'Added'
        $added[0].BackupPath | Should -Exist
        $schema = Export-ProvisioningSchema | ConvertFrom-Json
        ($schema.directories | Where-Object name -eq 'API').objects.attributes.name | Should -Contain "${urn}:HireDate"
    }

    It 'takes a list of attributes that Import-Csv reads' {
        Set-Content attributes.csv 'Name,Type,MultiValued,FlowNullValues', 'Level,Integer,,', 'Skills,,true,false'
        $added = Import-Csv attributes.csv | Set-ProvisioningSchemaExtension -Urn $urn 6> $null
        $added.Type | Should -Be 'Integer', 'String'
        $added.MultiValued | Should -Be $false, $true
    }

    It 'brings back what a change has changed' {
        $added = Set-ProvisioningSchemaExtension -Name Undone -Urn $urn 6> $null
        Import-ProvisioningSchema $added.BackupPath -Confirm:$false 6> $null | Select-Object -ExpandProperty Status | Should -Be 'Changed'
        Export-ProvisioningSchema | Should -Not -Match 'Undone'
    }

    It 'writes a document of the mappings' {
        Export-ProvisioningSchema mappings.md -As Markdown | Should -BeOfType System.IO.FileInfo
        'mappings.md' | Should -FileContentMatch '`employeeId`'
    }
}
