<#
.SYNOPSIS
    A small HTTP API that answers only requests with a good access token.

.DESCRIPTION
    GET /orders needs the scope orders.read, POST /orders needs orders.write. Every other request is not found. A request
    without a good token is answered with 401, one whose token allows too little with 403, both with the WWW-Authenticate
    header of RFC 6750. When the issuer's keys cannot be read, nobody can say whether a token is good: that is 503.

    The listener speaks http on this machine only. Put it behind a server that speaks https before others can reach it.

.EXAMPLE
    ./examples/endpoint-listener.ps1 -Authority https://id.contoso.com -Audience orders
#>
[CmdletBinding()]
param(
    # Who issues the tokens.
    [Parameter(Mandatory)]
    [string] $Authority,

    # For whom the tokens have to be meant: this API.
    [string] $Audience = 'orders',

    [string] $Prefix = 'http://127.0.0.1:8080/',

    # Ends after so many requests; 0 goes on until Ctrl+C.
    [int] $RequestCount = 0
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

$rule = @{ Authority = $Authority; Audience = $Audience }
$orders = [System.Collections.Generic.List[object]] @(@{ id = 1; article = 'bolt' })

# The scope that each request needs, and its answer. The answer gets the result of the test: who asks, in which groups.
$routes = @{
    'GET /orders'  = @{ Scope = 'orders.read'; Answer = { param($Caller) @{ orders = $orders; for = $Caller.Subject } } }
    'POST /orders' = @{ Scope = 'orders.write'; Answer = { param($Caller) $orders.Add(@{ id = $orders.Count + 1 }); @{ count = $orders.Count; by = $Caller.Subject } } }
}

function Send-Reply($Response, [int] $Status, $Body, [hashtable] $Header = @{}) {
    $bytes = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Body -Depth 5 -Compress))
    $Response.StatusCode = $Status
    $Response.ContentType = 'application/json'
    foreach ($name in $Header.Keys) { $Response.AddHeader($name, $Header[$name]) }
    $Response.OutputStream.Write($bytes, 0, $bytes.Length)
    $Response.Close()
}

function Invoke-Route($Request, $Response) {
    $route = $routes["$($Request.HttpMethod) $($Request.Url.AbsolutePath)"]
    if (-not $route) { return Send-Reply -Response $Response -Status 404 -Body @{ error = 'not_found' } }

    try {
        $test = Test-AuthToken -AuthorizationHeader $Request.Headers['Authorization'] @rule -RequiredScope $route.Scope -Detailed
    } catch {
        # The reason is for the log; callers learn only that it is not their fault.
        Write-Warning "$($_.FullyQualifiedErrorId): $($_.Exception.Message)"
        return Send-Reply -Response $Response -Status 503 -Body @{ error = 'temporarily_unavailable' } -Header @{ 'Retry-After' = '30' }
    }

    if (-not $test.IsValid) {
        Write-Verbose "Refused with $($test.StatusCode): $($test.Failure)"
        return Send-Reply -Response $Response -Status $test.StatusCode -Body @{ error = 'refused' } -Header @{ 'WWW-Authenticate' = $test.WwwAuthenticate }
    }

    Send-Reply -Response $Response -Status 200 -Body (& $route.Answer $test)
}

$listener = [System.Net.HttpListener]::new()
$listener.Prefixes.Add($Prefix)
try {
    $listener.Start() # Within try: a start that fails half-way would keep the port, and leave callers without an answer.
    Write-Verbose "Listening on $Prefix"
    for ($served = 0; $RequestCount -eq 0 -or $served -lt $RequestCount; $served++) {
        $next = $listener.GetContextAsync()
        while (-not $next.Wait(250)) { } # So that Ctrl+C is heard.
        $context = $next.Result
        try {
            Invoke-Route $context.Request $context.Response
        } catch {
            Write-Warning "A request failed: $($_.Exception.Message)"
            $context.Response.Abort()
        }
    }
} finally {
    $listener.Close()
}
