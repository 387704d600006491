<#
.SYNOPSIS
    What the functions need of Azure Storage: HR files, and a signed URL for a state.

.DESCRIPTION
    The connection of a run is to the tenant of a customer, whose tokens the storage of the provider does not take. So the managed identity of
    the app signs a URL for the state, for hours (a user delegation SAS): no key of the account is needed, and none should be allowed.

.EXAMPLE
    Sync-InboundProvisioning workers.csv $mapping -StatePath (Get-StateUrl https://provider.blob.core.windows.net/contoso/contoso.db)
#>

# A token of the managed identity: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
function Get-IdentityToken([string] $Resource) {
    $url = "$($env:IDENTITY_ENDPOINT)?resource=$Resource&client_id=$env:IDENTITY_CLIENT_ID&api-version=2019-08-01"
    (Invoke-RestMethod $url -Headers @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER }).access_token
}

function Get-StorageHeader {
    @{ Authorization = "Bearer $(Get-IdentityToken 'https://storage.azure.com/')"; 'x-ms-version' = '2023-11-03' }
}

# Fetches a blob, with its time, so that -MaximumFileAge sees an export that was not written.
function Save-Blob([string] $Url, [string] $Path) {
    $answer = Invoke-WebRequest $Url -Headers (Get-StorageHeader) -OutFile $Path -PassThru
    (Get-Item $Path).LastWriteTimeUtc = ([datetimeoffset] "$($answer.Headers['Last-Modified'])").UtcDateTime
}

# The URL of a state with a signature for its container (read, create, write, delete: its copies too), for six hours.
function Get-StateUrl([string] $Url) {
    $now = [datetime]::UtcNow
    $start = $now.AddMinutes(-10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")
    $expiry = $now.AddHours(6).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")

    # https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key
    $uri = [uri] $Url
    $body = "<?xml version=`"1.0`" encoding=`"utf-8`"?><KeyInfo><Start>$start</Start><Expiry>$expiry</Expiry></KeyInfo>"
    $ask = "$($uri.Scheme)://$($uri.Authority)/?restype=service&comp=userdelegationkey"
    $answer = (Invoke-WebRequest $ask -Method Post -Headers (Get-StorageHeader) -Body $body -ContentType 'application/xml').Content
    $text = if ($answer -is [byte[]]) { [System.Text.Encoding]::UTF8.GetString($answer) } else { $answer }
    $key = ([xml] $text.TrimStart([char] 0xFEFF)).UserDelegationKey

    Get-SignedUrl $uri $key $start $expiry
}

# https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
function Get-SignedUrl([uri] $Uri, $Key, [string] $Start, [string] $Expiry) {
    $version = '2023-11-03'
    $account = $Uri.Host.Split('.')[0]
    $container = $Uri.AbsolutePath.Split('/')[1]

    # In this order: permissions, times, resource, the key's six, three ids and the address that are not used, protocol, version, kind of
    # resource, snapshot, encryption scope, and five headers of the answer.
    $parts = 'rcwd', $Start, $Expiry, "/blob/$account/$container",
        $Key.SignedOid, $Key.SignedTid, $Key.SignedStart, $Key.SignedExpiry, $Key.SignedService, $Key.SignedVersion,
        '', '', '', '', 'https', $version, 'c', '', '', '', '', '', '', ''
    $hash = [System.Security.Cryptography.HMACSHA256]::new([convert]::FromBase64String($Key.Value))
    try {
        $signature = [convert]::ToBase64String($hash.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($parts -join "`n")))
    }
    finally {
        $hash.Dispose()
    }

    $query = [ordered] @{
        sv = $version; sr = 'c'; sp = 'rcwd'; st = $Start; se = $Expiry; spr = 'https'
        skoid = $Key.SignedOid; sktid = $Key.SignedTid; skt = $Key.SignedStart; ske = $Key.SignedExpiry; sks = $Key.SignedService; skv = $Key.SignedVersion
        sig = $signature
    }
    "$Uri`?" + (($query.Keys | ForEach-Object { "$_=$([uri]::EscapeDataString($query[$_]))" }) -join '&')
}

Export-ModuleMember -Function Get-IdentityToken, Save-Blob, Get-StateUrl
