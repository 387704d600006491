@{
    RootModule             = 'InboundProvisioning.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5f0a8a33-2d4d-4f0c-9f5e-6b1f7a5b1c7e'
    Author                 = 'InboundProvisioning contributors'
    CompanyName            = 'InboundProvisioning contributors'
    Copyright              = '(c) 2026 The InboundProvisioning contributors. MIT License.'
    Description            = 'Microsoft Entra API-driven inbound provisioning: turns HR files and objects into SCIM bulk requests, checks the attribute mapping, and sends the requests to a provisioning job.'

    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess       = @('InboundProvisioning.Format.ps1xml')

    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Approve-ProvisioningPlan'
        'Compare-ScimBulkPayload'
        'Connect-InboundProvisioning'
        'ConvertTo-ScimBulkPayload'
        'Disconnect-InboundProvisioning'
        'Export-ProvisioningReport'
        'Export-ProvisioningSchema'
        'Get-InboundProvisioningContext'
        'Get-ProvisioningJob'
        'Get-ProvisioningLog'
        'Get-ProvisioningPlan'
        'Get-ProvisioningRun'
        'Get-ProvisioningSafeguard'
        'Get-ProvisioningState'
        'Grant-ProvisioningPermission'
        'Import-ProvisioningSchema'
        'New-ProvisioningApplication'
        'New-ScimAttributeMapping'
        'Remove-ProvisioningState'
        'Repair-ProvisioningState'
        'Restart-ProvisioningJob'
        'Send-ScimBulkPayload'
        'Set-ProvisioningSafeguard'
        'Set-ProvisioningSchemaExtension'
        'Show-ScimUser'
        'Start-ProvisioningJob'
        'Stop-ProvisioningJob'
        'Sync-InboundProvisioning'
        'Test-ScimAttributeMapping'
        'Test-ScimBulkPayload'
        'Update-ProvisioningOutcome'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags       = @('Entra', 'EntraID', 'AzureAD', 'ActiveDirectory', 'Provisioning', 'SCIM', 'HR', 'Identity',
                           'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
