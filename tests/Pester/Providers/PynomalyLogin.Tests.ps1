BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/AuthServer.ps1

    function Get-Person($Server, [string] $Name) {
        @{ Provider = 'pynomaly'; Authority = $Server.issuer; Credential = $Server."${Name}Credential" }
    }

    # Who the service takes the bearer of these headers for.
    function Get-Me($Server, [hashtable] $Headers) {
        (Invoke-RestMethod "$($Server.issuer)/api/v1/auth/me" -Headers $Headers).username
    }
}

AfterAll { Remove-AuthSession -All }

Describe 'pynomaly as <Dialect>' -ForEach @(
    @{ Dialect = 'documented' }
    @{ Dialect = 'as-coded' }
) {
    BeforeAll {
        $server = Start-AuthServer '--dialect', $Dialect
        $alice = Get-Person $server alice
    }

    AfterAll { Stop-AuthServer $server }

    BeforeEach { Remove-AuthSession -All }

    It 'signs in with a login that fits' -Tag 'Y1' {
        $token = Get-AuthToken @alice
        $token.HasRefreshToken | Should -BeTrue
        $token.Claims.exp - $token.Claims.iat | Should -Be 3600
        Get-Me $server $token.ToHeader() | Should -Be 'alice'
    }

    It 'renews twice with the refresh token that there is' -Tag 'Y2', 'Y3' {
        $first = Get-AuthToken @alice
        $second = Update-AuthToken
        $third = Update-AuthToken
        $first.ToPlainText(), $second.ToPlainText(), $third.ToPlainText() | Select-Object -Unique | Should -HaveCount 3
        Get-Me $server $third.ToHeader() | Should -Be 'alice'
    }

    It 'signs out: the token does not work any more' {
        $header = Get-AuthToken @alice -AsHeader
        (Revoke-AuthToken -PassThru).AccessToken | Should -Be 'Confirmed'
        { Get-Me $server $header } | Should -Throw '*401*'
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'makes, lists and removes API keys' -Tag 'Y5' {
        $null = Get-AuthToken @alice
        $key = New-AuthApiKey nightly -Description 'of the night'
        $key.Name | Should -Be 'nightly'
        $key.Key | Should -BeOfType ([securestring])
        Get-Me $server @{ 'X-API-Key' = $key.ToPlainText() } | Should -Be 'alice'
        $listed = Get-AuthApiKey | Where-Object Name -EQ 'nightly'
        $listed | Should -HaveCount 1
        $listed.Key | Should -BeNullOrEmpty

        $listed | Remove-AuthApiKey -Confirm:$false
        Get-AuthApiKey | Where-Object Name -EQ 'nightly' | Should -BeNullOrEmpty
        { Get-Me $server @{ 'X-API-Key' = $key.ToPlainText() } } | Should -Throw '*401*'
    }

    It 'removes a key that is piped as it was made' -Tag 'Y5' {
        $null = Get-AuthToken @alice
        $key = New-AuthApiKey piped
        $key | Remove-AuthApiKey -Confirm:$false
        (Get-AuthApiKey).Name | Should -Not -Contain 'piped'
        { Get-Me $server @{ 'X-API-Key' = $key.ToPlainText() } } | Should -Throw '*401*'
    }

    It 'makes no key without the limits that were asked for' -Tag 'Y5' {
        $null = Get-AuthToken @alice
        $end = [DateTimeOffset] '2999-01-01T00:00:00Z'
        if ($Dialect -eq 'documented') {
            (New-AuthApiKey limited -ExpiresOn $end).ExpiresOn | Should -Be $end
        }
        else {
            $failure = Get-Failure { New-AuthApiKey limited -ExpiresOn $end }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            $failure.Exception.Message | Should -BeLike '*-ExpiresOn*'
            (Get-AuthApiKey).Name | Should -Not -Contain 'limited'
        }
    }

    It 'shows an API key in its own header, alone' -Tag 'Y4' {
        $null = Get-AuthToken @alice
        $key = New-AuthApiKey portal
        $token = Get-AuthToken -Provider pynomaly -Authority $server.issuer -ApiKey $key.Key
        $header = $token.ToHeader()
        $header.Keys | Should -Be 'X-API-Key'
        Get-Me $server $header | Should -Be 'alice'
        # Sent by the session of the key: with both, this server answers 400.
        Get-AuthApiKey | Where-Object Name -EQ 'portal' | Should -HaveCount 1
    }

    It 'tells a wrong password from a locked account' -Tag 'Y10', 'Y11' {
        foreach ($number in 1..5) {
            $failure = Get-Failure { Get-AuthToken -Provider pynomaly -Authority $server.issuer -Credential ([pscredential]::new('bob', (New-Secret "wrong-$number"))) }
            $failure.Exception.Code | Should -Be 'InvalidCredentials'
        }
        $bob = Get-Person $server bob
        $failure = Get-Failure { Get-AuthToken @bob }
        $failure.Exception.Code | Should -Be 'AccountLocked'
        $failure.Exception.OAuthErrorDescription | Should -Be 'Account temporarily locked due to too many failed login attempts'
    }

    It 'asks for the second factor, and takes its code' -Tag 'Y7', 'Y11' {
        $carol = Get-Person $server carol
        $secret = New-Secret $server.providers.pynomaly.secondFactor.totpSecret
        (Get-Failure { Get-AuthToken @carol }).Exception.Code | Should -Be 'MfaRequired'
        $code = New-AuthOtp $secret
        $wrong = if ($code -eq '123456') { '654321' } else { '123456' }
        (Get-Failure { Get-AuthToken @carol -Otp $wrong }).Exception.Code | Should -Be 'InvalidOtp'
        (Get-AuthToken @carol -Otp (New-AuthOtp $secret)).Claims.sub | Should -Be 'carol'
    }
}

Describe 'pynomaly: API keys as documented' -Tag 'Y5' {
    BeforeAll {
        $server = Start-AuthServer
        $alice = Get-Person $server alice
        $null = Get-AuthToken @alice
    }

    AfterAll {
        Remove-AuthSession -All
        Stop-AuthServer $server
    }

    It 'keeps scopes, description and the end of a key' {
        $made = New-AuthApiKey weekly -Scope orders.read -ExpiresOn '2999-01-01T01:00:00+01:00' -Description 'of the week'
        $listed = Get-AuthApiKey $made.Id
        $listed.Scopes | Should -Be 'orders.read'
        $listed.Description | Should -Be 'of the week'
        $listed.ExpiresOn | Should -Be ([DateTimeOffset] '2999-01-01T00:00:00Z')
        $listed.IsActive | Should -BeTrue
    }

    It 'has an error for an exact id that is not there, and nothing for a pattern' {
        $made = New-AuthApiKey found
        (Get-AuthApiKey "$($made.Id.Substring(0, 5))*").Name | Should -Contain 'found'
        Get-AuthApiKey 'nosuch*' | Should -BeNullOrEmpty
        (Get-Failure { Get-AuthApiKey nosuch }).FullyQualifiedErrorId | Should -Be 'InvalidRequest,AuthModule.Commands.GetAuthApiKeyCommand'
    }

    It 'regenerates a key that is piped as it was made' {
        $old = New-AuthApiKey again
        ($old | Update-AuthApiKey -Confirm:$false).Id | Should -Be $old.Id
        { Get-Me $server @{ 'X-API-Key' = $old.ToPlainText() } } | Should -Throw '*401*'
    }

    It 'regenerates a key: the old one ends' {
        $old = New-AuthApiKey rotated
        $new = Update-AuthApiKey $old.Id -Confirm:$false
        $new.Id | Should -Be $old.Id
        Get-Me $server @{ 'X-API-Key' = $new.ToPlainText() } | Should -Be 'alice'
        { Get-Me $server @{ 'X-API-Key' = $old.ToPlainText() } } | Should -Throw '*401*'
    }

    It 'does nothing with -WhatIf' {
        $kept = New-AuthApiKey kept
        New-AuthApiKey never -WhatIf | Should -BeNullOrEmpty
        Remove-AuthApiKey $kept.Id -WhatIf
        Update-AuthApiKey $kept.Id -WhatIf | Should -BeNullOrEmpty
        (Get-AuthApiKey).Name | Should -Contain 'kept'
        (Get-AuthApiKey).Name | Should -Not -Contain 'never'
        Get-Me $server @{ 'X-API-Key' = $kept.ToPlainText() } | Should -Be 'alice'
    }

    It 'says that there is no such key' {
        $failure = Get-Failure { Remove-AuthApiKey nosuch -Confirm:$false }
        $failure.Exception.StatusCode | Should -Be 404
    }

    It 'shows no key in a table, list or JSON' -Tag 'P10' {
        $key = New-AuthApiKey hidden
        $text = ($key | Out-String) + ($key | Format-List * | Out-String) + ($key | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue)
        $text | Should -Not -BeLike "*$($key.ToPlainText())*"
    }
}

Describe 'pynomaly: rate limit' -Tag 'Y12', 'Y13' {
    It 'says how long to wait, and asks no more until then' {
        $server = Start-AuthServer '--requests-per-minute', '2'
        try {
            # Somebody else uses up what there is.
            1..2 | ForEach-Object { Invoke-RestMethod "$($server.issuer)/api/v1/auth/me" -SkipHttpErrorCheck }
            $alice = Get-Person $server alice
            $failure = Get-Failure { Get-AuthToken @alice -TimeoutSec 1 -MaximumRetryCount 0 }
            $failure.Exception.Code | Should -Be 'RateLimited'
            $failure.Exception.StatusCode | Should -Be 429
            $failure.Exception.RateLimit.Limit | Should -Be 2
            $failure.Exception.RateLimit.Remaining | Should -Be 0
            $failure.Exception.RetryAfter | Should -BeGreaterThan ([timespan]::Zero)
            $failure.Exception.CorrelationId | Should -Not -BeNullOrEmpty

            # The next call knows, and is not sent.
            $failure = Get-Failure { Get-AuthToken -Provider pynomaly -Authority $server.issuer -Credential $server.bobCredential -TimeoutSec 1 }
            $failure.Exception.Code | Should -Be 'RateLimited'
            $failure.Exception.StatusCode | Should -BeNullOrEmpty
        } finally {
            Remove-AuthSession -All
            Stop-AuthServer $server
        }
    }
}
