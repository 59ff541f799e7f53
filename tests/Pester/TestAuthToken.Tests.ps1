BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/Jwt.ps1
    $key = New-TestKey
    $service = Start-ScriptedService
    Set-ScriptedReply $service '/jwks' $key.Jwks
    $issuer = $service.Address

    function New-Token([hashtable] $Change = @{}, $By = $key) {
        $claims = @{
            iss = $issuer; sub = 'alice'; aud = 'orders'; client_id = 'nightly'; scope = 'orders.read orders.write'
            groups = @('sales', 'admins'); iat = Get-EpochSeconds; exp = Get-EpochSeconds 600
        }
        foreach ($name in $Change.Keys) { $claims[$name] = $Change[$name] }
        New-TestToken $By $claims
    }
}

AfterAll { ${service}?.Dispose() }

Describe 'Test-AuthToken' -Tag 'D1', 'C7', 'C8' {
    It 'says yes to a good token, as string, SecureString and from the pipeline' {
        $token = New-Token
        Test-AuthToken $token -Authority $issuer | Should -BeExactly $true
        Test-AuthToken (New-Secret $token) -Authority $issuer | Should -BeExactly $true
        $token, (New-Secret $token) | Test-AuthToken -Authority $issuer | Should -Be $true, $true
        Test-AuthToken $token, $token -Authority $issuer | Should -HaveCount 2
    }

    It 'says no to <Name>: <Failure>' -Tag 'N6' -ForEach @(
        @{ Name = 'an expired token'; Failure = 'TokenExpired'; Make = { New-Token @{ exp = Get-EpochSeconds -600; iat = Get-EpochSeconds -1200 } } }
        @{ Name = 'a token of 1970'; Failure = 'TokenExpired'; Make = { New-Token @{ exp = 3600; iat = 0 } } }
        @{ Name = 'a token of tomorrow'; Failure = 'TokenNotYetValid'; Make = { New-Token @{ nbf = Get-EpochSeconds 300 } } }
        @{ Name = 'a token of another issuer'; Failure = 'IssuerMismatch'; Make = { New-Token @{ iss = 'https://elsewhere.example.com' } } }
        @{ Name = 'a tampered token'; Failure = 'SignatureInvalid'; Make = { $parts = (New-Token) -split '\.'; $other = (New-Token @{ sub = 'mallory' }) -split '\.'; $parts[0], $other[1], $parts[2] -join '.' } }
        @{ Name = 'a token of an unknown key'; Failure = 'KeyNotFound'; Make = { New-Token -By (New-TestKey 'other-key') } }
        @{ Name = 'a text that is no token'; Failure = 'TokenMalformed'; Make = { 'not a token' } }
    ) {
        $token = & $Make
        Test-AuthToken $token -Authority $issuer | Should -BeExactly $false
        $result = Test-AuthToken $token -Authority $issuer -Detailed
        $result.IsValid | Should -BeFalse
        $result.Failure | Should -Be $Failure
        $result.StatusCode | Should -Be 401
        @($result.Checks | Where-Object { $_.Id -eq $Failure }).Reason | Should -Not -BeNullOrEmpty
    }

    It 'tests <Name>' -Tag 'C9', 'C10', 'G11' -ForEach @(
        @{ Name = 'the audience'; Good = @{ Audience = 'other', 'orders' }; Bad = @{ Audience = 'other' }; Failure = 'AudienceMismatch' }
        @{ Name = 'the client'; Good = @{ ClientId = 'nightly' }; Bad = @{ ClientId = 'other' }; Failure = 'ClientMismatch' }
        @{ Name = 'the use'; Good = @{ TokenUse = 'any' }; Bad = @{ TokenUse = 'id' }; Failure = 'TokenUseMismatch' }
        @{ Name = 'all scopes'; Good = @{ RequiredScope = 'orders.read', 'orders.write' }; Bad = @{ RequiredScope = 'orders.read', 'none' }; Failure = 'InsufficientScope' }
        @{ Name = 'any scope'; Good = @{ RequiredScope = 'orders.read', 'none'; ScopeMatch = 'Any' }; Bad = @{ RequiredScope = 'no', 'none'; ScopeMatch = 'Any' }; Failure = 'InsufficientScope' }
        @{ Name = 'groups'; Good = @{ RequiredGroup = 'sales' }; Bad = @{ RequiredGroup = 'owners' }; Failure = 'ClaimMismatch' }
        @{ Name = 'a claim'; Good = @{ RequiredClaim = @{ sub = 'alice' } }; Bad = @{ RequiredClaim = @{ sub = 'bob' } }; Failure = 'ClaimMismatch' }
        @{ Name = 'a claim of several values'; Good = @{ RequiredClaim = @{ sub = 'bob', 'alice' } }; Bad = @{ RequiredClaim = @{ sub = 'bob', 'carol' } }; Failure = 'ClaimMismatch' }
        @{ Name = 'a claim by pattern'; Good = @{ RequiredClaim = @{ sub = [regex] '^al' } }; Bad = @{ RequiredClaim = @{ sub = [regex] '^bo' } }; Failure = 'ClaimMismatch' }
        @{ Name = 'the issuer where it differs from the authority'; Good = @{}; Bad = @{ Issuer = 'https://elsewhere.example.com' }; Failure = 'IssuerMismatch' }
    ) {
        $token = New-Token
        Test-AuthToken $token -Authority $issuer @Good | Should -BeTrue
        $result = Test-AuthToken $token -Authority $issuer @Bad -Detailed
        $result.IsValid | Should -BeFalse
        $result.Failure | Should -Be $Failure
    }

    It 'runs -Condition in the caller''s runspace, with the claims' -Tag 'C12' {
        $wanted = 'alice'
        $token = New-Token
        Test-AuthToken $token -Authority $issuer -Condition { $_.sub -eq $wanted -and $args[0]['aud'] -eq 'orders' } | Should -BeTrue
        Test-AuthToken $token -Authority $issuer -Condition { $false } | Should -BeFalse
        Test-AuthToken $token -Authority $issuer -Condition { } | Should -BeFalse
        (Test-AuthToken $token -Authority $issuer -Condition { throw 'broken' } -Detailed).Failure | Should -Be 'ClaimMismatch'
    }

    It 'lets nobody in by a -Condition that gives <Name>' -Tag 'C12' -ForEach @(
        @{ Name = 'two values that are false'; Rule = { $false; $false }; Reason = 'gave 2 values, *' }
        @{ Name = 'a value before the answer'; Rule = { $true; $false }; Reason = 'gave 2 values, *' }
        @{ Name = 'two values that are true'; Rule = { $true; $true }; Reason = 'gave 2 values, *' }
        @{ Name = 'a text'; Rule = { 'False' }; Reason = 'gave a value of type String, *' }
        @{ Name = 'a number'; Rule = { 1 }; Reason = 'gave a value of type Int32, *' }
        @{ Name = 'a list'; Rule = { , @($false, $false) }; Reason = 'gave a value of type Object*, *' }
        @{ Name = '$null'; Rule = { $null }; Reason = 'gave $null, *' }
        @{ Name = 'nothing'; Rule = { }; Reason = 'gave no value, *' }
    ) {
        $result = Test-AuthToken (New-Token) -Authority $issuer -Condition $Rule -Detailed
        $result.IsValid | Should -BeFalse
        $result.Failure | Should -Be 'ClaimMismatch'
        $result.Checks.Where{ $_.Name -eq 'Condition' }.Reason | Should -BeLike $Reason
    }

    It 'lets in by a -Condition that gives one $true, however it is wrapped' -Tag 'C12' {
        Test-AuthToken (New-Token) -Authority $issuer -Condition { Write-Output $true } | Should -BeTrue
        Test-AuthToken (New-Token) -Authority $issuer -Condition { [psobject] $true } | Should -BeTrue
    }

    It 'runs -Condition on the pipeline thread when the keys have to be fetched first' -Tag 'C12' {
        $fresh = Start-ScriptedService
        try {
            Set-ScriptedReply $fresh '/jwks' $key.Jwks
            $script:ran = $null
            Test-AuthToken (New-Token @{ iss = $fresh.Address }) -Authority $fresh.Address -Condition { $script:ran = [runspace]::DefaultRunspace.Id; $true } | Should -BeTrue
            $script:ran | Should -Be ([runspace]::DefaultRunspace.Id)
        } finally { $fresh.Dispose() }
    }

    It 'never shows an unproved claim to -Condition' -Tag 'C12' {
        $script:asked = $false
        Test-AuthToken (New-Token -By (New-TestKey)) -Authority $issuer -Condition { $script:asked = $true } | Should -BeFalse
        $script:asked | Should -BeFalse
    }

    It 'takes keys from a file, named from the current location' {
        $key.Jwks | ConvertTo-Json -Depth 5 | Set-Content (Join-Path $TestDrive 'keys.json')
        Push-Location $TestDrive
        try {
            Test-AuthToken (New-Token) -Jwks ./keys.json -Issuer $issuer | Should -BeTrue
            Test-AuthToken (New-Token -By (New-TestKey)) -Jwks ./keys.json -Issuer $issuer | Should -BeFalse
        } finally { Pop-Location }
    }

    It 'allows for clocks that differ by -ClockSkew' {
        $token = New-Token @{ exp = Get-EpochSeconds -120 }
        Test-AuthToken $token -Authority $issuer | Should -BeFalse
        Test-AuthToken $token -Authority $issuer -ClockSkew 00:05:00 | Should -BeTrue
    }

    It 'sends nothing with -Offline' {
        Test-AuthToken (New-Token -By (New-TestKey)) -Offline | Should -BeTrue
        Test-AuthToken (New-Token @{ exp = 3600 }) -Offline | Should -BeFalse
    }

    It 'tests the token of the current session where none is given' {
        Set-ScriptedToken $service (New-Token)
        $token = Get-AuthToken -Authority $issuer -ClientId nightly -ClientSecret (New-Secret x)
        try {
            Test-AuthToken | Should -BeTrue
            Test-AuthToken -Session (Get-AuthSession $token.SessionId) -Audience orders | Should -BeTrue
            $token | Test-AuthToken -Audience other | Should -BeFalse
            Get-AuthSession $token.SessionId | Test-AuthToken | Should -BeTrue
        } finally { Remove-AuthSession -All }
        (Get-Failure { Test-AuthToken }).FullyQualifiedErrorId | Should -Be 'NoSession,AuthModule.Commands.TestAuthTokenCommand'
    }

    It 'says an endpoint what to answer' -Tag 'C13', 'G11' {
        $result = Test-AuthToken (New-Token) -Authority $issuer -RequiredScope none -Detailed
        $result.StatusCode | Should -Be 403
        $result.WwwAuthenticate | Should -BeLike 'Bearer*insufficient_scope*'
        (Test-AuthToken (New-Token) -Authority $issuer -Detailed).StatusCode | Should -Be 200
    }

    It 'takes what came in an Authorization header' -Tag 'C13' {
        Test-AuthToken -AuthorizationHeader "Bearer $(New-Token)" -Authority $issuer | Should -BeTrue
        $none = Test-AuthToken -AuthorizationHeader $null -Authority $issuer -Detailed
        $none.StatusCode | Should -Be 401
        $none.WwwAuthenticate | Should -BeLike 'Bearer*'
        Test-AuthToken -AuthorizationHeader 'Basic YTpi' -Authority $issuer | Should -BeFalse
    }

    It 'asks the server with -Introspect' -Tag 'R11' {
        $asked = Start-ScriptedService
        try {
            $address = $asked.Address
            Set-ScriptedReply $asked '/.well-known/openid-configuration' @{ issuer = $address; token_endpoint = "$address/token"; introspection_endpoint = "$address/introspect" }
            Set-ScriptedToken $asked 'opaque-token'
            $null = Get-AuthToken -Authority $address -ClientId nightly -ClientSecret (New-Secret x)
            Set-ScriptedReply $asked '/introspect' @{ active = $true; iss = $address; sub = 'alice'; scope = 'orders.read'; client_id = 'nightly'; exp = Get-EpochSeconds 600 }
            Test-AuthToken -Introspect -RequiredScope orders.read | Should -BeTrue
            Set-ScriptedReply $asked '/introspect' @{ active = $false }
            (Test-AuthToken 'another-token' -Introspect -Detailed).Failure | Should -Be 'TokenInactive'
        } finally {
            Remove-AuthSession -All
            $asked.Dispose()
        }
    }

    It 'knows the tokens of one''s own issuer' -Tag 'G4' {
        $own = New-AuthIssuer
        try {
            $token = Get-AuthToken -Issuer $own -Subject alice -Scope orders.read
            Test-AuthToken $token | Should -BeTrue
            Test-AuthToken (Get-AuthToken -AsPlainText) -Issuer $own -RequiredScope orders.read | Should -BeTrue
            Test-AuthToken 'made-up' -Issuer $own | Should -BeFalse
            Revoke-AuthToken
            (Test-AuthToken $token.ToPlainText() -Issuer $own -Detailed).Failure | Should -Be 'TokenInactive'
        } finally { Remove-AuthSession -All }
    }

    It 'goes on with the next token when one is no token at all' {
        $results = (New-Token), 42, (New-Token) | Test-AuthToken -Authority $issuer -ErrorVariable failures -ErrorAction SilentlyContinue
        $results | Should -Be $true, $true
        $failures[0].FullyQualifiedErrorId | Should -Be 'TokenMalformed,AuthModule.Commands.TestAuthTokenCommand'
    }

    It 'fails, and does not say yes or no, where the keys cannot be had' {
        $bare = [AuthModule.Pester.ScriptedServer]::new()
        try {
            $record = Get-Failure { Test-AuthToken (New-Token @{ iss = $bare.Address }) -Authority $bare.Address -MaximumRetryCount 0 }
            $record.FullyQualifiedErrorId | Should -Be 'DiscoveryFailed,AuthModule.Commands.TestAuthTokenCommand'
        } finally { $bare.Dispose() }
    }

    It 'shows its checks as a list' {
        $text = Test-AuthToken (New-Token @{ exp = 3600 }) -Authority $issuer -Audience orders -Detailed | Out-String
        $text | Should -Match 'IsValid\s+Failure\s+Subject\s+Left'
        $text | Should -Match 'False\s+TokenExpired\s+alice'
        $text | Should -Match '(?m)^   Audience\s+ok\s+orders'
        $text | Should -Match '(?m)^   Lifetime\s+FAIL\s+expired'
    }
}

Describe 'ConvertFrom-AuthToken' {
    It 'takes a token apart and proves nothing' {
        $decoded = New-Token | ConvertFrom-AuthToken
        $decoded.Claims.sub | Should -Be 'alice'
        $decoded.Header.alg | Should -Be 'RS256'
        $decoded.Audience | Should -Be 'orders'
        $decoded.ExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::Now)
        $decoded.Verified | Should -BeFalse
    }

    It 'names what is no token: TokenMalformed' -Tag 'G14' {
        (Get-Failure { ConvertFrom-AuthToken 'opaque' }).FullyQualifiedErrorId | Should -Be 'TokenMalformed,AuthModule.Commands.ConvertFromAuthTokenCommand'
    }
}
