# Marked secrets through every way to sign in and every way to fail, against a service that repeats whatever it was sent, as it came
# and decoded. Then everything that PowerShell can show of it is searched.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1

    $marks = [ordered]@{}
    function New-Mark([string] $Name) {
        # Characters that forms, addresses and JSON write differently: each form is searched for.
        $marks[$Name] = "canary-$Name-$([guid]::NewGuid().ToString('n')) +&/ü"
        $marks[$Name]
    }
    function New-MarkedSecret([string] $Name) { New-Secret (New-Mark $Name) }
    function New-MarkedCredential([string] $Name) { [pscredential]::new('alice', (New-MarkedSecret $Name)) }

    # Without the part that encodings change, so that every form holds it; and what hides it only from the eye.
    function Get-MarkForms {
        foreach ($mark in $marks.Values) {
            $core = $mark.Split(' ')[0]
            $core
            [Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($core))
            [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($core.Substring(0, $core.Length - $core.Length % 3)))
        }
    }

    # Deep for objects of the module. A record of PowerShell leads to the whole engine within three steps, so that its own fields are
    # taken, and each exception by itself.
    function Get-TextForms($Object) {
        foreach ($one in @($Object)) {
            if ($one -is [System.Management.Automation.InformationalRecord]) { "$one"; continue }
            "$one"
            $one | Out-String -Width 500
            $isRecord = $one -is [System.Management.Automation.ErrorRecord]
            if ($isRecord) {
                "$($one.ErrorDetails) $($one.ErrorDetails.RecommendedAction) $($one.TargetObject) $($one.CategoryInfo) $($one.FullyQualifiedErrorId) $($one.ScriptStackTrace)"
                [System.Management.Automation.PSSerializer]::Serialize($one, 2)
            } else {
                $one | Format-List * -Force | Out-String -Width 500
                $one | ConvertTo-Json -Depth 10 -WarningAction Ignore -ErrorAction Ignore
                [System.Management.Automation.PSSerializer]::Serialize($one, 4)
            }
            for ($cause = $one.Exception; $cause; $cause = $cause.InnerException) {
                "$cause $($cause.Data | Out-String)"
                if ($cause -is [AuthModule.AuthException]) {
                    $cause.ToJson()
                    $cause | Select-Object Code, StatusCode, OAuthError, OAuthErrorDescription, RetryAfter, CorrelationId, Service, RecommendedAction | ConvertTo-Json
                }
            }
        }
    }

    $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-canaries-$(New-Guid)")
    # Temporary files of this process alone.
    $temporary = New-Item -ItemType Directory (Join-Path $folder 'temporary')
    $savedVariables = @{}
    foreach ($name in 'TMPDIR', 'TEMP', 'TMP', 'AUTHMODULE_AUDIT') { $savedVariables[$name] = [Environment]::GetEnvironmentVariable($name) }
    $env:TMPDIR = $env:TEMP = $env:TMP = $temporary
    $env:AUTHMODULE_AUDIT = Join-Path $folder 'audit.jsonl'
    $service = Start-ScriptedService
    $origin = $service.Address
    Set-ScriptedReply $service '/.well-known/openid-configuration' @{
        issuer = $origin
        token_endpoint = "$origin/oidc/token"
        authorization_endpoint = "$origin/oidc/authorize"
        device_authorization_endpoint = "$origin/oidc/device"
        pushed_authorization_request_endpoint = "$origin/oidc/par"
        revocation_endpoint = "$origin/oidc/revoke"
        introspection_endpoint = "$origin/oidc/introspect"
        backchannel_authentication_endpoint = "$origin/oidc/backchannel"
        jwks_uri = "$origin/oidc/keys"
        token_endpoint_auth_methods_supported = @('client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt')
    }

    $assertionFile = Join-Path $folder 'assertion.txt'
    Set-Content $assertionFile (New-Mark 'assertion-file') -NoNewline
    $keyFile = Join-Path $folder 'client.pem'
    $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    Set-Content $keyFile $key.ExportPkcs8PrivateKeyPem()
    $marks['key-file'] = ((Get-Content $keyFile)[1])

    $oidc = @{ Authority = $origin; ClientId = 'nightly' }
    $source = New-Mark 'assertion-source'
    $signIns = [ordered]@{
        'client secret, Basic' = $oidc + @{ ClientSecret = New-MarkedSecret 'basic'; ClientAuthentication = 'Basic' }
        'client secret, Post' = $oidc + @{ ClientSecret = New-MarkedSecret 'post'; ClientAuthentication = 'Post' }
        'client secret, signed' = $oidc + @{ ClientSecret = New-MarkedSecret 'secret-jwt'; ClientAuthentication = 'SecretJwt' }
        'client key' = $oidc + @{ ClientKey = $keyFile }
        'extra field' = $oidc + @{ ClientSecret = New-MarkedSecret 'with-extra' }
        'password and code' = $oidc + @{ Credential = New-MarkedCredential 'password'; Otp = (New-Mark 'otp'); ClientSecret = New-MarkedSecret 'confidential' }
        'refresh token' = $oidc + @{ RefreshToken = New-MarkedSecret 'refresh' }
        'token exchange' = $oidc + @{ SubjectToken = New-MarkedSecret 'subject'; ActorToken = New-MarkedSecret 'actor' }
        'assertion' = $oidc + @{ Assertion = New-MarkedSecret 'assertion' }
        'workload, file' = $oidc + @{ AssertionSource = "file:$assertionFile" }
        'workload, script' = $oidc + @{ AssertionSource = { $source }.GetNewClosure() }
        'device' = $oidc + @{ DeviceCode = $true; TimeoutSec = 5 }
        'DPoP' = $oidc + @{ ClientSecret = New-MarkedSecret 'dpop'; Dpop = $true }
        'proxy' = $oidc + @{ ClientSecret = New-MarkedSecret 'proxied'; Proxy = $origin; ProxyCredential = New-MarkedCredential 'proxy' }
        'oauth2' = @{ Provider = 'oauth2'; TokenEndpoint = "$origin/oauth2/token"; ClientId = 'nightly'; ClientSecret = New-MarkedSecret 'oauth2' }
        'keycloak' = @{ Provider = 'keycloak'; Authority = $origin; Parameter = @{ realm = 'r' }; ClientId = 'nightly'; ClientSecret = New-MarkedSecret 'keycloak' }
        'px-backup' = @{ Provider = 'px-backup'; Authority = $origin; ClientId = 'pxcentral'; Credential = New-MarkedCredential 'px-backup'; TokenDuration = '7d' }
        'pynomaly' = @{ Provider = 'pynomaly'; Authority = $origin; Credential = New-MarkedCredential 'pynomaly'; Otp = (New-Mark 'pynomaly-otp') }
        'pynomaly, API key' = @{ Provider = 'pynomaly'; Authority = $origin; ApiKey = New-MarkedSecret 'api-key' }
        'mosaia, client' = @{ Provider = 'mosaia'; Authority = $origin; ClientId = 'c'; ClientSecret = New-MarkedSecret 'mosaia' }
        'mosaia, password' = @{ Provider = 'mosaia'; Authority = $origin; ClientId = 'c'; Credential = New-MarkedCredential 'mosaia-password' }
        'mosaia, refresh' = @{ Provider = 'mosaia'; Authority = $origin; RefreshToken = New-MarkedSecret 'mosaia-refresh' }
        'cognito' = @{ Provider = 'cognito'; Authority = $origin; ClientId = 'c'; ClientSecret = New-MarkedSecret 'cognito' }
        'file store' = $oidc + @{ ClientSecret = New-MarkedSecret 'stored'; Store = "file:$folder/store" }
    }
    $tokens = @{
        access_token = (New-Mark 'access-token'); refresh_token = (New-Mark 'new-refresh-token'); id_token = (New-Mark 'id-token'); expires_in = 3600; token_type = 'Bearer'
        device_code = (New-Mark 'device-code'); user_code = 'WDJB'; verification_uri = "$origin/device"; interval = 1
        data = @{ access_token = (New-Mark 'wrapped-access'); refresh_token = (New-Mark 'wrapped-refresh'); exp = '4102444800' }
    } | ConvertTo-Json -Compress
    $outcomes = [ordered]@{
        'success' = { $service.EchoOthers(200, 'application/json', $tokens) }
        '400 as JSON' = { $service.EchoOthers(400, 'application/json', '{"error":"invalid_grant","error_description":"ECHO","error_uri":"https://x/?ECHO","detail":"ECHO","message":"ECHO"}') }
        '401 as JSON' = { $service.EchoOthers(401, 'application/json', '{"error":"ECHO","detail":[{"loc":["ECHO"],"msg":"ECHO"}]}', 'WWW-Authenticate: Bearer realm="ECHO", error="ECHO"') }
        '429' = { $service.EchoOthers(429, 'application/problem+json', '{"title":"ECHO","detail":"ECHO","type":"ECHO"}') }
        '500 as HTML' = { $service.EchoOthers(500, 'text/html', '<html><body>ECHO</body></html>') }
        '200 as HTML' = { $service.EchoOthers(200, 'text/html', '<html><body>ECHO</body></html>') }
        '200 without token' = { $service.EchoOthers(200, 'application/json', '{"error":"ECHO","access_token":{"a":"ECHO"},"ECHO":"ECHO"}') }
        'broken JSON' = { $service.EchoOthers(200, 'application/json', '{"access_token":"ECHO","') }
        'redirect' = { $service.EchoOthers(302, 'text/plain', 'ECHO', 'Location: https://elsewhere.example/ECHO?ECHO') }
    }
    $seen = @{ Cells = 0; Failures = 0; Texts = 0; Found = [System.Collections.Generic.List[string]]::new() }

    function Search([string] $Where, [string[]] $Text) {
        $seen.Texts += $Text.Count
        $all = $Text -join "`n"
        foreach ($form in $forms) {
            $at = $all.IndexOf($form, [StringComparison]::OrdinalIgnoreCase)
            if ($at -ge 0) { $seen.Found.Add("${Where}: $($all.Substring([Math]::Max(0, $at - 80), [Math]::Min(80 + $form.Length, $all.Length - [Math]::Max(0, $at - 80))))") }
        }
    }
}

AfterAll {
    Remove-AuthSession -All
    ${service}?.Dispose()
    Remove-Item $folder -Recurse -Force
    foreach ($name in $savedVariables.Keys) { [Environment]::SetEnvironmentVariable($name, $savedVariables[$name]) }
}

Describe 'Canaries' -Tag 'N10', 'P10', 'C4' {
    It 'no secret is seen, whatever way in and whatever goes wrong' {
        $forms = @(Get-MarkForms)
        foreach ($way in $signIns.Keys) {
            foreach ($outcome in $outcomes.Keys) {
                Remove-AuthSession -All
                $Error.Clear()
                . $outcomes[$outcome]
                $arguments = $signIns[$way]
                $streams = & {
                    try {
                        Get-AuthToken @arguments -MaximumRetryCount 0 -Verbose -Debug
                        Get-AuthSession
                        Invoke-AuthRestMethod "$origin/api/orders" -MaximumRetryCount 0 -Verbose -Debug -ErrorAction Continue | Out-Null
                        Update-AuthToken -Verbose -Debug -ErrorAction Continue
                        Revoke-AuthToken -PassThru -Verbose -Debug -ErrorAction Continue
                    } catch { $_ }
                } *>&1
                $seen.Cells++
                if ($Error.Count) { $seen.Failures++ }
                Search "$way, $outcome" @(Get-TextForms @($streams) ; Get-TextForms @($Error); Get-TextForms @(Get-AuthSession))
            }
        }
        Search 'audit log' (Get-Content $env:AUTHMODULE_AUDIT -Raw)
        foreach ($file in Get-ChildItem "$folder/store" -Recurse -File) {
            Search 'store' ([System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName)))
        }
        foreach ($file in Get-ChildItem $temporary -Recurse -File) {
            Search "temporary file $file" ([System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName)))
        }
        if (Test-Path "/proc/$PID/cmdline") { Search 'process arguments' (Get-Content "/proc/$PID/cmdline" -Raw) }

        $figure = "canaries, cmdlets: $($marks.Count) marked secrets, $($seen.Cells) cells ($($signIns.Count) ways in x $($outcomes.Count) replies), $($seen.Texts) texts searched, $($seen.Found.Count) found"
        Write-Host $figure
        $results = New-Item -ItemType Directory -Force (Join-Path $PSScriptRoot '../../out/test-results')
        Set-Content (Join-Path $results 'figures-AuthModule.Pester.txt') $figure
        $seen.Failures | Should -BeGreaterThan ($signIns.Count * 7) -Because 'all replies but one are failures'
        $seen.Found -join "`n" | Should -BeNullOrEmpty
    }

    It 'the search finds what is there' {
        $forms = @(Get-MarkForms)
        $probe = @{ Cells = 0; Failures = 0; Texts = 0; Found = [System.Collections.Generic.List[string]]::new() }
        $seen = $probe
        $plain = $marks['post']
        Search 'plain' $plain
        Search 'record' @(Get-TextForms ([System.Management.Automation.ErrorRecord]::new([InvalidOperationException]::new('outer', [Exception]::new($plain)), 'x', 'NotSpecified', $null)))
        Search 'secure' @([System.Management.Automation.PSSerializer]::Serialize((New-Secret $plain)))
        $probe.Found.Count | Should -BeGreaterOrEqual $(if ($IsWindows) { 2 } else { 3 })
    }

    It 'secrets did go out, so that there was something to find' {
        $said = [System.Net.WebUtility]::UrlDecode(($service.BodiesOf('/oidc/token') -join ' '))
        foreach ($name in 'post', 'password', 'refresh', 'subject', 'actor', 'assertion', 'assertion-source', 'assertion-file') {
            $said | Should -BeLike "*$($marks[$name].Split(' ')[0])*"
        }
    }
}
