# Each way to sign in that needs no browser, in a real session against the emulator.

Describe 'Signing in' {
    BeforeAll {
        Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')) -Force
        . (Join-Path $PSScriptRoot Emulator.ps1)
        $process = Start-Emulator --approve-device-codes, --device-code-interval, 0, --managed-identity-roles, 'SynchronizationData-User.Upload'
        $service = $process.Address
        $secret = ConvertTo-SecureString $service.clientSecret -AsPlainText -Force
        $private = @{ GraphEndpoint = $service.graph; AuthorityHost = $service.authority; TrustedRootCertificatePath = $service.caCertificatePath }
        $app = @{ TenantId = $service.tenantId; ClientId = $service.clientId }
        $job = @{ ServicePrincipalId = $service.servicePrincipalId; JobId = $service.jobId }
        $env:IDENTITY_ENDPOINT = $service.managedIdentityEndpoint
        $env:IDENTITY_HEADER = $service.managedIdentityHeader
        $payload = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","bulkId":"1","path":"/Users",' +
            '"data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"1","active":true}}],"failOnErrors":null}'
        $ways = @{
            'a client secret'         = $app + @{ ClientSecret = $secret }
            'a PSCredential'          = @{ TenantId = $service.tenantId; ClientSecretCredential = [pscredential]::new($service.clientId, $secret) }
            'a federated token'       = $app + @{ FederatedTokenPath = $service.federatedTokenPath }
            'a managed identity'      = @{ Identity = $true }
            'a user-assigned one'     = @{ Identity = $true; ClientId = $service.userAssignedClientId }
            'a device code'           = $app + @{ UseDeviceCode = $true; WarningAction = 'SilentlyContinue' }
        }
    }

    AfterAll {
        Disconnect-InboundProvisioning
        $env:IDENTITY_ENDPOINT = $null
        $env:IDENTITY_HEADER = $null
        Stop-Emulator $process
    }

    AfterEach {
        Disconnect-InboundProvisioning
    }

    It 'works with <_>' -ForEach 'a client secret', 'a PSCredential', 'a federated token', 'a managed identity', 'a user-assigned one', 'a device code' {
        $way = $ways[$_]
        (Connect-InboundProvisioning @way @private @job).TenantId | Should -Be $service.tenantId

        ($payload | Send-ScimBulkPayload).Status | Should -Be 202
    }

    It 'shows the code as a warning' {
        Connect-InboundProvisioning @app @private -UseDeviceCode -WarningVariable warning -WarningAction SilentlyContinue | Out-Null

        $warning | Should -Match '^To sign in, open https://localhost'
    }

    It 'keeps several connections, of which the last one made is the default' {
        $first = Connect-InboundProvisioning @app @private @job -ClientSecret $secret
        Connect-InboundProvisioning -Identity @private | Out-Null

        ($payload | Send-ScimBulkPayload -Connection $first).Status | Should -Be 202
        (Get-InboundProvisioningContext -For Upload).Credential | Should -Be 'Managed identity (system-assigned)'
        (Get-InboundProvisioningContext -All -For Upload).IsDefault | Should -Be @($true, $false)
    }

    It 'works in parallel runspaces over a connection that is handed to them' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $connection = Connect-InboundProvisioning @app @private @job -ClientSecret $secret
        $manifest = (Get-Module InboundProvisioning).Path -replace 'psm1$', 'psd1'

        $status = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            ($using:payload | Send-ScimBulkPayload -Connection $using:connection).Status
        }
        $status | Should -Be @(202, 202)
    }

    It 'warns of what the token lacks' {
        Connect-InboundProvisioning @app @private -ClientSecret $secret | Out-Null

        Get-InboundProvisioningContext -WarningVariable warning -WarningAction SilentlyContinue | Out-Null
        $warning | Should -Match 'ProvisioningLog.Read.All \(Get-ProvisioningLog\)'
    }

    It 'prints a connection without its secret' {
        $text = Connect-InboundProvisioning @app @private -ClientSecret $secret | Format-List * | Out-String

        $text | Should -Match 'SynchronizationData-User.Upload'
        $text | Should -Not -Match ([regex]::Escape($service.clientSecret))
    }
}
