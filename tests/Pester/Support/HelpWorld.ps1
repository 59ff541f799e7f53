# The services, credentials, files and people that the examples of the help take for granted: dot-source it in BeforeAll.
. $PSScriptRoot/TestModule.ps1
. $PSScriptRoot/AuthServer.ps1
. $PSScriptRoot/ScriptedServer.ps1
. $PSScriptRoot/Jwt.ps1
$phoneKey = New-TestKey

# A service for what needs a person or another party: it takes everything.
function Start-AnyService {
    $any = Start-ScriptedService
    $at = $any.Address
    Set-ScriptedReply $any '/.well-known/openid-configuration' @{
        issuer = $at; token_endpoint = "$at/token"; revocation_endpoint = "$at/revoke"; jwks_uri = "$at/jwks"
        authorization_endpoint = "$at/authorize"; device_authorization_endpoint = "$at/device"; backchannel_authentication_endpoint = "$at/ask"
        backchannel_token_delivery_modes_supported = @('poll')
        token_endpoint_auth_methods_supported = @('client_secret_basic', 'private_key_jwt', 'none')
        token_endpoint_auth_signing_alg_values_supported = @('RS256')
    }
    Set-ScriptedToken $any
    Set-ScriptedReply $any '/device' @{ device_code = 'd'; user_code = 'ABCD-EFGH'; verification_uri = "$at/enter"; expires_in = 600; interval = 1 }
    Set-ScriptedReply $any '/ask' @{ auth_req_id = 'r'; expires_in = 600; interval = 1 }
    Set-ScriptedReply $any '/orders' @{ order = 1 } 201
    $any
}

# Who is asked on their phone is named by an ID token (OpenID Connect CIBA).
function Add-IdToken($Service) {
    $claims = @{ iss = $Service.Address; aud = 'portal'; sub = 'alice'; iat = Get-EpochSeconds; exp = Get-EpochSeconds 600 }
    Set-ScriptedReply $Service '/jwks' $phoneKey.Jwks
    Set-ScriptedToken $Service -More @{ id_token = New-TestToken $phoneKey $claims -Type JWT }
}

# The same text with the hosts of the two servers.
function Convert-Host([string] $Code, $Server, $Service) {
    $Code = $Code -replace 'https://api\.contoso\.com', "$($Server.issuer)/api"
    $Code = $Code -replace '(https://)?\b(id|pxcentral|keycloak|pynomaly)\.contoso\.com', $Server.issuer
    $Code -replace '(https://)?\b(login|shop)\.contoso\.com', $Service.Address
}

# The files that examples name.
function New-ExampleFolder([string] $Place) {
    $folder = New-Item -ItemType Directory (Join-Path $Place ([guid]::NewGuid()))
    $key = [System.Security.Cryptography.RSA]::Create(2048)
    Set-Content "$folder/client.pem" $key.ExportPkcs8PrivateKeyPem()
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=nightly', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
    [System.IO.File]::WriteAllBytes("$folder/client.pfx", $certificate.Export('Pfx'))
    Set-Content "$folder/workload.jwt" 'an.assertion.of-the-platform'
    Set-Content "$folder/shop.json" '{ "name": "shop", "endpoints": { "token": "{authority}/token" }, "grants": { "client_credentials": { "fields": { "grant_type": "client_credentials" } } } }'
    Set-Content "$folder/profiles.json" '{ "profiles": { "nightly": { "authority": "id.contoso.com", "clientId": "nightly", "clientSecret": { "env": "NIGHTLY_SECRET" }, "scope": [ "orders.read" ] } } }'
    # A browser whose person signs in at once: it goes where the service would send it.
    Set-Content "$folder/browser" @'
#!/usr/bin/env pwsh
$query = [System.Web.HttpUtility]::ParseQueryString(([uri] $args[0]).Query)
$null = Invoke-WebRequest "$($query['redirect_uri'])?code=c&state=$($query['state'])" -NoProxy
'@
    if (-not $IsWindows) { chmod +x "$folder/browser" }
    $folder
}

# A token that somebody sent.
function Get-IncomingToken($Server) {
    $client = [pscredential]::new('nightly', $Server.nightlySecret)
    $body = @{ grant_type = 'client_credentials'; scope = 'orders.read' }
    (Invoke-RestMethod "$($Server.issuer)/token" -Method Post -Body $body -Authentication Basic -Credential $client -AllowUnencryptedAuthentication).access_token
}

# Runs an example as a user would who has these variables, and gives what it shows.
function Invoke-HelpExample {
    # The examples ask a person; here one answers.
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '')]
    param([string] $Code, $Server, $Service, [string] $Folder)

    $ErrorActionPreference = 'Stop'
    $PSDefaultParameterValues = @{ 'Invoke-RestMethod:AllowUnencryptedAuthentication' = $true }
    if ($Code -match '-Interactive') { $PSDefaultParameterValues['Get-AuthToken:BrowserPath'] = "$Folder/browser" }

    if ($Code -match '-BindingMessage') { Add-IdToken $Service } else { Set-ScriptedToken $Service }

    $secret = $Server.nightlySecret
    $wrongSecret = New-Secret 'not the secret'
    $credential = $Server.aliceCredential
    $credentialWithOtp = $Server.carolCredential
    $otpSecret = New-Secret $Server.providers.pynomaly.secondFactor.totpSecret
    $apiKey = New-Secret $Server.providers.pynomaly.apiKey
    $refreshToken = $assertion = New-Secret 'as another party gave it'
    $incoming = Get-IncomingToken $Server
    $header = "Bearer $incoming"

    # The profile file, at the hosts of this run.
    $env:AUTHMODULE_CONFIG = "$Folder/profiles.json"
    $env:NIGHTLY_SECRET = [System.Net.NetworkCredential]::new('', $secret).Password
    Set-Content $env:AUTHMODULE_CONFIG (Convert-Host (Get-Content $env:AUTHMODULE_CONFIG -Raw) $Server $Service)

    # The person at the keyboard.
    function Get-Credential { $credential }
    function Read-Host([string] $Prompt, [switch] $AsSecureString) {
        switch -Wildcard ($Prompt) {
            'Secret of the second factor' { return $otpSecret }
            'The address that the browser*' { return "https://portal.contoso.com/callback?code=c&state=$($request.State)" }
            'The code that the app shows' { return New-AuthOtp $enrollment.Secret }
            'The code of the mail' { return Read-AuthServerCode $Server 'alice@contoso.com' }
        }
        if ($AsSecureString) { return $secret }
        throw "Nobody knows what to enter for '$Prompt'."
    }

    Push-Location $Folder
    try {
        & ([scriptblock]::Create((Convert-Host $Code $Server $Service))) 3>$null 6>$null | Out-String -Width 200
    } finally {
        Pop-Location
    }
}

# Lines without what differs from one terminal to the next.
function Get-PlainLines([string] $Text) {
    ($Text -split '\r?\n' | ForEach-Object { ($_ -replace '\s+', ' ').Trim() } | Where-Object { $_ }) -join "`n"
}
