# The independent authorization server of tests/oidc-provider for a test file. Needs Node 20.
$oidcProviderFolder = Join-Path $PSScriptRoot '../../oidc-provider'

# Why it cannot be used; nothing when all is there.
function Get-OidcProviderObstacle {
    if (-not (Get-Command node -CommandType Application -ErrorAction Ignore)) { return 'there is no node (version 20 or later) on PATH' }
    $version = "$(node --version)".TrimStart('v')
    if ([int]($version -split '\.')[0] -lt 20) { return "the node on PATH is $version, 20 or later is needed" }

    # npm writes its own copy of the lock file last: a broken-off installation has none.
    $wanted = Get-Item (Join-Path $oidcProviderFolder 'package-lock.json')
    $installed = Get-Item (Join-Path $oidcProviderFolder 'node_modules/.package-lock.json') -Force -ErrorAction Ignore
    if ($installed -and $installed.LastWriteTimeUtc -ge $wanted.LastWriteTimeUtc) { return }
    if (-not (Get-Command npm -CommandType Application -ErrorAction Ignore)) { return 'there is no npm on PATH to install its packages' }
    $output = npm ci --prefix $oidcProviderFolder --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 2>&1
    if ($LASTEXITCODE -ne 0) { "npm ci failed with ${LASTEXITCODE}: $($output | Select-Object -First 1)" }
}

# What it prints (see its README), with secrets as SecureString besides.
function Start-OidcProvider {
    $start = [System.Diagnostics.ProcessStartInfo]::new('node', 'server.mjs')
    $start.WorkingDirectory = $oidcProviderFolder
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $process.BeginErrorReadLine()
    $line = $process.StandardOutput.ReadLine()
    if (-not $line) { throw 'oidc-provider did not start: node server.mjs in tests/oidc-provider says why.' }
    $server = $line | ConvertFrom-Json
    $server | Add-Member Process $process
    foreach ($client in $server.clients.PSObject.Properties.Value | Where-Object clientSecret) {
        $client | Add-Member Secret (ConvertTo-SecureString $client.clientSecret -AsPlainText -Force)
    }
    foreach ($user in $server.users.PSObject.Properties.Value) {
        $user | Add-Member Credential ([pscredential]::new($user.username, (ConvertTo-SecureString $user.password -AsPlainText -Force)))
    }
    $server
}

# It ends by itself when its standard input closes.
function Stop-OidcProvider($Server) {
    if (-not $Server) { return }
    $Server.Process.StandardInput.Close()
    if (-not $Server.Process.WaitForExit(10000)) { $Server.Process.Kill($true) }
    $Server.Process.Dispose()
}

# How many requests it has seen: all, or those of a path.
function Get-OidcRequestCount($Server, [string] $Path) {
    $seen = Invoke-RestMethod "$($Server.controlBaseUrl)/control/requests"
    [int](@($seen) | ForEach-Object { $_ } | Where-Object { -not $Path -or $_.path -eq $Path } | Measure-Object count -Sum).Sum
}

# What the server itself says of a token (RFC 7662), asked without the module.
function Get-OidcIntrospection($Server, [string] $Token) {
    $client = $Server.clients.resourceServer
    $credential = [pscredential]::new($client.clientId, $client.Secret)
    Invoke-RestMethod "$($Server.issuer)/token/introspection" -Method Post -Body @{ token = $Token } -Authentication Basic -Credential $credential -AllowUnencryptedAuthentication
}

# Signs a user in by plain HTTP, as tests/oidc-provider/walk.mjs describes. The address that leads away from the server, or the last page.
function Invoke-OidcSignIn([uri] $Url, [string] $Login = 'alice', [switch] $Refuse) {
    $handler = [System.Net.Http.HttpClientHandler]@{ AllowAutoRedirect = $false }
    $http = [System.Net.Http.HttpClient]::new($handler)
    $http.DefaultRequestHeaders.Add('Accept', 'text/html')
    try {
        $reply = $http.GetAsync($Url).GetAwaiter().GetResult()
        foreach ($step in 1..20) {
            if ($reply.Headers.Location) {
                $target = [uri]::new($reply.RequestMessage.RequestUri, $reply.Headers.Location)
                if ($target.Authority -ne $Url.Authority) { return $target.AbsoluteUri }
                $reply = $http.GetAsync($target).GetAwaiter().GetResult()
                continue
            }
            $page = $reply.Content.ReadAsStringAsync().GetAwaiter().GetResult()
            if (-not $reply.IsSuccessStatusCode) { throw "HTTP $([int]$reply.StatusCode) at $($reply.RequestMessage.RequestUri): $page" }
            if ($page -notmatch '(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>' -or $page.Contains('op.deviceInputForm')) { return $page }
            $action, $form = $Matches[1], $Matches[2]
            if ($Refuse -and $action.Contains('/interaction/')) {
                $reply = $http.GetAsync("$action/abort").GetAwaiter().GetResult()
                continue
            }
            $fields = [System.Collections.Generic.Dictionary[string, string]]::new()
            foreach ($field in [regex]::Matches($form, '<input type="hidden" name="([^"]*)" value="([^"]*)"')) { $fields[$field.Groups[1].Value] = $field.Groups[2].Value }
            if ($fields['prompt'] -eq 'login') {
                $fields['login'] = $Login
                $fields['password'] = 'anything'
            }
            $reply = $http.PostAsync($action, [System.Net.Http.FormUrlEncodedContent]::new($fields)).GetAwaiter().GetResult()
        }
        throw 'the sign-in does not come to an end'
    } finally {
        $http.Dispose()
    }
}
