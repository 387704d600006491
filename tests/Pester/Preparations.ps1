# What the examples of each help page find before them: files in the folder that is current, and what the service knows. By page, in $preparations;
# a page that is not there needs only what all have: docs/samples as of today, contoso.db of two nights, and a connection to the emulator.
# Dot-sourced where $service is the emulator's address and $jobId the job.

# What happens in the same second cannot be told apart: a minute goes by.
function Step-Clock {
    $null = Invoke-RestMethod -Method Post -Uri "$($service.graph)/emulator/clock?advance=PT1M" -SkipCertificateCheck
}

# The job of $jobId runs once. A cycle of the same second could be of the record before.
function Invoke-Cycle {
    Step-Clock
    $null = Invoke-RestMethod -Method Post -Uri "$($service.graph)/emulator/cycle?jobId=$jobId" -SkipCertificateCheck
}

# Changes the people of workers.csv.
function Edit-Worker([scriptblock] $Edit) {
    $rows = Import-Csv workers.csv
    $rows | ForEach-Object { $row = $_; . $Edit } | Export-Csv workers.csv
}

# The file ends after 400 people.
function Limit-Worker {
    Get-Content workers.csv -TotalCount 401 | Set-Content cut.csv
    Move-Item cut.csv workers.csv -Force
}

# A run as the one of a night, in silence.
function Invoke-Night {
    $null = Sync-InboundProvisioning workers.csv AttributeMapping.psd1 -StatePath contoso.db @args -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
}

# Two nights: 998 people who were sent before there was a state; then two more, one of whom the job cannot create, since another has his
# userName, and another title. Against these, workers.csv as it is has another title and one who has left.
function New-Night {
    ConvertTo-ScimBulkPayload workers.csv AttributeMapping.psd1 -ExternalId 100000, 100041, 100099 | Send-ScimBulkPayload | Out-Null
    @{ id = '900417' } | ConvertTo-ScimBulkPayload -AttributeMapping @{ externalId = 'id'; userName = { 'EMP100417@contoso.com' }; active = $true } |
        Send-ScimBulkPayload | Out-Null
    Invoke-Cycle
    Step-Clock
    Copy-Item workers.csv today.csv
    Edit-Worker {
        switch ($row.WorkerID) {
            100000 { $row.JobTitle = 'Manager' }
            100002 { $row.JobTitle = 'Manager' }
            100008 { $row.WorkerStatus = 'Active' }
        }
        if ($row.WorkerID -notin 100417, 100999) { $row }
    }
    Invoke-Night -Baseline

    Copy-Item today.csv workers.csv
    Edit-Worker {
        switch ($row.WorkerID) {
            100000 { $row.JobTitle = 'Manager' }
            100008 { $row.WorkerStatus = 'Active' }
        }
        $row
    }
    Invoke-Night
    Invoke-Cycle
    Move-Item today.csv workers.csv -Force
    (Get-Item workers.csv).LastWriteTime = Get-Date
    $null = Update-ProvisioningOutcome contoso.db
}

# A third night, which was stopped: the file ends after 400 people. The night itself is one for all pages.
function Use-StoppedNight {
    $stopped = Join-Path $Stage.Folder stopped
    if (-not (Test-Path $stopped)) {
        Copy-Item $Stage.Nights $stopped -Recurse
        Push-Location -LiteralPath $stopped
        Limit-Worker
        Invoke-Night
        Pop-Location
    }

    Copy-Item (Join-Path $stopped *) . -Force
}

# An app with a job of its own, and a connection to it: what is sent there is no news for contoso.db. Dot-sourced.
function Connect-NewJob {
    $app = New-ProvisioningApplication "HR of $Page" hr-it@contoso.example
    $servicePrincipalId, $jobId = $app.ServicePrincipalId, $app.JobId
    $own = @{} + $signIn
    $own.ServicePrincipalId, $own.JobId = $servicePrincipalId, $jobId
    $null = Connect-InboundProvisioning @own
    Start-ProvisioningJob
}

$preparations = @{}

$preparations['Approve-ProvisioningPlan'] = { Use-StoppedNight }

# Two nights: one new, one gone, four changed.
$preparations['Compare-ScimBulkPayload'] = {
    $null = Import-Csv workers.csv | Select-Object -First 20 | ConvertTo-ScimBulkPayload -AttributeMapping AttributeMapping.psd1 -OutputDirectory monday
    Edit-Worker {
        switch ($row.WorkerID) {
            100001 { $row.Department = 'Sales' }
            100002 { $row.Department = 'Legal' }
            100003 { $row.JobTitle = 'Director' }
            100004 { $row.WorkerStatus = 'Left' }
        }
        $row
    }
    $null = Import-Csv workers.csv | Select-Object -Skip 1 -First 20 | ConvertTo-ScimBulkPayload -AttributeMapping AttributeMapping.psd1 -OutputDirectory tuesday
    Copy-Item (Join-Path $Stage.Nights workers.csv) .
}

$preparations['Connect-InboundProvisioning'] = {
    Copy-Item $service.certificatePath client.pfx
    $env:PROVISIONING_SECRET = $service.clientSecret
    function Read-Host([switch] $AsSecureString, [string] $Prompt) { ConvertTo-SecureString $service.certificatePassword -AsPlainText -Force }
}

$preparations['ConvertTo-ScimBulkPayload'] = {
    Set-Content people.csv 'externalId,userName,active', '701984,bjensen@contoso.com,true', '701985,jsmith@contoso.com,no'
    Set-Content semi.csv 'externalId;userName;active;phone', '1;a@contoso.com;yes;'
    Set-Content contracts.csv 'Id,Mail,Title,IsPrimary', '1,a@contoso.com,Driver,N', '1,a@contoso.com,Cook,Y', '2,b@contoso.com,Guard,N', '2,b@contoso.com,Clerk,N'
    Edit-Worker {
        if ($row.WorkerID -eq 100017) { $row.OnLeave = 'perhaps' }
        if ($row.WorkerID -eq 100023) { $row.WorkerID = '' }
        $row
    }
}

$preparations['Disconnect-InboundProvisioning'] = {
    . Connect-NewJob
    $null = Import-Csv workers.csv | Select-Object -First 75 | ConvertTo-ScimBulkPayload -AttributeMapping AttributeMapping.psd1 -OutputDirectory requests
    $secret = ConvertTo-SecureString $service.clientSecret -AsPlainText -Force
}

$preparations['Export-ProvisioningReport'] = { Use-StoppedNight }

$preparations['Get-ProvisioningRun'] = { Use-StoppedNight }

# A managed identity that may upload, and no more.
$preparations['Get-InboundProvisioningContext'] = {
    Disconnect-InboundProvisioning
    $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER = $service.managedIdentityEndpoint, $service.managedIdentityHeader
    $null = Connect-InboundProvisioning -Identity -ServicePrincipalId $servicePrincipalId
    $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
}

$preparations['Get-ProvisioningJob'] = { . Connect-NewJob }

# Three cycles about four people whom no other page knows: created; with another title; one more, and one whose domain is not the tenant's.
$preparations['Get-ProvisioningLog'] = {
    . Connect-NewJob
    $mapping = Import-PowerShellDataFile AttributeMapping.psd1
    $rows = Import-Csv workers.csv | Select-Object -First 4
    foreach ($number in 0..3) {
        $rows[$number].WorkerID, $rows[$number].UserID, $rows[$number].ManagerID = "10100$number", "EMP10100$number", '100000'
    }
    $sendAndRun = { $args | ConvertTo-ScimBulkPayload -AttributeMapping $mapping | Send-ScimBulkPayload | Out-Null; Invoke-Cycle }
    . $sendAndRun $rows[0] $rows[1]
    $rows[0].JobTitle = 'Chief Executive'
    . $sendAndRun $rows[0]
    $mapping.userName = { $_.UserID + $(if ($_.UserID -eq 'EMP101003') { '@contoso.example' } else { '@contoso.com' }) }
    . $sendAndRun $rows[2] $rows[3]
}

$preparations['Grant-ProvisioningPermission'] = {
    $principalId = $service.userAssignedPrincipalId
}

# The schema as it was before an attribute was added.
$preparations['Import-ProvisioningSchema'] = {
    . Connect-NewJob
    $null = Set-ProvisioningSchemaExtension -Name HireDate -Urn urn:ietf:params:scim:schemas:extension:contoso:1.0:User -BackupPath ProvisioningSchema-before.json 6> $null
}

$preparations['Repair-ProvisioningState'] = {
    Copy-Item workers.csv lastnight.csv
    Set-Content contoso.db 'This is no state.'
}

$preparations['Send-ScimBulkPayload'] = {
    . Connect-NewJob
    $null = Import-Csv workers.csv | Select-Object -First 150 | ConvertTo-ScimBulkPayload -AttributeMapping AttributeMapping.psd1 -OutputDirectory requests
}

$preparations['Set-ProvisioningSchemaExtension'] = {
    . Connect-NewJob
    Set-Content attributes.csv 'Name,Type,MultiValued,FlowNullValues', 'Level,Integer,,', 'Skills,,true,false'
}

$preparations['Restart-ProvisioningJob'] = { . Connect-NewJob }

$preparations['Start-ProvisioningJob'] = {
    . Connect-NewJob
    Stop-ProvisioningJob -Wait
}

$preparations['Stop-ProvisioningJob'] = { . Connect-NewJob }

$preparations['Sync-InboundProvisioning'] = {
    Get-Content workers.csv -TotalCount 401 | Set-Content cut.csv
}

# A first night of 60 people, whose outcome is not in the state yet.
# Without a connection nobody is asked for the domains of the tenant.
$preparations['Test-ScimBulkPayload'] = {
    Disconnect-InboundProvisioning
    $null = ConvertTo-ScimBulkPayload workers.csv AttributeMapping.psd1 -OutputDirectory requests
}

$preparations['Update-ProvisioningOutcome'] = {
    . Connect-NewJob
    Edit-Worker {
        $row.Department = 'Headquarters'
        if ([int] $row.WorkerID -ge 100358 -and [int] $row.WorkerID -lt 100418) { $row }
    }
    Remove-Item contoso.db*
    Invoke-Night -Initial
    Invoke-Cycle
}
