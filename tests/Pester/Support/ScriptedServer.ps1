# A service whose every reply a test decides: dot-source it in BeforeAll.
if (-not ('AuthModule.Pester.ScriptedServer' -as [type])) {
    Add-Type -Path (Join-Path $PSScriptRoot 'ScriptedServer.cs')
}

# Has discovery and keys; what a test does not script is not found.
function Start-ScriptedService {
    $server = [AuthModule.Pester.ScriptedServer]::new()
    $address = $server.Address
    Set-ScriptedReply $server '/.well-known/openid-configuration' @{
        issuer = $address
        token_endpoint = "$address/token"
        revocation_endpoint = "$address/revoke"
        jwks_uri = "$address/jwks"
    }
    $server
}

function Set-ScriptedReply($Server, [string] $Path, $Body, [int] $Status = 200, [string[]] $Header = @()) {
    $Server.Reply($Path, $Status, 'application/json', (ConvertTo-Json $Body -Depth 8 -Compress), $Header)
}

function Set-ScriptedToken($Server, [string] $AccessToken = 'scripted-access-token', [hashtable] $More = @{}) {
    $reply = @{ access_token = $AccessToken; token_type = 'Bearer'; expires_in = 3600 }
    foreach ($name in $More.Keys) { $reply[$name] = $More[$name] }
    Set-ScriptedReply $Server '/token' $reply
}
