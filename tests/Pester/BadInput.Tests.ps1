BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1

    # Id, category, advice and a target: what every failure has to have.
    function Assert-Failure([scriptblock] $Command, [string] $Id, [string] $Target) {
        $record = Get-Failure $Command
        $record.FullyQualifiedErrorId | Should -Be "$Id,AuthModule.Commands.GetAuthTokenCommand"
        $record.Exception | Should -BeOfType ([AuthModule.AuthException])
        $record.Exception.Code | Should -Be $Id
        $record.CategoryInfo.Category | Should -Not -Be 'NotSpecified'
        $record.ErrorDetails.RecommendedAction | Should -BeLike "*``[$Id*``]"
        $record.TargetObject | Should -Not -BeNullOrEmpty
        if ($Target) { $record.TargetObject | Should -Be $Target }
        $record
    }
}

Describe 'Bad input' -Tag 'D3', 'N9', 'C11' {
    BeforeAll {
        $server = Start-AuthServer
        $nightly = @{ Authority = $server.issuer; ClientId = 'nightly' }
    }

    AfterAll { Stop-AuthServer $server }

    It 'no session and no service: NoSession' {
        $record = Assert-Failure { Get-AuthToken } NoSession
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'a missing address: MissingParameter names it' -Tag 'P4' {
        $record = Assert-Failure { Get-AuthToken -ClientId nightly -ClientSecret (New-Secret x) } MissingParameter
        $record.Exception.Message | Should -BeLike '*-Authority*'
    }

    It 'the address <_>: InvalidUrl' -Tag 'P3' -ForEach 'http://', 'ftp://id.example.com', 'https://id.example.com?x=1', 'https://a b' {
        Assert-Failure { Get-AuthToken -Authority $_ -ClientId nightly -ClientSecret (New-Secret x) } InvalidUrl
    }

    It 'the proxy <_>: InvalidUrl' -Tag 'P3' -ForEach 'proxy.contoso.invalid:8080', 'proxy', '127.0.0.1:1' {
        $record = Assert-Failure { Get-AuthToken @nightly -ClientSecret (New-Secret x) -Proxy $_ } InvalidUrl
        $record.Exception.Message | Should -BeLike "-Proxy '$_'*"
    }

    It 'a secret that was disposed of: MissingParameter' {
        $secret = New-Secret 'disposed-canary'
        $secret.Dispose()
        $record = Assert-Failure { Get-AuthToken @nightly -ClientSecret $secret } MissingParameter
        $record.Exception.Message | Should -BeLike '*disposed*'
        (Get-Failure { Test-AuthToken $secret -Offline }).Exception.Code | Should -Be 'MissingParameter'
    }

    It 'a certificate object without a certificate: InvalidCertificate' {
        $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new()
        Assert-Failure { Get-AuthToken @nightly -ClientCertificate $certificate } InvalidCertificate
    }

    It 'credentials over http to another machine: InsecureUrl' -Tag 'P2' {
        Assert-Failure { Get-AuthToken -Authority http://id.example.com -ClientId nightly -ClientSecret (New-Secret x) } InsecureUrl
    }

    It 'an unknown provider: UnknownProvider' {
        Assert-Failure { Get-AuthToken -Provider nosuch -Authority id.example.com } UnknownProvider
    }

    It 'a value of -Parameter that has no form in a request: InvalidRequest' {
        Assert-Failure { Get-AuthToken @nightly -ClientSecret (New-Secret x) -Parameter @{ when = { 'a script' } } } InvalidRequest
    }

    It 'a certificate file that is none: InvalidCertificate' {
        Set-Content (Join-Path $TestDrive 'ca.pem') 'not a certificate'
        Assert-Failure { Get-AuthToken @nightly -ClientSecret (New-Secret x) -CaCertificate (Join-Path $TestDrive 'ca.pem') } InvalidCertificate
    }

    It 'a path that no file can have: <Id>' -Tag 'P3' -ForEach @(
        @{ Id = 'InvalidCertificate'; Argument = @{ CaCertificate = "a`0b" } }
        @{ Id = 'InvalidKey'; Argument = @{ ClientKey = "a`0b" } }
        @{ Id = 'InvalidUrl'; Argument = @{ Store = "file:a`0b" } }
    ) {
        if (-not $Argument.ContainsKey('ClientKey')) { $Argument.ClientSecret = New-Secret x }
        Assert-Failure { Get-AuthToken @nightly @Argument } $Id
    }

    It 'a wrong secret: InvalidClient, with what the server said' -Tag 'P6' {
        $record = Assert-Failure { Get-AuthToken @nightly -ClientSecret (New-Secret 'wrong') } InvalidClient $server.issuer
        $record.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $record.Exception | Should -BeOfType ([AuthModule.AuthenticationException])
        $record.Exception.StatusCode | Should -Be 401
        $record.Exception.OAuthError | Should -Be 'invalid_client'
        $record.Exception.CorrelationId | Should -Not -BeNullOrEmpty
    }

    It 'a wrong password: InvalidCredentials' -Tag 'P6' {
        $wrong = [pscredential]::new('alice', (New-Secret 'wrong'))
        Assert-Failure { Get-AuthToken -Authority $server.issuer -ClientId desktop -Credential $wrong } InvalidCredentials $server.issuer
    }

    It 'a scope that the client may not have: InvalidScope' {
        Assert-Failure { Get-AuthToken @nightly -ClientSecret $server.nightlySecret -Scope everything } InvalidScope $server.issuer
    }

    It 'a server that is down: NetworkFailure' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $free = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
        $listener.Stop()
        $record = Assert-Failure { Get-AuthToken -Authority $free -ClientId nightly -ClientSecret (New-Secret x) -MaximumRetryCount 0 } NetworkFailure $free
        $record.CategoryInfo.Category | Should -Be 'ConnectionError'
        $record.Exception.IsTransient | Should -BeTrue
    }

    It 'leaves the session as it was' {
        $token = Get-AuthToken @nightly -ClientSecret $server.nightlySecret
        { Get-AuthToken @nightly -ClientSecret (New-Secret 'wrong') } | Should -Throw
        { Get-AuthToken -Authority 'http://' } | Should -Throw
        (Get-AuthToken).ToPlainText() | Should -Be $token.ToPlainText()
        Remove-AuthSession -All
    }
}

Describe 'A server that replies wrongly' -Tag 'P7', 'N9' {
    BeforeAll { $secret = New-Secret 'a secret' }

    BeforeEach {
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        # The session that must survive whatever comes.
        $before = Get-AuthToken -Authority $service.Address -ClientId survivor -ClientSecret $secret -AsPlainText
        $arguments = @{ Authority = $service.Address; ClientId = 'nightly'; ClientSecret = $secret; MaximumRetryCount = 0 }
    }

    AfterEach {
        Get-AuthToken -AsPlainText | Should -Be $before
        Remove-AuthSession -All
        $service.Dispose()
    }

    It 'with <Name>: <Id>' -ForEach @(
        @{ Name = 'HTML'; Id = 'MalformedResponse'; Script = { $service.Reply('/token', 200, 'text/html', '<html>Sign in</html>') } }
        @{ Name = 'truncated JSON'; Id = 'MalformedResponse'; Script = { $service.Reply('/token', 200, 'application/json', '{"access_token":"abc"') } }
        @{ Name = 'an empty body'; Id = 'MalformedResponse'; Script = { $service.Reply('/token', 200, 'application/json', '') } }
        @{ Name = 'no token in it'; Id = 'MalformedResponse'; Script = { $service.Reply('/token', 200, 'application/json', '{"token_type":"Bearer"}') } }
        @{ Name = '429'; Id = 'RateLimited'; Script = { $service.Reply('/token', 429, 'application/json', '{}', 'Retry-After: 7') } }
        @{ Name = '500'; Id = 'ServerError'; Script = { $service.Reply('/token', 500, 'text/plain', 'out of order') } }
        @{ Name = 'a redirect'; Id = 'RedirectRefused'; Script = { $service.Reply('/token', 307, 'text/plain', '', 'Location: http://127.0.0.1:1/elsewhere') } }
        @{ Name = 'half a reply'; Id = 'NetworkFailure'; Script = { $service.ReplyBytes('/token', "HTTP/1.1 200 OK`r`nContent-Type: application/json`r`nContent-Length: 500`r`n`r`n{") } }
    ) {
        & $Script
        $record = Assert-Failure { Get-AuthToken @arguments } $Id $service.Address
        if ($Id -eq 'RateLimited') { $record.Exception.RetryAfter | Should -BeGreaterThan ([timespan]::Zero) }
        $service.CountOf('/token') | Should -Be 2 -Because 'the survivor asked once and this call once'
    }

    It 'never: Timeout after -TimeoutSec' -Tag 'P12' {
        $service.Hang('/token')
        $record = Assert-Failure { Get-AuthToken @arguments -TimeoutSec 1 } Timeout $service.Address
        $record.CategoryInfo.Category | Should -Be 'OperationTimeout'
    }
}

Describe 'The target of a failure' -Tag 'D3', 'P10' {
    BeforeAll { Remove-AuthSession -All }

    It '<Command>: <Target>' -ForEach @(
        @{ Command = 'Get-AuthToken'; Target = 'the current session' }
        @{ Command = 'Update-AuthToken'; Target = 'the current session' }
        @{ Command = 'Revoke-AuthToken'; Target = 'the current session' }
        @{ Command = 'Test-AuthToken'; Target = 'the current session' }
        @{ Command = 'Remove-AuthSession'; Target = 'the current session' }
        @{ Command = 'Get-AuthApiKey'; Target = 'the current session' }
        @{ Command = 'Get-AuthMfa'; Target = 'the current session' }
        @{ Command = 'Register-AuthMfa Totp'; Target = 'the current session' }
        @{ Command = 'Get-AuthProvider zzz'; Target = 'zzz' }
        @{ Command = 'Get-AuthProfile zzz'; Target = 'zzz' }
        @{ Command = 'Get-AuthSession -Id zzz'; Target = 'zzz' }
        @{ Command = 'Remove-AuthSession -Id zzz'; Target = 'zzz' }
        @{ Command = 'ConvertFrom-AuthToken marked-token'; Target = '-Token' }
        @{ Command = 'Test-AuthToken marked-token -Introspect -ClientId x'; Target = 'Test-AuthToken' }
        @{ Command = "Get-AuthToken -Authority ''"; Target = '-Authority' }
        @{ Command = "Get-AuthToken -Authority 'https://ann:marked-token@id.example.com'"; Target = '-Authority' }
        @{ Command = "New-AuthOtp (New-Secret 'marked-token!')"; Target = '-Secret' }
        @{ Command = 'New-AuthIssuer -Store zzz'; Target = 'zzz' }
        @{ Command = "New-AuthIssuer -Store 'redis://:marked-token@x:1:2/y'"; Target = '-Store' }
    ) {
        $record = Get-Failure ([scriptblock]::Create($Command))
        $record.FullyQualifiedErrorId | Should -BeLike '*,AuthModule.Commands.*'
        $record.TargetObject | Should -Be $Target
        "$($record.TargetObject) $($record.CategoryInfo)" | Should -Not -BeLike '*marked-token*'
    }

    It 'is the one of several that failed' {
        $null = Get-AuthProvider oidc, zzz -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].TargetObject | Should -Be 'zzz'
    }

    It 'is the service where there is a session' {
        $server = Start-AuthServer
        try {
            $null = Get-AuthToken -Provider pynomaly -Authority $server.issuer -Credential $server.aliceCredential
            $record = Get-Failure { Register-AuthMfa -Method Sms }
            $record.TargetObject | Should -Be $server.issuer
            $record.Exception.Message | Should -BeLike '-PhoneNumber is missing: * needs it for the enrolment of a second factor.'
        } finally {
            Remove-AuthSession -All
            Stop-AuthServer $server
        }
    }
}

Describe 'A certificate that does not verify' -Tag 'P9' {
    BeforeAll {
        $server = Start-AuthServer '--urls', 'https://127.0.0.1:0'
        $nightly = @{ Authority = $server.issuer; ClientId = 'nightly'; ClientSecret = $server.nightlySecret; MaximumRetryCount = 0 }
    }

    AfterAll { Stop-AuthServer $server }

    BeforeEach { Get-AuthSession | Remove-AuthSession }

    It 'is a TlsFailure' {
        (Assert-Failure { Get-AuthToken @nightly } TlsFailure $server.issuer).CategoryInfo.Category | Should -Be 'SecurityError'
    }

    It 'is good with its authority in -CaCertificate, from the current location' {
        Set-Content (Join-Path $TestDrive 'ca.pem') $server.ca_certificate
        Push-Location $TestDrive
        try { (Get-AuthToken @nightly -CaCertificate ./ca.pem).ClientId | Should -Be 'nightly' } finally { Pop-Location }
    }

    It 'is taken with -SkipCertificateCheck' {
        (Get-AuthToken @nightly -SkipCertificateCheck).ClientId | Should -Be 'nightly'
    }
}
