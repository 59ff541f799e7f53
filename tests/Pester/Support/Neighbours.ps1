# Runs in a PowerShell of its own: another module's libraries, in other versions than ours, and this module, in one session.
# Both do real work before and after each other; what came of it is one line of JSON. Isolation.Tests.ps1 reads it.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Libraries,
    [Parameter(Mandatory)] [ValidateSet('Foreign', 'Own')] [string] $First
)

$ErrorActionPreference = 'Stop'
. $PSScriptRoot/Jwt.ps1
. $PSScriptRoot/ScriptedServer.ps1

$key = New-TestKey
$jwksFile = New-TemporaryFile
Set-Content $jwksFile ($key.Jwks | ConvertTo-Json -Depth 5)
$claims = @{ iss = 'https://id.example'; aud = 'orders'; sub = 'alice'; iat = (Get-EpochSeconds); exp = (Get-EpochSeconds 600) }
$token = New-TestToken $key $claims
$forged = (New-TestToken (New-TestKey) $claims)
$done = [ordered]@{}

# As modules without a load context of their own do: their files, into the session.
function Import-Foreign {
    foreach ($name in 'Microsoft.IdentityModel.JsonWebTokens', 'Polly', 'Polly.Core', 'Microsoft.Extensions.Http', 'Microsoft.Extensions.Http.Polly') { Add-Type -Path (Join-Path $Libraries "$name.dll") }
    # The framework's own copy wins in the session itself; a module that needs another one brings a context.
    $context = [System.Runtime.Loader.AssemblyLoadContext]::new('Neighbour')
    $script:foreignJson = $context.LoadFromAssemblyPath((Join-Path $Libraries 'System.Text.Json.dll')).GetType('System.Text.Json.JsonDocument')
}

function Invoke-Foreign([string] $When) {
    $handler = [Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler]::new()
    $rules = [Microsoft.IdentityModel.Tokens.TokenValidationParameters]@{
        ValidIssuer = 'https://id.example'; ValidAudience = 'orders'; IssuerSigningKey = [Microsoft.IdentityModel.Tokens.RsaSecurityKey]::new($key.Rsa)
    }
    $done["$When foreign token"] = $handler.ValidateToken($token, $rules).IsValid
    $done["$When foreign forgery"] = $handler.ValidateToken($forged, $rules).IsValid
    $script:calls = 0
    [Polly.Policy]::NoOp().Execute([action] { $script:calls++ })
    [Polly.ResiliencePipeline]::Empty.Execute([action] { $script:calls++ })
    $done["$When foreign calls"] = $script:calls
    $done["$When foreign handler"] = [Microsoft.Extensions.Http.PolicyHttpMessageHandler]::new([Polly.Policy]::NoOpAsync[System.Net.Http.HttpResponseMessage]()).GetType().Assembly.GetName().Version.Major
    $done["$When foreign json"] = $foreignJson::Parse('{"a":1}').RootElement.GetProperty('a').GetInt32()
}

function Invoke-Own([string] $When) {
    $done["$When own token"] = Test-AuthToken $token -Issuer 'https://id.example' -Audience orders -Jwks $jwksFile
    $done["$When own forgery"] = Test-AuthToken $forged -Issuer 'https://id.example' -Audience orders -Jwks $jwksFile
    # Signs with our Microsoft.IdentityModel, and repeats a request with our Polly.
    $issued = Get-AuthToken -Issuer (New-AuthIssuer -Store memory -TokenFormat Jwt) -Subject bob
    $done["$When own issued"] = $issued.Claims['sub']
    $service = Start-ScriptedService
    try {
        Set-ScriptedToken $service
        $service.ReplyFirst('/token', 503, 'text/plain', 'busy')
        $secret = ConvertTo-SecureString 'secret' -AsPlainText -Force
        $done["$When own repeated"] = Get-AuthToken -Authority $service.Address -ClientId $When -ClientSecret $secret -AsPlainText
    } finally {
        $service.Dispose()
    }
}

if ($First -eq 'Foreign') { Import-Foreign; Invoke-Foreign before; Import-Module $Module } else { Import-Module $Module; Invoke-Own before; Import-Foreign }
Invoke-Foreign between
Invoke-Own between
Invoke-Foreign after
Invoke-Own after
Remove-Item $jwksFile

$done['loaded'] = @(foreach ($assembly in [System.AppDomain]::CurrentDomain.GetAssemblies()) {
        $name = $assembly.GetName().Name
        if ($name -in 'Microsoft.IdentityModel.Tokens', 'Microsoft.IdentityModel.JsonWebTokens', 'Polly', 'Polly.Core', 'System.Text.Json', 'AuthModule.Core' -or $name -like 'Microsoft.Extensions.*') {
            "$([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name) $name $([System.Diagnostics.FileVersionInfo]::GetVersionInfo($assembly.Location).FileMajorPart).$([System.Diagnostics.FileVersionInfo]::GetVersionInfo($assembly.Location).FileMinorPart)"
        }
    })
$done | ConvertTo-Json -Compress
