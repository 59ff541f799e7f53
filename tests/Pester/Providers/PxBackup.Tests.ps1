BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/AuthServer.ps1
    . $PSScriptRoot/../Support/ScriptedServer.ps1
    $server = Start-AuthServer
    $alice = @{ Provider = 'px-backup'; Authority = $server.issuer; ClientId = 'pxcentral'; Credential = $server.aliceCredential }
    $wrong = @{ Provider = 'px-backup'; ClientId = 'pxcentral'; Credential = [pscredential]::new('alice', (New-Secret 'wrong-password')) }
}

AfterAll {
    Remove-AuthSession -All
    Stop-AuthServer $server
}

Describe 'px-backup' {
    BeforeEach { Remove-AuthSession -All }

    It 'gets a token by password, for seven days where nothing is said' -Tag 'P1', 'P8' {
        $token = Get-AuthToken @alice
        $token.Provider | Should -Be 'px-backup'
        $token.Subject | Should -Be 'alice'
        $token.Claims.exp - $token.Claims.iat | Should -Be (7 * 86400)
        $token.Claims.iss | Should -Be "$($server.issuer)/auth/realms/master"
    }

    It 'wishes the duration <Text>' -Tag 'P5' -ForEach @(
        @{ Text = '30m'; Seconds = 1800 }
        @{ Text = '12h'; Seconds = 43200 }
        @{ Text = '365d'; Seconds = 31536000 }
    ) {
        $token = Get-AuthToken @alice -TokenDuration $Text
        $token.Claims.exp - $token.Claims.iat | Should -Be $Seconds
    }

    It 'sends no duration that is none: <_>' -Tag 'P5' -ForEach '7', 'd7', '7 days', '-7d' {
        (Get-Failure { Get-AuthToken @alice -TokenDuration $_ }).Exception.Code | Should -Be 'InvalidDuration'
    }

    It 'takes the address as <Form>' -Tag 'P3' -ForEach @(
        @{ Form = 'host and port'; Make = { $args[0] -replace '^http://' } }
        @{ Form = 'capital letters'; Make = { $args[0] -replace '^http', 'HTTP' } }
        @{ Form = 'with /auth'; Make = { "$($args[0])/auth" } }
        @{ Form = 'with slashes and spaces'; Make = { " $($args[0])//auth// " } }
    ) {
        $named = $alice.Clone()
        $named.Authority = & $Make $server.issuer
        # Without a scheme https is meant, which this server does not speak.
        if ($named.Authority -notmatch '(?i)^\s*http') {
            (Get-Failure { Get-AuthToken @named -MaximumRetryCount 0 }).Exception.Code | Should -BeIn 'TlsFailure', 'NetworkFailure'
        } else {
            (Get-AuthToken @named).Authority | Should -Be $server.issuer
        }
    }

    It 'names what is missing: <Name>' -Tag 'P4' -ForEach @(
        @{ Name = '-Authority'; Leave = 'Authority' }
        @{ Name = '-ClientId'; Leave = 'ClientId' }
    ) {
        $named = $alice.Clone()
        $named.Remove($Leave)
        $failure = Get-Failure { Get-AuthToken @named }
        $failure.Exception.Code | Should -Be 'MissingParameter'
        $failure.Exception.Message | Should -BeLike "*$Name*"
    }

    It 'tells a wrong password, with what the server said: 401' -Tag 'P6' {
        $failure = Get-Failure { Get-AuthToken @wrong -Authority $server.issuer }
        $failure.Exception.Code | Should -Be 'InvalidCredentials'
        $failure.Exception.StatusCode | Should -Be 401
        $failure.Exception.OAuthError | Should -Be 'invalid_grant'
        "$failure $($failure.Exception)" | Should -Not -BeLike '*wrong-password*'
    }

    It 'tells a wrong password, with what the server said: 400' -Tag 'P6' {
        $coded = Start-AuthServer '--dialect', 'as-coded'
        try {
            $failure = Get-Failure { Get-AuthToken @wrong -Authority $coded.issuer }
            $failure.Exception.Code | Should -Be 'InvalidCredentials'
            $failure.Exception.StatusCode | Should -Be 400
        } finally { Stop-AuthServer $coded }
    }

    It 'calls a page in place of a token what it is: <Name>' -Tag 'P7' -ForEach @(
        @{ Name = 'HTML'; Type = 'text/html'; Body = '<html>Log in</html>' }
        @{ Name = 'no token'; Type = 'application/json'; Body = '{"expires_in":60}' }
    ) {
        $service = [AuthModule.Pester.ScriptedServer]::new()
        try {
            $service.Reply('/auth/realms/master/protocol/openid-connect/token', 200, $Type, $Body)
            (Get-Failure { Get-AuthToken @wrong -Authority $service.Address }).Exception.Code | Should -Be 'MalformedResponse'
        } finally { $service.Dispose() }
    }

    It 'sends exactly the form of the contract' -Tag 'P1' {
        $service = [AuthModule.Pester.ScriptedServer]::new()
        try {
            $path = '/auth/realms/master/protocol/openid-connect/token'
            $service.Reply($path, 200, 'application/json', '{"access_token":"px"}')
            $user = [pscredential]::new('jörg b', (New-Secret 'a&b c'))
            $null = Get-AuthToken -Provider px-backup -Authority $service.Address -ClientId pxcentral -Credential $user
            $service.BodiesOf($path) | Should -BeExactly 'grant_type=password&client_id=pxcentral&username=j%C3%B6rg+b&password=a%26b+c&token-duration=7d'
        } finally { $service.Dispose() }
    }

    It 'keeps the token, and signs in again when asked' -Tag 'P11' {
        $first = Get-AuthToken @alice
        (Get-AuthToken @alice).ToPlainText() | Should -Be $first.ToPlainText()
        (Get-AuthToken -ForceRefresh).ToPlainText() | Should -Not -Be $first.ToPlainText()
    }

    It 'tests and revokes its token' {
        $token = Get-AuthToken @alice
        $test = Test-AuthToken $token -ClientId pxcentral -Detailed
        $test.Failure | Should -BeNullOrEmpty
        (Revoke-AuthToken -PassThru).AccessToken | Should -Be 'Confirmed'
    }
}

Describe 'px-backup over https' -Tag 'P9' {
    BeforeAll {
        $secure = Start-AuthServer '--urls', 'https://127.0.0.1:0', '--require-client-certificate'
        $authority = Join-Path $TestDrive 'ca.pem'
        Set-Content $authority $secure.ca_certificate
        $pem = $secure.client_certificate
        $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($pem.certificate, $pem.key)
        $bob = @{ Provider = 'px-backup'; Authority = $secure.issuer; ClientId = 'pxcentral'; Credential = $secure.bobCredential; MaximumRetryCount = 0 }
    }

    AfterAll {
        Remove-AuthSession -All
        ${certificate}?.Dispose()
        Stop-AuthServer $secure
    }

    It 'does not trust an authority that it does not know' {
        (Get-Failure { Get-AuthToken @bob -ClientCertificate $certificate }).Exception.Code | Should -Be 'TlsFailure'
    }

    It 'trusts -CaCertificate and shows -ClientCertificate' {
        (Get-AuthToken @bob -CaCertificate $authority -ClientCertificate $certificate).Subject | Should -Be 'bob'
    }

    It 'is refused without the client certificate' {
        $other = $bob.Clone()
        $other.Credential = $secure.carolCredential
        (Get-Failure { Get-AuthToken @other -CaCertificate $authority }).Exception.Code | Should -BeIn 'TlsFailure', 'NetworkFailure'
    }

    It 'looks away where it is told to' {
        $other = $bob.Clone()
        $other.Credential = $secure.aliceCredential
        (Get-AuthToken @other -SkipCertificateCheck -ClientCertificate $certificate -WarningAction SilentlyContinue).Subject | Should -Be 'alice'
    }
}
