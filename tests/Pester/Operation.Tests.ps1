#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# docs/operation.md: its code as it stands there, against a web server of this machine, and its figures computed again.

BeforeDiscovery {
    $page = Get-Content -Raw ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'operation.md'))
    $people = [regex]::Matches($page, '(?m)^\| ([\d,]+) \| ([\d,]+) \| ([\d.]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$') | ForEach-Object {
        @{ People = [int] ($_.Groups[1].Value -replace ','); Calls = [int] ($_.Groups[2].Value -replace ','); Minutes = [double] $_.Groups[3].Value
            Nights = [int] $_.Groups[4].Value; GovernanceNights = [int] $_.Groups[5].Value; UsualCalls = [int] $_.Groups[6].Value; UsualSeconds = [int] $_.Groups[7].Value }
    }
    $tenants = [regex]::Matches($page, '(?m)^\| ([\d,]+) \| ([^|]+(?:minutes?|h|min)) \| ([^|]+) \| ([^|]+) \|$') | ForEach-Object {
        @{ Tenants = [int] ($_.Groups[1].Value -replace ','); Times = @($_.Groups[2..4].Value) }
    }
}

BeforeAll {
    $page = Get-Content -Raw ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'operation.md'))

    # The nth block of code below a heading, as a script block of the test.
    function Get-Code([string] $Heading, [int] $Number = 0) {
        $section = ($page -split "(?m)^##+ $([regex]::Escape($Heading))$")[1] -split '(?m)^##+ ' | Select-Object -First 1
        [scriptblock]::Create([regex]::Matches($section, '(?s)```powershell\n(.+?)\n```')[$Number].Groups[1].Value)
    }

    # A web server on a free port, which answers each call with 200 and keeps its body.
    $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $server = "http://localhost:$($probe.LocalEndpoint.Port)"
    $probe.Stop()
    $listener = [System.Net.HttpListener]::new()
    $listener.Prefixes.Add("$server/")
    $listener.Start()
    $calls = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
    $job = Start-ThreadJob {
        while ($true) {
            try { $context = ($using:listener).GetContext() } catch { return }
            $body = [System.IO.StreamReader]::new($context.Request.InputStream, [System.Text.Encoding]::UTF8).ReadToEnd()
            ($using:calls).Enqueue([pscustomobject] @{
                Method = $context.Request.HttpMethod; Path = $context.Request.RawUrl; Type = $context.Request.ContentType; Authorization = $context.Request.Headers['Authorization']; Body = $body
            })
            $bytes = [System.Text.Encoding]::UTF8.GetBytes('{"access_token":"a token"}')
            $context.Response.ContentType = 'application/json'
            if ($context.Request.RawUrl -like '*refused*') { $context.Response.StatusCode = 403 }
            $context.Response.Close($bytes, $true)
        }
    }

    $result = [pscustomobject] @{
        Status = 'Stopped'; ExitCode = 2; RunId = 7; Rows = 400; Rejected = 1; New = 2; Changed = 3; Deactivated = 4; Missing = 601; Accepted = 0; Refused = 0; Held = 5; Left = 6; Calls = 0; CallsLeft = 2000
        StartedOn = [datetimeoffset] '2026-11-26T02:00:00Z'; Duration = [timespan] '00:00:01.5'; Stops = @([pscustomobject] @{ Name = 'MissingLimit' }); Reason = 'Müller & Söhne: nothing was sent.'
    }
    function Receive-Call {
        $call = $null
        $null = $calls.TryDequeue([ref] $call)
        $call
    }
}

AfterAll {
    $listener.Stop()
    $job | Remove-Job -Force
}

Describe 'Sending the result' {
    BeforeEach {
        $calls.Clear()
    }

    It 'sends a mail with the managed identity, and its report' {
        $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER = "$server/identity", 'h'
        $report = Join-Path $TestDrive 'report.html'
        Set-Content $report '<p>report</p>' -NoNewline
        try {
            # The page's own address, on this machine.
            . ([scriptblock]::Create(("$(Get-Code 'By mail')" -replace 'https://graph.microsoft.com/v1.0', "$server/v1.0")))
            . (Get-Code 'By mail' 2)
        }
        finally {
            $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
        }

        (Receive-Call).Path | Should -Be '/identity?resource=https://graph.microsoft.com&api-version=2019-08-01'
        $sent = Receive-Call
        $sent.Path | Should -Be '/v1.0/users/provisioning@contoso.com/sendMail'
        $sent.Authorization | Should -Be 'Bearer a token'
        $message = ($sent.Body | ConvertFrom-Json).message
        $message.subject | Should -Be 'Provisioning contoso: Stopped (exit code 2)'
        $message.body.content | Should -Match 'Müller & Söhne'
        $message.toRecipients[0].emailAddress.address | Should -Be 'hr-it@contoso.com'
        [System.Text.Encoding]::UTF8.GetString([convert]::FromBase64String(($mail | ConvertTo-Json -Depth 9 | ConvertFrom-Json).message.attachments[0].contentBytes)) | Should -Be '<p>report</p>'
    }

    It 'sends a mail with the cmdlet of Microsoft Graph' {
        function Connect-MgGraph($TenantId, $ClientId, $CertificateThumbprint, [switch] $NoWelcome) { }
        function Send-MgUserMail([string] $UserId, [hashtable] $BodyParameter) { $PSBoundParameters }
        $mail = @{ message = @{ subject = 'a' } }
        $given = . (Get-Code 'By mail' 1)
        $given.UserId | Should -Be 'provisioning@contoso.com'
        $given.BodyParameter.message.subject | Should -Be 'a'
    }

    It 'sends a card to Teams, and a message that cannot be sent is a warning without the URL' {
        $teamsUrl = "$server/workflow?sig=secret"
        . (Get-Code 'To Teams')
        $body = (Receive-Call).Body | ConvertFrom-Json
        $body.type | Should -Be 'message'
        $body.attachments[0].contentType | Should -Be 'application/vnd.microsoft.card.adaptive'
        $content = $body.attachments[0].content
        $content.type, $content.body[0].text | Should -Be 'AdaptiveCard', 'Provisioning contoso: Stopped'
        ($content.body[1].facts | Where-Object title -EQ Held).value | Should -Be '5'
        $content.body[2].text | Should -Be 'Exit code 2. Müller & Söhne: nothing was sent.'

        $teamsUrl = "$server/refused?sig=secret"
        $warnings = . (Get-Code 'To Teams') 3>&1
        "$warnings" | Should -Match 'could not be sent: .*403'
        "$warnings" | Should -Not -Match 'secret'
    }

    It 'sends numbers to a webhook' {
        $webhookUrl = "$server/hook"
        . (Get-Code 'To a webhook')
        $body = (Receive-Call).Body | ConvertFrom-Json -DateKind String
        $body.Status, $body.ExitCode, $body.Missing, $body.Seconds | Should -Be 'Stopped', 2, 601, 1.5
        $body.StartedOn | Should -Be '2026-11-26T02:00:00.0000000Z'
        $body.Stops | Should -Be 'MissingLimit'
    }
}

Describe 'What to watch' {
    It 'tells of a run <Hours> hours ago: <Told>' -ForEach @{ Hours = 25; Told = $false }, @{ Hours = 27; Told = $true }, @{ Hours = $null; Told = $true } {
        function Get-ProvisioningRun($StatePath, $Last) {
            if ($null -ne $Hours) { [pscustomobject] @{ StartedOn = [datetimeoffset]::Now.AddHours(-$Hours) } }
        }
        [bool] (& (Get-Code 'What to watch')) | Should -Be $Told
    }
}

Describe 'What it carries' {
    It 'is right about <People> people' -ForEach $people {
        $Calls | Should -Be ([math]::Ceiling($People / 50))
        $Minutes | Should -Be ([math]::Max(0.1, [math]::Round($Calls / 8 / 60, 1)))
        $Nights | Should -Be ([math]::Ceiling($Calls / 2000))
        $GovernanceNights | Should -Be ([math]::Ceiling($Calls / 6000))
        $UsualCalls | Should -Be ([math]::Max(1, [math]::Ceiling($People / 100 / 50)))
        $UsualSeconds | Should -Be ([math]::Ceiling($UsualCalls / 8))
    }

    It 'is right about <Tenants> tenants' -ForEach $tenants {
        $minutes = 1, 10, 50 | ForEach-Object { [math]::Ceiling($Tenants / $_) }
        $expected = $minutes | ForEach-Object {
            if ($_ -eq 1) { '1 minute' } elseif ($_ -lt 60) { "$_ minutes" } else { "$([math]::Floor($_ / 60)) h $($_ % 60) min" }
        }
        $Times | Should -Be $expected
    }

    It 'has all rows' {
        [regex]::Matches($page, '(?m)^\| [\d,]+ \| ').Count | Should -Be 10
    }
}

Describe 'Its loop over tenants' {
    It 'gives each tenant its own connection, source and state' {
        $tenants = Join-Path $TestDrive 'tenants.psd1'
        Set-Content $tenants "@{ Tenants = @{ TenantId = 'a'; Source = 'a.csv'; State = 'a.db' }, @{ TenantId = 'b'; Source = 'b.csv'; State = 'b.db' } }"
        function Connect-InboundProvisioning($TenantId) { "connection $TenantId" }
        function Disconnect-InboundProvisioning($Connection) { "closed $Connection" }
        function Sync-InboundProvisioning($Path, $AttributeMapping, $StatePath, $LogPath, [timespan] $MaximumDuration, $Connection) { "$Path $StatePath $Connection" }
        Push-Location $TestDrive
        try { . (Get-Code 'Many tenants') | Should -Be 'a.csv a.db connection a', 'closed connection a', 'b.csv b.db connection b', 'closed connection b' }
        finally { Pop-Location }
    }
}
