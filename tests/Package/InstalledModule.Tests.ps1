# Tests of the module as it was installed, in whatever PowerShell runs them: Test-Package.ps1 installs it and starts them.
param ([string] $Version, [string] $Emulator)

Describe 'The installed module' {
    BeforeAll {
        $samples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'samples'))
        $workers = Join-Path $samples 'workers.csv'
        $mapping = Join-Path $samples 'AttributeMapping.psd1'
        $available = @(Get-Module InboundProvisioning -ListAvailable)
        Import-Module InboundProvisioning
        $module = Get-Module InboundProvisioning
    }

    It 'is the one that was packed' {
        $available | Should -HaveCount 1
        $label = $module.PrivateData.PSData.Prerelease
        $(if ($label) { "$($module.Version)-$label" } else { "$($module.Version)" }) | Should -Be $Version
    }

    It 'has each file that its bill of materials names, with its hash, and no other' {
        $bill = Get-Content -LiteralPath (Join-Path $module.ModuleBase 'InboundProvisioning.cdx.json') -Raw -Encoding UTF8 | ConvertFrom-Json
        $files = @($bill.metadata.component.components) + @($bill.components | ForEach-Object { $_.components })
        foreach ($file in $files) {
            $hash = (Get-FileHash -LiteralPath (Join-Path $module.ModuleBase $file.name) -Algorithm SHA256).Hash
            "$($file.name) $($hash.ToLowerInvariant())" | Should -BeExactly "$($file.name) $($file.hashes[0].content)"
        }

        # What an installation adds is its own: PSGetModuleInfo.xml, in older ones the description of the package.
        $installed = Get-ChildItem -LiteralPath $module.ModuleBase -Recurse -File |
            ForEach-Object { $_.FullName.Substring($module.ModuleBase.Length + 1).Replace('\', '/') } |
            Where-Object { $_ -notmatch '^(PSGetModuleInfo\.xml|InboundProvisioning\.cdx\.json|.*\.nuspec|\[Content_Types\]\.xml|_rels/.*|package/.*)$' }
        Compare-Object @($files.name) @($installed) | Should -BeNullOrEmpty
    }

    It 'brings the licences of what is in it' {
        Get-Content -LiteralPath (Join-Path $module.ModuleBase 'LICENSE') -Raw | Should -Match 'MIT License'
        Get-Content -LiteralPath (Join-Path $module.ModuleBase 'THIRD-PARTY-NOTICES.txt') -Raw | Should -Match 'CsvHelper'
    }

    It 'has its cmdlets, each with help' {
        $cmdlets = @(Get-Command -Module InboundProvisioning | ForEach-Object Name)
        Compare-Object $cmdlets @((Import-PowerShellDataFile (Join-Path $module.ModuleBase 'InboundProvisioning.psd1')).CmdletsToExport) | Should -BeNullOrEmpty

        # Without a page of its own a cmdlet's synopsis is its syntax.
        $cmdlets | Where-Object { $synopsis = "$((Get-Help $_).Synopsis)".Trim(); -not $synopsis -or $synopsis -like "$_ *" } | Should -BeNullOrEmpty
    }

    It 'finds the sample mapping right, and a wrong one wrong' {
        Test-ScimAttributeMapping $mapping -Path $workers | Should -BeTrue
        Test-ScimAttributeMapping @{ externalId = 'WorkerID'; noSuchAttribute = 'FullName' } -ErrorAction Ignore | Should -BeFalse
    }

    It 'converts the sample file' {
        $requests = @(ConvertTo-ScimBulkPayload $workers $mapping | ForEach-Object { $_ | ConvertFrom-Json })
        $requests | Should -HaveCount 20
        $users = @($requests | ForEach-Object { $_.Operations } | ForEach-Object { $_.data })
        $users | Should -HaveCount 1000
        @($users.externalId | Sort-Object -Unique) | Should -HaveCount 1000
        @($users | Where-Object { $_.active -is [bool] }) | Should -HaveCount 1000
    }

    It 'runs the script blocks of a mapping, and rejects a bad row alone' {
        $rows = [pscustomobject] @{ Id = '1'; Name = 'jo' }, [pscustomobject] @{ Id = ''; Name = 'nobody' }, [pscustomobject] @{ Id = '2'; Name = 'al' }
        $script = @{ externalId = 'Id'; userName = { $_.Name.ToUpperInvariant() + '@contoso.com' }; active = { $true } }
        $payload = $rows | ConvertTo-ScimBulkPayload -AttributeMapping $script -ErrorAction SilentlyContinue -ErrorVariable faults | ConvertFrom-Json
        $payload.Operations.data.userName | Should -Be 'JO@contoso.com', 'AL@contoso.com'
        $faults | Should -HaveCount 1
    }

    It 'keeps a state on this system, and finds what has changed against it' {
        $state = Join-Path $TestDrive 'contoso.db'
        $endpoint = 'https://graph.microsoft.com/v1.0/servicePrincipals/10000000-0000-0000-0000-000000000001/synchronization/jobs/' +
            'API2AAD.20000000000000000000000000000002.30000000-0000-0000-0000-000000000003/bulkUpload'

        # Nothing is called with it: a baseline takes people as accepted.
        $token = ConvertTo-SecureString 'unused' -AsPlainText -Force
        $result = Sync-InboundProvisioning $workers $mapping -StatePath $state -Baseline -AccessToken $token -ProvisioningEndpoint $endpoint
        $result.ExitCode | Should -Be 0
        @(Get-ProvisioningState $state) | Should -HaveCount 1000

        $tonight = Join-Path $TestDrive 'tonight.csv'
        $rows = Import-Csv $workers
        $rows[0].FirstName = 'Another'
        $rows | Export-Csv $tonight -NoTypeInformation -Encoding UTF8
        $plan = Get-ProvisioningPlan $tonight $mapping -StatePath $state
        $plan.Changes | Should -HaveCount 1
        $plan.Changes[0].ExternalId | Should -Be $rows[0].WorkerID
    }

    It 'keeps its packages apart from those of other modules' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object Location | Where-Object { $_ -like "$($module.ModuleBase)*" }
        @($default | Split-Path -Leaf) | Should -Be 'InboundProvisioning.Loader.dll'
    }

    Context 'against the emulator' -Tag 'Emulator' {
        BeforeAll {
            # Its first line is its address; it ends when its input is closed.
            $start = [System.Diagnostics.ProcessStartInfo] @{
                FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true; UseShellExecute = $false
                Arguments = "`"$Emulator`" --until-stdin-closes --cycle-seconds 2 --roles SynchronizationData-User.Upload,ProvisioningLog.Read.All"
            }
            $process = [System.Diagnostics.Process]::Start($start)
            $address = $process.StandardOutput.ReadLine() | ConvertFrom-Json
            $state = Join-Path $TestDrive 'night.db'
        }

        AfterAll {
            if ($process) {
                $process.StandardInput.Close()
                $null = $process.WaitForExit(10000)
            }
        }

        It 'signs in and sends the sample file over TLS, once' {
            $signIn = @{
                GraphEndpoint = $address.graph; AuthorityHost = $address.authority; TrustedRootCertificatePath = $address.caCertificatePath
                TenantId = $address.tenantId; ClientId = $address.clientId
                ClientSecret = ConvertTo-SecureString $address.clientSecret -AsPlainText -Force
                ServicePrincipalId = $address.servicePrincipalId; JobId = $address.jobId
            }
            $null = Connect-InboundProvisioning @signIn
            $first = Sync-InboundProvisioning $workers $mapping -StatePath $state -Initial
            "$($first.Status) $($first.ExitCode) $($first.Accepted)" | Should -Be 'Completed 0 1000'
            $second = Sync-InboundProvisioning $workers $mapping -StatePath $state
            "$($second.Status) $($second.Accepted)" | Should -Be 'NothingToDo 0'
        }

        It 'learns what became of a person' {
            $id = (Import-Csv $workers)[0].WorkerID
            $outcome = $id | Get-ProvisioningLog -Wait -Timeout 60 -PollingSeconds 1
            $outcome.Status | Should -Be 'success'
        }
    }
}
