#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# docs/samples: the scripts of each host, run as far as they can be without it, against an emulator process. What a host alone has (Task
# Scheduler's cmdlets, variables of Azure Automation, bindings of Azure Functions, tokens for a storage) is a stand-in here.

BeforeDiscovery {
    $samples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'samples'))
    $scripts = Get-ChildItem $samples -Recurse -Include *.ps1, *.psm1 | Where-Object Name -NE quickstart.ps1 |
        ForEach-Object { @{ Name = [System.IO.Path]::GetRelativePath($samples, $_.FullName); Path = $_.FullName } }
    $desktop = $scripts | Where-Object Name -Match 'task-scheduler|Desktop'
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $samples = Join-Path $root 'docs/samples'
    $pathBefore, $env:PSModulePath = $env:PSModulePath, "$(Join-Path $root output)$([System.IO.Path]::PathSeparator)$env:PSModulePath"
    Get-Module InboundProvisioning -All | Remove-Module -Force
    Import-Module InboundProvisioning
    . (Join-Path $PSScriptRoot Emulator.ps1)
    $roles = 'SynchronizationData-User.Upload,ProvisioningLog.Read.All'
    $emulator = Start-Emulator --limits, off, --roles, $roles, --managed-identity-roles, $roles
    $address = $emulator.Address
    $endpoint = "$($address.graph)/v1.0/servicePrincipals/$($address.servicePrincipalId)/synchronization/jobs/$($address.jobId)/bulkUpload"

    # What the samples do not say, since the real service needs none of it.
    $global:PSDefaultParameterValues = @{
        'Connect-InboundProvisioning:GraphEndpoint'              = $address.graph
        'Connect-InboundProvisioning:AuthorityHost'              = $address.authority
        'Connect-InboundProvisioning:TrustedRootCertificatePath' = $address.caCertificatePath
        'Invoke-RestMethod:SkipCertificateCheck'                 = $true
    }

    $hr = (New-Item (Join-Path $TestDrive 'hr') -ItemType Directory).FullName
    $source = Join-Path $hr 'workers.csv'
    $mapping = Join-Path $hr 'AttributeMapping.psd1'
    Set-Content $mapping "@{ externalId = 'Id'; userName = 'User'; active = 'Active' }"
    function Save-Worker([int] $Count, [string] $Path = $source, [string] $Domain = 'contoso.com') {
        @('Id,User,Active') + @(1..$Count | ForEach-Object { "$(1000 + $_),u$_@$Domain,yes" }) | Set-Content $Path
    }

    # A state that knows three people, without a call.
    $known = Join-Path $hr 'known.db'
    Save-Worker 3
    (Get-Item $source).LastWriteTime = (Get-Date).AddHours(-24)
    $secret = ConvertTo-SecureString $address.clientSecret -AsPlainText -Force
    $session = Connect-InboundProvisioning $address.tenantId $address.clientId -ClientSecret $secret -ProvisioningEndpoint $endpoint
    $null = Sync-InboundProvisioning $source $mapping -StatePath $known -Baseline -WarningAction SilentlyContinue
    function New-State([string] $Name) {
        Copy-Item $known (Join-Path $hr $Name) -PassThru | ForEach-Object FullName
    }
}

AfterAll {
    Disconnect-InboundProvisioning
    $global:PSDefaultParameterValues = @{}
    $env:PSModulePath = $pathBefore
    Stop-Emulator $emulator
}

Describe 'The scripts' {
    It '<Name> is read without an error, and says what it is for' -ForEach $scripts {
        $faults = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $faults)
        $faults | Should -BeNullOrEmpty
        Get-Content -Raw $Path | Should -Match '(?s)^(#Requires[^\n]+\n)?<#\n\.SYNOPSIS\n.+\.EXAMPLE\n.+?#>'
    }

    It '<Name> has nothing that Windows PowerShell 5.1 cannot read' -ForEach $desktop {
        $tokens = $faults = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref] $tokens, [ref] $faults)
        $tokens.Kind | Should -Not -Contain AndAnd
        $tokens.Kind | Should -Not -Contain OrOr
        $tokens.Kind -match '^Question' | Should -BeNullOrEmpty
        $tree.FindAll({ "$($args[0].GetType().Name)" -eq 'TernaryExpressionAst' }, $true) | Should -BeNullOrEmpty

        # Without a byte order mark it reads a script in the system's own encoding.
        Get-Content -Raw $Path | Should -Not -Match '[^\x00-\x7F]'
    }
}

Describe 'Task Scheduler' {
    BeforeAll {
        # The cmdlets of Windows, with those of their parameters that are used: they hand back what they were given.
        function New-ScheduledTaskAction($Execute, $Argument, $WorkingDirectory) { $PSBoundParameters }
        function New-ScheduledTaskTrigger([switch] $Daily, [datetime] $At) { $PSBoundParameters }
        function New-ScheduledTaskPrincipal($UserId, $LogonType, $RunLevel) { $PSBoundParameters }
        function New-ScheduledTaskSettingsSet($MultipleInstances, [timespan] $ExecutionTimeLimit, [switch] $StartWhenAvailable, [switch] $RunOnlyIfNetworkAvailable) { $PSBoundParameters }
        function Register-ScheduledTask($TaskName, $Description, $Action, $Trigger, $Principal, $Settings, [switch] $Force) { $PSBoundParameters }
        $argument = @{ TenantId = 'contoso.onmicrosoft.com'; CertificateThumbprint = 'AB12' }
        $install = Join-Path $samples 'task-scheduler/Install-ProvisioningTask.ps1'
        $nightly = Join-Path $samples 'task-scheduler/nightly.ps1'
    }

    It 'registers one task, as the service account, that is not started while it runs and has time to end by itself' {
        $task = & $install -ServiceAccount 'CONTOSO\svc-provisioning$' -Argument $argument -MaximumDuration 03:00:00 -Script 'C:\HR jobs\nightly.ps1'

        $task.Principal.UserId | Should -Be 'CONTOSO\svc-provisioning$'
        $task.Principal.LogonType | Should -Be 'Password'
        $task.Settings.MultipleInstances | Should -Be 'IgnoreNew'
        $task.Settings.ExecutionTimeLimit | Should -Be ([timespan] '03:30:00')
        $task.Settings.StartWhenAvailable | Should -BeTrue
        $task.Trigger.At.TimeOfDay | Should -Be ([timespan] '02:00:00')
        $task.Action.Execute | Should -Be 'powershell.exe'
        $task.Action.Argument | Should -BeExactly ('-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File "C:\HR jobs\nightly.ps1" -MaximumDuration 03:00:00' +
            ' -CertificateThumbprint "AB12" -TenantId "contoso.onmicrosoft.com"')
        $task.Force | Should -BeTrue
    }

    It 'registers nothing with -WhatIf, for an account with a password, or with a value that would end its quotation marks' {
        & $install -ServiceAccount 'CONTOSO\svc-provisioning$' -Argument $argument -WhatIf | Should -BeNullOrEmpty
        { & $install -ServiceAccount 'CONTOSO\jo' -Argument $argument } | Should -Throw '*ServiceAccount*'
        { & $install -ServiceAccount 'CONTOSO\svc$' -Argument @{ Source = 'a" -FirstRun Initial "' } } | Should -Throw '*-Source has a quotation mark*'
        { & $install -ServiceAccount 'CONTOSO\svc$' -Argument @{ Folder = 'C:\HR\' } } | Should -Throw '*ends with a backslash*'
    }

    It 'ends with the exit code of its run' {
        # The store of certificates is that of Windows; the session is connected already.
        $given = @{}
        function Connect-InboundProvisioning($TenantId, $ClientId, $CertificateThumbprint, $ProvisioningEndpoint) { $PSBoundParameters.GetEnumerator() | ForEach-Object { $given[$_.Key] = $_.Value } }
        $parameters = @{ TenantId = 'contoso.com'; ClientId = 'a'; CertificateThumbprint = 'AB12'; ProvisioningEndpoint = $endpoint; Folder = $hr }
        Save-Worker 4
        $null = New-State 'contoso.db'

        (& $nightly @parameters).Accepted | Should -Be 1
        $LASTEXITCODE | Should -Be 0
        Join-Path $hr 'nightly.log' | Should -FileContentMatch '"RunEnded"'
        Join-Path $hr 'report.html' | Should -Exist
        $given.CertificateThumbprint, $given.ProvisioningEndpoint | Should -Be 'AB12', $endpoint

        (Get-Item $source).LastWriteTime = (Get-Date).AddHours(-21)
        (& $nightly @parameters 2>$null).Status | Should -Be 'Stopped'
        $LASTEXITCODE | Should -Be 2
    }

    It 'ends with 1 where there is no run, and leaves a line that says why' {
        function Connect-InboundProvisioning { throw 'no certificate AB12' }
        & $nightly -TenantId a -ClientId b -CertificateThumbprint AB12 -ProvisioningEndpoint $endpoint -Folder $hr 2>$null | Should -BeNullOrEmpty

        $LASTEXITCODE | Should -Be 1
        Get-Content (Join-Path $hr 'nightly.errors.txt') | Should -Match 'no certificate AB12'
    }
}

Describe 'Linux' -Skip:$IsWindows {
    It 'signs in with the certificate that systemd hands over, and keeps its state where systemd says' {
        $credentials, $state = 'credentials', 'state' | ForEach-Object { (New-Item (Join-Path $TestDrive $_) -ItemType Directory).FullName }
        Copy-Item $address.certificatePath (Join-Path $credentials 'certificate')
        $global:PSDefaultParameterValues['Connect-InboundProvisioning:CertificatePassword'] = ConvertTo-SecureString $address.certificatePassword -AsPlainText -Force
        $env:CREDENTIALS_DIRECTORY, $env:STATE_DIRECTORY = $credentials, $state
        $env:TENANT_ID, $env:CLIENT_ID, $env:PROVISIONING_ENDPOINT = $address.tenantId, $address.clientId, $endpoint
        try {
            Save-Worker 3
            (& "$samples/linux/nightly.ps1" -Source $source -MappingPath $mapping -FirstRun Initial).Accepted | Should -Be 3
            $LASTEXITCODE | Should -Be 0
            'contoso.db', 'nightly.log', 'report.html' | ForEach-Object { "$state/$_" | Should -Exist }

            $null = & "$samples/linux/nightly.ps1" -Source "$hr/none.csv" -MappingPath $mapping 2>$null
            $LASTEXITCODE | Should -BeIn 1, 2
        }
        finally {
            $global:PSDefaultParameterValues.Remove('Connect-InboundProvisioning:CertificatePassword')
            $env:CREDENTIALS_DIRECTORY = $env:STATE_DIRECTORY = $env:TENANT_ID = $env:CLIENT_ID = $env:PROVISIONING_ENDPOINT = $null
        }
    }

    It 'starts under cron with a path, a umask and the ids, and not with a certificate that others may read' {
        $etc = (New-Item (Join-Path $TestDrive 'etc') -ItemType Directory).FullName
        $program = Join-Path $TestDrive 'pwsh.sh'
        Set-Content $program "#!/bin/sh`numask; echo `"`$PATH`"; echo `"`$TENANT_ID`"; echo `"`$@`"; exit 4"
        Set-Content "$etc/certificate.pfx" 'key'
        Copy-Item "$samples/linux/nightly.env" $etc
        chmod 700 $program
        chmod 600 "$etc/certificate.pfx"

        $output = env -i ETC=$etc PWSH=$program /bin/sh "$samples/linux/nightly.sh" -FirstRun Baseline
        $LASTEXITCODE | Should -Be 4
        $output | Should -Be '0077', '/usr/local/bin:/usr/bin:/bin', 'contoso.onmicrosoft.com',
            "-NoProfile -NonInteractive -File $samples/linux/nightly.ps1 -CertificatePath $etc/certificate.pfx -FirstRun Baseline"

        chmod 640 "$etc/certificate.pfx"
        env -i ETC=$etc PWSH=$program /bin/sh "$samples/linux/nightly.sh" 2>&1 | Should -Match 'chmod 600'
        $LASTEXITCODE | Should -Be 1
    }

    It 'makes cron mail a night with code <_> or not' -ForEach 0, 1, 2, 3, 4 {
        $line = Get-Content "$samples/linux/crontab" | Where-Object { $_ -match '^0 2 ' }
        $command = $line -replace '^0 2 \* \* \* provisioning\s+' -replace '/opt/inbound-provisioning/nightly.sh', "sh -c 'echo said; exit $_'"
        $expected = if ($_ -in 0, 3) { @() } else { "exit code $_", 'said' }

        # In a crontab % is a line end.
        $line | Should -Not -Match '%'
        @(/bin/sh -c $command) | Should -Be $expected
    }
}

Describe 'GitHub Actions' {
    BeforeAll {
        $before = $env:RUNNER_TEMP
        $env:RUNNER_TEMP = (New-Item (Join-Path $TestDrive 'runner') -ItemType Directory).FullName
        $env:GITHUB_STEP_SUMMARY = Join-Path $TestDrive 'summary.md'
        $env:ACTIONS_ID_TOKEN_REQUEST_URL = "$($address.graph)/emulator/federation/token?api-version=2.0"
        $env:ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'asked'
        $env:TENANT_ID, $env:CLIENT_ID, $env:PROVISIONING_ENDPOINT = $address.tenantId, $address.clientId, $endpoint
        $env:SOURCE_URL = 'https://contoso.blob.core.windows.net/hr/workers.csv'
        $env:STATE_PATH = New-State 'github.db'
        $modified = [datetimeoffset]::UtcNow.AddHours(-1)
        Mock Invoke-RestMethod -ParameterFilter { $Uri -like 'https://login.microsoftonline.com/*' } {
            [pscustomobject] @{ access_token = "storage token for $($Body.client_assertion.Split('.').Count) parts" }
        }
        Mock Invoke-WebRequest {
            Save-Worker 5 $OutFile
            [pscustomobject] @{ Headers = @{ 'Last-Modified' = @($modified.ToString('r')) } }
        }
    }

    AfterAll {
        $env:RUNNER_TEMP = $before
        $env:GITHUB_STEP_SUMMARY = $env:ACTIONS_ID_TOKEN_REQUEST_URL = $env:ACTIONS_ID_TOKEN_REQUEST_TOKEN = $null
        $env:TENANT_ID = $env:CLIENT_ID = $env:PROVISIONING_ENDPOINT = $env:SOURCE_URL = $env:STATE_PATH = $null
    }

    It 'signs in with the token of the job, takes the file of the blob, and leaves a summary that names nobody' {
        $output = & "$samples/github-actions/nightly.ps1" -MappingPath $mapping
        $LASTEXITCODE | Should -Be 0
        $output | Should -Match '^Completed \(exit code 0\): 2 accepted'
        Should -Invoke Invoke-WebRequest -ParameterFilter { $Uri -eq $env:SOURCE_URL -and $Headers.Authorization -eq 'Bearer storage token for 3 parts' }
        $env:GITHUB_STEP_SUMMARY | Should -FileContentMatch 'Done'
        $env:GITHUB_STEP_SUMMARY | Should -Not -FileContentMatch '100[1-5]'

        # The token and the HR file are gone.
        Get-ChildItem $env:RUNNER_TEMP | Should -BeNullOrEmpty
    }

    It 'fails where the file of the blob is an old one, and names the stop' {
        $modified = [datetimeoffset]::UtcNow.AddHours(-21)
        $output = & "$samples/github-actions/nightly.ps1" -MappingPath $mapping
        $LASTEXITCODE | Should -Be 2
        $output | Should -Contain '::error::SourceTooOld'
    }

    It 'has a workflow with federation, without secrets, in which no two runs overlap' {
        $workflow = Get-Content -Raw "$samples/github-actions/provisioning.yml"
        $workflow | Should -Match '(?m)^permissions:\n  contents: read\n  id-token: write$'
        $workflow | Should -Match '(?m)^concurrency:\n  group: .+\n  cancel-in-progress: false$'
        $workflow | Should -Not -Match 'secrets\.|actions/cache|upload-artifact'
    }
}

Describe 'Azure Automation' {
    BeforeAll {
        $variables = @{
            ProvisioningEndpoint = $endpoint
            ProvisioningSource   = 'https://contoso.blob.core.windows.net/hr/workers.csv'
            ProvisioningMapping  = 'https://contoso.blob.core.windows.net/hr/AttributeMapping.psd1'
        }
        function Get-AutomationVariable([string] $Name) { $variables[$Name] }
        $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER = $address.managedIdentityEndpoint, $address.managedIdentityHeader
        Mock Invoke-RestMethod { [pscustomobject] @{ access_token = $Uri } }
        Mock Invoke-WebRequest {
            if ($Uri -like '*.psd1') { Copy-Item $mapping $OutFile } else { Save-Worker 6 $OutFile }
            [pscustomobject] @{ Headers = @{ 'Last-Modified' = $modified.ToString('r') } }
        }
    }

    AfterAll {
        $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
    }

    It '<_> sends with the managed identity, fails the job for a stop, and leaves no file behind' -ForEach 'Sync-Nightly.ps1', 'Sync-NightlyDesktop.ps1' {
        $modified = [datetimeoffset]::UtcNow.AddHours(-1)
        $variables.ProvisioningState = New-State "$_.db"
        $left = @(Get-ChildItem ([System.IO.Path]::GetTempPath()) -Filter provisioning-*).Count
        $sessions = @(Get-InboundProvisioningContext -All -For Upload).Count
        $run = & "$samples/azure-automation/$_"
        $run.Accepted | Should -Be 3
        Should -Invoke Invoke-WebRequest -ParameterFilter { $Headers.Authorization -like 'Bearer *resource=https://storage.azure.com/*' }

        $modified = [datetimeoffset]::UtcNow.AddHours(-21)
        { & "$samples/azure-automation/$_" 2>$null } | Should -Throw 'Stopped: *'
        @(Get-ChildItem ([System.IO.Path]::GetTempPath()) -Filter provisioning-*).Count | Should -Be $left

        # Its connection is gone, and the session of others is as it was.
        @(Get-InboundProvisioningContext -All -For Upload).Count | Should -Be $sessions
    }
}

Describe 'Azure Functions' {
    BeforeAll {
        $app = Join-Path $TestDrive 'app'
        Copy-Item "$samples/azure-functions" $app -Recurse
        Import-Module "$app/Modules/TenantStorage"
        Copy-Item $mapping "$app/mapping.psd1"
        @('alpha', 'beta' | ForEach-Object {
            @{ Name = $_; TenantId = $address.tenantId; ProvisioningEndpoint = $endpoint; SourceUrl = "https://provider/$_.csv"; Mapping = 'mapping.psd1'; StateUrl = "https://provider/$_.db" }
        }) | ConvertTo-Json | Set-Content "$app/tenants.json"
        $env:PROVISIONING_CLIENT_ID = $address.clientId
        $null = New-State 'alpha.db'
        Mock Get-IdentityToken { Get-Content -Raw $address.federatedTokenPath }
        Mock Save-Blob { Save-Worker 7 $Path }
        Mock Get-StateUrl { Join-Path $hr ($Url -replace '.*/') }
        function Push-OutputBinding([string] $Name, $Value) { $Value | ForEach-Object { $queue.Enqueue([pscustomobject] @{ Name = $Name; Body = $_ }) } }

        # One message, as the host hands it over: JSON as a hashtable.
        function Invoke-Message {
            & "$app/SyncTenant/run.ps1" -Message ($queue.Dequeue().Body | ConvertFrom-Json -AsHashtable) 3>$null
        }
    }

    BeforeEach {
        $queue = [System.Collections.Generic.Queue[object]]::new()
    }

    AfterAll {
        $env:PROVISIONING_CLIENT_ID = $env:MAXIMUM_DURATION = $null
        Remove-Module TenantStorage
    }

    It 'puts one message a tenant into the queue' {
        & "$app/StartNight/run.ps1" -Timer @{}
        $queue.Name | Should -Be 'Tenants', 'Tenants'
        ($queue.Body | ConvertFrom-Json).Tenant | Should -Be 'alpha', 'beta'
    }

    It 'goes on with what the time did not suffice for in a message of its own, and then no more' {
        $queue.Enqueue(@{ Body = '{"Tenant":"alpha","Round":1}' })
        $env:MAXIMUM_DURATION = '00:00:00.001'
        Invoke-Message
        ($queue.Peek().Body | ConvertFrom-Json).Round | Should -Be 2

        $env:MAXIMUM_DURATION = $null
        Invoke-Message
        $queue | Should -BeNullOrEmpty
        (Get-ProvisioningRun "$hr/alpha.db" -Last 2).Status | Should -Be 'Completed', 'Incomplete'
    }

    It 'throws a failed run, so that the queue gives the message again, and serves the next tenant all the same' {
        $queue.Enqueue(@{ Body = '{"Tenant":"beta","Round":1}' })
        $queue.Enqueue(@{ Body = '{"Tenant":"alpha","Round":1}' })
        $sessions = @(Get-InboundProvisioningContext -All -For Upload).Count
        { Invoke-Message } | Should -Throw 'beta: Failed (exit code 1)*InitialRunUndecided*'
        Invoke-Message
        $queue | Should -BeNullOrEmpty
        @(Get-InboundProvisioningContext -All -For Upload).Count | Should -Be $sessions
    }

    It 'does not throw what a safeguard has stopped: to try again would not help' {
        Mock Save-Blob { Save-Worker 7 $Path; (Get-Item $Path).LastWriteTime = (Get-Date).AddHours(-21) }
        $queue.Enqueue(@{ Body = '{"Tenant":"alpha","Round":1}' })
        Invoke-Message 2>&1 | Should -Match '^alpha: Stopped \(exit code 2\).* SourceTooOld$'
        $queue | Should -BeNullOrEmpty
    }

    It 'refuses a tenant that nobody knows, and tells of a message that was given up' {
        { & "$app/SyncTenant/run.ps1" -Message @{ Tenant = 'gamma'; Round = 1 } } | Should -Throw '*''gamma''*not in tenants.json*'
        & "$app/ReportPoison/run.ps1" -Message @{ Tenant = 'beta'; Round = 1 } 2>&1 | Should -Match '^beta: given up'
    }

    It 'has one message at a time on an instance, and ends before the host ends it' {
        $settings = Get-Content -Raw "$app/host.json" | ConvertFrom-Json
        $settings.extensionBundle.id | Should -Be 'Microsoft.Azure.Functions.ExtensionBundle'
        $settings.extensions.queues.batchSize + $settings.extensions.queues.newBatchThreshold | Should -Be 1
        $limit = [regex]::Match((Get-Content -Raw "$app/SyncTenant/run.ps1"), "else { '(\d\d:\d\d:\d\d)' }").Groups[1].Value
        [timespan] $limit | Should -BeLessThan ([timespan] $settings.functionTimeout - [timespan] '00:09:00')
    }

    It 'signs the URL of a state as the storage client does' {
        InModuleScope TenantStorage {
            $id, $tenant = '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'
            $start, $expiry = '2026-11-26T01:00:00Z', '2026-11-26T07:00:00Z'
            $key = @{
                SignedOid = $id; SignedTid = $tenant; SignedStart = $start; SignedExpiry = $expiry; SignedService = 'b'; SignedVersion = '2023-11-03'
                Value = [convert]::ToBase64String([byte[]] (1..32))
            }

            # The signature that Azure.Storage.Blobs 12.19.1 (BlobSasBuilder) makes of the same.
            Get-SignedUrl 'https://provider.blob.core.windows.net/contoso/contoso.db' $key $start $expiry |
                Should -Match '^https://provider\.blob\.core\.windows\.net/contoso/contoso\.db\?sv=2023-11-03&sr=c&.*&sig=TJbUMTGbLslPwVpXDcG2NN7%2Bv%2B%2Fm9K0M3x5i0UnfO%2BY%3D$'
        }
    }

    It 'asks for the key of the signature with the managed identity' {
        $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER = 'http://localhost/token', 'h'
        Mock Invoke-RestMethod -ModuleName TenantStorage { [pscustomobject] @{ access_token = 'storage' } }
        Mock Invoke-WebRequest -ModuleName TenantStorage {
            $answer = '<?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>o</SignedOid><SignedTid>t</SignedTid><SignedStart>s</SignedStart>' +
                '<SignedExpiry>e</SignedExpiry><SignedService>b</SignedService><SignedVersion>v</SignedVersion><Value>AQID</Value></UserDelegationKey>'
            [pscustomobject] @{ Content = [System.Text.Encoding]::UTF8.GetBytes([char] 0xFEFF + $answer) }
        }
        & (Get-Module TenantStorage) { Get-StateUrl 'https://provider.blob.core.windows.net/contoso/contoso.db' } | Should -Match 'skoid=o&sktid=t&skt=s&ske=e&sks=b&skv=v&sig='
        Should -Invoke Invoke-WebRequest -ModuleName TenantStorage -ParameterFilter {
            $Uri -eq 'https://provider.blob.core.windows.net/?restype=service&comp=userdelegationkey' -and $Headers.Authorization -eq 'Bearer storage' -and $Body -match '<Start>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ</Start>'
        }
        $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
    }
}
