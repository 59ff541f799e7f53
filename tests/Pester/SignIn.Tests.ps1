# Which parameters choose which way to sign in, and exactly what is sent.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $service = Start-ScriptedService
    $secret = New-Secret 'a secret'
    $named = @{ Authority = $service.Address; ClientId = 'portal' }

    # The fields of the last token request, in their order.
    function Get-LastFields([string] $Path = '/token') {
        $fields = [ordered]@{}
        foreach ($pair in $service.BodiesOf($Path)[-1] -split '&') {
            $name, $value = $pair -split '=', 2
            $fields[[uri]::UnescapeDataString($name)] = [uri]::UnescapeDataString($value.Replace('+', ' '))
        }
        $fields
    }
}

AfterAll { ${service}?.Dispose() }

Describe 'The ways to sign in' -Tag 'N1' {
    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service
    }

    It 'chooses <Grant> for <Names>' -ForEach @(
        @{ Names = 'ClientSecret'; Grant = 'client_credentials' }
        @{ Names = 'ClientSecret', 'Dpop'; Grant = 'client_credentials' }
        @{ Names = 'ClientSecret', 'ClientAuthentication'; Grant = 'client_credentials' }
        @{ Names = 'ClientSecret', 'ClientAuthentication', 'Dpop', 'NonInteractive', 'Scope', 'Resource'; Grant = 'client_credentials' }
        @{ Names = 'Credential'; Grant = 'password' }
        @{ Names = 'Credential', 'ClientSecret'; Grant = 'password' }
        @{ Names = 'Credential', 'ClientSecret', 'ClientAuthentication', 'Dpop'; Grant = 'password' }
        @{ Names = 'RefreshToken'; Grant = 'refresh_token' }
        @{ Names = 'RefreshToken', 'ClientSecret'; Grant = 'refresh_token' }
        @{ Names = 'SubjectToken'; Grant = 'urn:ietf:params:oauth:grant-type:token-exchange' }
        @{ Names = 'SubjectToken', 'ClientSecret', 'ActorToken', 'SubjectTokenType', 'RequestedTokenType'; Grant = 'urn:ietf:params:oauth:grant-type:token-exchange' }
        @{ Names = 'Assertion'; Grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer' }
        @{ Names = 'Assertion', 'ClientSecret', 'ClientAuthentication', 'Scope'; Grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer' }
        @{ Names = 'AssertionSource'; Grant = 'client_credentials' }
        @{ Names = 'AssertionSource', 'Scope', 'Dpop'; Grant = 'client_credentials' }
    ) {
        $all = @{
            ClientSecret = $secret; ClientAuthentication = 'Post'; Dpop = $true; NonInteractive = $true; Scope = 'orders.read'; Resource = 'urn:orders'
            Credential = [pscredential]::new('alice', $secret); RefreshToken = $secret; SubjectToken = 'subject'; ActorToken = 'actor'
            SubjectTokenType = 'jwt'; RequestedTokenType = 'access_token'; Assertion = $secret; AssertionSource = { 'assertion' }
        }
        $given = @{}
        foreach ($name in $Names) { $given[$name] = $all[$name] }
        $type = if ($Names -contains 'Dpop') { @{ token_type = 'DPoP' } } else { @{} }
        Set-ScriptedToken $service -More $type
        (Get-AuthToken @named @given).ToPlainText() | Should -Be 'scripted-access-token'
        (Get-LastFields).grant_type | Should -Be $Grant
    }

    It 'needs a person for <_>, and asks none where nobody is there' -Tag 'R5', 'R6' -ForEach @(
        @{ Interactive = $true }
        @{ Interactive = $true; LoginHint = 'alice'; Prompt = 'login'; RedirectUri = 'http://127.0.0.1/back'; BrowserPath = 'no-browser' }
        @{ DeviceCode = $true }
    ) {
        $before = $service.CountOf('/token')
        $chosen = $_
        foreach ($proof in @{}, @{ ClientSecret = $secret }, @{ ClientSecret = $secret; ClientAuthentication = 'Post'; Dpop = $true }) {
            (Get-Failure { Get-AuthToken @named @chosen @proof -NonInteractive }).Exception.Code | Should -Be 'InteractionRequired'
        }
        $service.CountOf('/token') | Should -Be $before
    }

    It 'does not guess between <Names>' -ForEach @(
        @{ Names = 'Interactive', 'DeviceCode' }
        @{ Names = 'Assertion', 'SubjectToken' }
        @{ Names = 'AssertionSource', 'ClientSecret' }
        @{ Names = 'Credential', 'RefreshToken' }
        @{ Names = 'DeviceCode', 'LoginHint' }
        @{ Names = 'ApiKey', 'ClientSecret' }
        @{ Names = 'Session', 'Interactive' }
    ) {
        $all = @{
            Interactive = $true; DeviceCode = $true; Assertion = $secret; SubjectToken = 'subject'; AssertionSource = 'github'; ClientSecret = $secret
            Credential = [pscredential]::new('alice', $secret); RefreshToken = $secret; LoginHint = 'alice'; ApiKey = $secret; Session = $null
        }
        if ($Names -contains 'Session') { $all.Session = (Get-AuthToken @named -ClientSecret $secret).SessionId }
        $given = @{}
        foreach ($name in $Names) { $given[$name] = $all[$name] }
        (Get-Failure { Get-AuthToken @named @given }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }

    It 'does not take a choice that is $false for one' {
        (Get-Failure { Get-AuthToken @named -Interactive:$false }).Exception.Code | Should -Be 'InvalidRequest'
    }
}

Describe 'Token exchange' -Tag 'R8' {
    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service
    }

    It 'sends what RFC 8693 says' {
        $null = Get-AuthToken @named -ClientSecret $secret -ClientAuthentication Post -SubjectToken (New-Secret 'subject') -SubjectTokenType jwt -ActorToken 'actor' -RequestedTokenType access_token -Resource urn:orders -Scope orders.read
        $fields = Get-LastFields
        $fields.grant_type | Should -Be 'urn:ietf:params:oauth:grant-type:token-exchange'
        $fields.subject_token | Should -Be 'subject'
        $fields.subject_token_type | Should -Be 'urn:ietf:params:oauth:token-type:jwt'
        $fields.actor_token | Should -Be 'actor'
        $fields.actor_token_type | Should -Be 'urn:ietf:params:oauth:token-type:access_token'
        $fields.requested_token_type | Should -Be 'urn:ietf:params:oauth:token-type:access_token'
        $fields.resource | Should -Be 'urn:orders'
        $fields.scope | Should -Be 'orders.read'
    }

    It 'exchanges a token of this module' {
        Set-ScriptedToken $service 'first-token'
        $first = Get-AuthToken @named -ClientSecret $secret
        $null = Get-AuthToken @named -ClientSecret $secret -SubjectToken $first
        (Get-LastFields).subject_token | Should -Be 'first-token'
    }

    It 'refuses what is no token' {
        (Get-Failure { Get-AuthToken @named -SubjectToken 7 }).Exception.Code | Should -Be 'TokenMalformed'
    }
}

Describe 'An assertion' -Tag 'R9' {
    It 'is sent as RFC 7523 says' {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service
        $null = Get-AuthToken @named -Assertion (New-Secret 'signed.by.another') -Scope orders.read
        $fields = Get-LastFields
        $fields.grant_type | Should -Be 'urn:ietf:params:oauth:grant-type:jwt-bearer'
        $fields.assertion | Should -Be 'signed.by.another'
        $fields.scope | Should -Be 'orders.read'
    }
}

Describe 'A workload' -Tag 'R18', 'N5' {
    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service
    }

    It 'reads a file again at every renewal' {
        Set-Content (Join-Path $TestDrive 'assertion') 'first'
        Push-Location $TestDrive
        try { $null = Get-AuthToken @named -AssertionSource file:assertion } finally { Pop-Location }
        (Get-LastFields).client_assertion | Should -Be 'first'
        Set-Content (Join-Path $TestDrive 'assertion') 'second'
        $null = Update-AuthToken
        $fields = Get-LastFields
        $fields.client_assertion | Should -Be 'second'
        $fields.client_assertion_type | Should -Be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    }

    It 'runs a script block at every renewal, with the variables of the user' {
        $script:calls = 0
        $prefix = 'assertion'
        $null = Get-AuthToken @named -AssertionSource { $script:calls++; "$prefix-$script:calls" }
        (Get-LastFields).client_assertion | Should -Be 'assertion-1'
        $null = Get-AuthToken
        $null = Update-AuthToken
        (Get-LastFields).client_assertion | Should -Be 'assertion-2'
        $null = Get-AuthToken -ForceRefresh
        (Get-LastFields).client_assertion | Should -Be 'assertion-3'
        $service.Reply('/needs-new', 200, 'application/json', '{}')
        $service.ReplyFirst('/needs-new', 401, 'application/json', '{}')
        $null = Invoke-AuthRestMethod "$($service.Address)/needs-new"
        (Get-LastFields).client_assertion | Should -Be 'assertion-4'
    }

    It 'takes a SecureString, and keeps two closures apart' {
        $sources = foreach ($value in 'one', 'two') { $text = New-Secret $value; { $text }.GetNewClosure() }
        $null = Get-AuthToken @named -AssertionSource $sources[0]
        (Get-LastFields).client_assertion | Should -Be 'one'
        $null = Get-AuthToken @named -AssertionSource $sources[1]
        (Get-LastFields).client_assertion | Should -Be 'two'
        Get-AuthSession | Should -HaveCount 2
    }

    It 'says what is wrong with a script block that <Name>' -ForEach @(
        @{ Name = 'throws'; Script = { throw 'out of order' }; Says = 'out of order' }
        @{ Name = 'gives nothing'; Script = { }; Says = 'gave nothing' }
        @{ Name = 'gives too much'; Script = { 'a'; 'b' }; Says = 'gave 2 values' }
        @{ Name = 'gives an object'; Script = { Get-Date }; Says = 'DateTime' }
    ) {
        $before = $service.CountOf('/token')
        $failure = Get-Failure { Get-AuthToken @named -AssertionSource $Script }
        $failure.Exception.Code | Should -Be 'InvalidCredentials'
        "$failure" | Should -Match $Says
        $service.CountOf('/token') | Should -Be $before
    }

    It 'refuses a source that it does not know: <_>' -ForEach 'gitlab', 7 {
        (Get-Failure { Get-AuthToken @named -AssertionSource $_ }).Exception.Code | Should -Be 'InvalidRequest'
    }
}

Describe 'New-AuthAuthorizationRequest' -Tag 'M6', 'M7', 'M8', 'M9' {
    BeforeAll {
        $mosaia = @{ Provider = 'mosaia'; Authority = $service.Address; ClientId = 'app'; RedirectUri = 'https://app.example/back'; Scope = 'read', 'write' }
    }

    BeforeEach { Get-AuthSession | Remove-AuthSession }

    It 'writes the address as the service wants it' {
        $first = New-AuthAuthorizationRequest @mosaia
        $first | Should -BeOfType ([AuthModule.AuthorizationRequest])
        $first.Url.Query | Should -Match 'scope=read(,|%2C)write'
        $verifier = [System.Net.NetworkCredential]::new('', $first.CodeVerifier).Password
        $verifier.Length | Should -Be 128
        $hash = [System.Security.Cryptography.SHA256]::HashData([Text.Encoding]::ASCII.GetBytes($verifier))
        $challenge = [Convert]::ToBase64String($hash).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        $first.Url.Query | Should -Match "code_challenge=$challenge"
        $first.Url.Query | Should -Match 'code_challenge_method=S256'
        $first.Url.Query | Should -Match "state=$([regex]::Escape($first.State))"
        (New-AuthAuthorizationRequest @mosaia).State | Should -Not -Be $first.State
    }

    It 'redeems the code and renews, each at its own path' {
        $first = New-AuthAuthorizationRequest @mosaia
        foreach ($path in '/v1/auth/token', '/auth/token') {
            Set-ScriptedReply $service $path @{ access_token = "token of $path"; refresh_token = 'again'; token_type = 'Bearer'; expires_in = 3600 }
        }
        (Get-AuthToken -AuthorizationRequest $first -CallbackUri "https://app.example/back?code=abc&state=$($first.State)").ToPlainText() | Should -Be 'token of /v1/auth/token'
        $fields = Get-LastFields '/v1/auth/token'
        $fields.code | Should -Be 'abc'
        $fields.redirect_uri | Should -Be 'https://app.example/back'
        $fields.code_verifier | Should -Be ([System.Net.NetworkCredential]::new('', $first.CodeVerifier).Password)
        (Update-AuthToken).ToPlainText() | Should -Be 'token of /auth/token'
        (Get-LastFields '/auth/token').refresh_token | Should -Be 'again'
    }

    It 'says what the service answered' {
        $first = New-AuthAuthorizationRequest @mosaia
        $failure = Get-Failure { Get-AuthToken -AuthorizationRequest $first -CallbackUri "https://app.example/back?error=access_denied&error_description=not+today&state=$($first.State)" }
        $failure.Exception.Code | Should -Be 'AccessDenied'
        "$failure" | Should -Match 'not today'
        (Get-Failure { Get-AuthToken -AuthorizationRequest $first -CallbackUri 'https://app.example/back?code=abc&state=other' }).Exception.Code | Should -Be 'StateMismatch'
    }

    It 'takes the service from the first half only' {
        $first = New-AuthAuthorizationRequest @mosaia
        (Get-Failure { Get-AuthToken -AuthorizationRequest $first -CallbackUri '?code=abc' -ClientId other }).Exception.Code | Should -Be 'InvalidRequest'
    }

    It 'shows its verifier nowhere' -Tag 'N10' {
        $first = New-AuthAuthorizationRequest @mosaia
        $verifier = [System.Net.NetworkCredential]::new('', $first.CodeVerifier).Password
        $inHex = [Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($verifier))
        $texts = @(
            "$first"
            $first | Out-String
            $first | Format-Table * | Out-String
            $first | Format-List * -Force | Out-String
            $first | ConvertTo-Json -Depth 5 -WarningAction Ignore
            $first | ConvertTo-Csv
            [System.Management.Automation.PSSerializer]::Serialize($first, 5)
        ) -join "`n"
        $texts | Should -Match 'app\.example'
        $texts | Should -Not -Match ([regex]::Escape($verifier))
        $texts | Should -Not -Match $inHex
        ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($first))).PSObject.Properties.Name | Should -Not -Contain 'CodeVerifier'
    }

    It 'names what is missing: the redirect URI' {
        $incomplete = $mosaia.Clone()
        $incomplete.Remove('RedirectUri')
        $failure = Get-Failure { New-AuthAuthorizationRequest @incomplete }
        $failure.FullyQualifiedErrorId | Should -BeLike '*,AuthModule.Commands.NewAuthAuthorizationRequestCommand'
        "$failure" | Should -Match 'RedirectUri'
    }
}
