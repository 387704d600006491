# The main job on 1,000 worker records, with no tenant and no account: checks the attribute mapping, turns an HR file into SCIM bulk
# requests, sends them, over HTTPS and with a real token, to an emulator of the service that runs on this machine, and tells what
# became of each worker.
#
#     dotnet run --project src/InboundProvisioning.ScriptHost -- docs/samples/quickstart.ps1
#
# or, after "dotnet build", in PowerShell 7.4 and later: ./docs/samples/quickstart.ps1
# The engine that the first line hosts has no Get-Content, ConvertFrom-Json and the like: hence the .NET calls below.

$ErrorActionPreference = 'Stop'

$root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
$workers = [System.IO.Path]::Combine($PSScriptRoot, 'workers.csv')
$mapping = [System.IO.Path]::Combine($PSScriptRoot, 'AttributeMapping.psd1')
$work = [System.IO.Directory]::CreateTempSubdirectory('InboundProvisioning-').FullName
$requests = [System.IO.Path]::Combine($work, 'requests')
$rejects = [System.IO.Path]::Combine($work, 'rejects.csv')

if (-not (Get-Module InboundProvisioning)) {
    Import-Module "$root/output/InboundProvisioning/InboundProvisioning.psd1"
}

# Starts the emulator. The first line that it prints says where it listens and how to sign in; it ends when its input is closed.
function Start-Emulator {
    $built = [System.IO.Directory]::GetFiles("$root/src/InboundProvisioning.Emulator/bin", 'InboundProvisioning.Emulator.dll', 'AllDirectories')
    [array]::Sort([datetime[]]$built.ForEach({ [System.IO.File]::GetLastWriteTimeUtc($_) }), $built)
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')

    # Its job runs every two seconds, where that of the service runs every 40 minutes.
    $roles = 'SynchronizationData-User.Upload,ProvisioningLog.Read.All'
    foreach ($argument in $built[-1], '--port', '0', '--cycle-seconds', '2', '--roles', $roles, '--until-stdin-closes') {
        $start.ArgumentList.Add($argument)
    }

    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    [System.Diagnostics.Process]::Start($start)
}

function Get-Figures([string[]] $Texts) {
    $figures = [ordered]@{}
    foreach ($text in $Texts) {
        $figures[$text]++
    }

    $figures.Keys.ForEach({ '{0:N0} {1}' -f $figures[$_], $_ }) -join ', '
}

function Get-Json([string] $Url, [string] $TrustedRoot) {
    $handler = [System.Net.Http.SocketsHttpHandler]::new()
    $policy = [System.Security.Cryptography.X509Certificates.X509ChainPolicy]::new()
    $policy.TrustMode = 'CustomRootTrust'
    $policy.RevocationMode = 'NoCheck'
    $null = $policy.CustomTrustStore.Add([System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem([System.IO.File]::ReadAllText($TrustedRoot)))
    $handler.SslOptions.CertificateChainPolicy = $policy
    $client = [System.Net.Http.HttpClient]::new($handler)
    try {
        , [System.Text.Json.Nodes.JsonNode]::Parse($client.GetStringAsync($Url).GetAwaiter().GetResult())
    }
    finally {
        $client.Dispose()
    }
}

''
'1. Is the mapping right, and does the file have its columns?'
"   Test-ScimAttributeMapping AttributeMapping.psd1 -Path workers.csv"
''
"   $(Test-ScimAttributeMapping $mapping -Path $workers -WarningAction SilentlyContinue)"
''
'2. The HR file becomes bulk requests of 50 workers.'
"   ConvertTo-ScimBulkPayload workers.csv AttributeMapping.psd1 -OutputDirectory requests -RejectPath rejects.csv"
''
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$files = @(ConvertTo-ScimBulkPayload $workers $mapping -OutputDirectory $requests -RejectPath $rejects)
'   {0} files, {1} to {2}, in {3:N0} ms' -f $files.Count, $files[0].Name, $files[-1].Name, $watch.ElapsedMilliseconds
''
'3. Sign in, with a certificate. Here to the emulator; to your tenant, without the last three parameters.'
'   Connect-InboundProvisioning -TenantId ... -ClientId ... -CertificatePath ... -ServicePrincipalId ... -JobId ...'
''
$emulator = Start-Emulator
try {
    $line = $emulator.StandardOutput.ReadLine()
    if (-not $line) {
        throw 'The emulator did not start; what it says stands above.'
    }

    $address = [System.Text.Json.Nodes.JsonNode]::Parse($line)
    $service = @{}
    foreach ($name in 'graph', 'authority', 'tenantId', 'clientId', 'certificatePath', 'certificatePassword', 'caCertificatePath', 'servicePrincipalId', 'jobId') {
        $service[$name] = [string]$address[$name]
    }

    $connection = @{
        TenantId                   = $service.tenantId
        ClientId                   = $service.clientId
        CertificatePath            = $service.certificatePath
        CertificatePassword        = [System.Net.NetworkCredential]::new('', $service.certificatePassword).SecurePassword
        ServicePrincipalId         = $service.servicePrincipalId
        JobId                      = $service.jobId
        GraphEndpoint              = $service.graph
        AuthorityHost              = $service.authority
        TrustedRootCertificatePath = $service.caCertificatePath
    }
    $session = Connect-InboundProvisioning @connection
    '   {0} at {1}, until {2:HH:mm}' -f $session.Credential, $session.Graph, $session.ExpiresOn.ToLocalTime()
    ''
    '4. Send the requests. The service answers 202: it has staged them.'
    '   Send-ScimBulkPayload requests/*.json'
    $sent = @(Send-ScimBulkPayload "$requests/*.json")
    $sent | Out-Default

    ''
    '5. What became of them? The job takes what is staged in its next cycle, and its logs tell the outcome.'
    '   $sent | Get-ProvisioningLog -Wait'
    $changes = @($sent | Get-ProvisioningLog -Wait -PollingSeconds 2)
    $shown = $changes.Where({ $_.Status -eq 'success' }, 'First', 4) + $changes.Where({ $_.Status -ne 'success' }, 'First', 1)
    $shown | Out-Default
    '   These are {0} of {1:N0}: {2}' -f $shown.Count, $changes.Count, (Get-Figures $changes.Status)
    ''
    '   The workers that failed would go again with:'
    "   `$changes | Where-Object Status -eq failure | ConvertTo-ScimBulkPayload workers.csv AttributeMapping.psd1 | Send-ScimBulkPayload"
    ''
    '6. The summary'
    '   Get-ProvisioningLog -Summary -Last 3'
    Get-ProvisioningLog -Summary -Last 3 | Out-Default

    ''
    '7. What the service holds now'
    $counts = Get-Json "$($service.graph)/emulator/requests" $service.caCertificatePath
    $users = (Get-Json "$($service.graph)/emulator/users" $service.caCertificatePath)['value']
    ''
    '   {0:N0} users, from {1} calls; {2} calls refused. One of them:' -f $users.Count, $counts['calls'], $counts['refusedCalls']
    ''
    $options = [System.Text.Json.JsonSerializerOptions]::new()
    $options.WriteIndented = $true
    ($users[0].ToJsonString($options) -split '\r?\n').ForEach({ "   $_" })
}
finally {
    Disconnect-InboundProvisioning
    $emulator.StandardInput.Close()
    $emulator.WaitForExit()
    [System.IO.Directory]::Delete($work, $true)
}

''
'With your tenant: Connect-InboundProvisioning as docs/authentication.md says, your file, your mapping, and the same three commands.'
