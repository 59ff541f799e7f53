BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/AuthServer.ps1
    . $PSScriptRoot/../Support/ScriptedServer.ps1
}

AfterAll { Remove-AuthSession -All }

Describe 'mosaia as <Dialect>' -ForEach @(
    @{ Dialect = 'documented' }
    @{ Dialect = 'as-coded' }
) {
    BeforeAll {
        $server = Start-AuthServer '--dialect', $Dialect
        $service = @{ Provider = 'mosaia'; Authority = $server.issuer }
        $alice = $service + @{ ClientId = 'desktop'; Credential = [pscredential]::new($server.providers.mosaia.username, $server.aliceCredential.Password) }
        $portal = $service + @{ ClientId = 'portal'; ClientSecret = $server.portalSecret }
    }

    AfterAll { Stop-AuthServer $server }

    BeforeEach { Remove-AuthSession -All }

    It 'signs in by password and reads the envelope' -Tag 'M1', 'M4' {
        $token = Get-AuthToken @alice
        $token.Subject | Should -Be 'alice'
        $token.HasRefreshToken | Should -BeTrue
        $token.Claims.exp - $token.Claims.iat | Should -Be 3600
        (Get-AuthSession).Grant | Should -Be 'password'
        (Invoke-RestMethod $server.sample_api -Headers $token.ToHeader()).for | Should -Be 'alice'
    }

    It 'signs in as a client' -Tag 'M2', 'M4' {
        $token = Get-AuthToken @portal
        $token.Subject | Should -Be 'portal'
        (Get-AuthSession).Grant | Should -Be 'client_credentials'
    }

    It 'renews by the refresh sign-in, again and again' -Tag 'M3', 'M10' {
        $texts = @((Get-AuthToken @alice).ToPlainText(); (Update-AuthToken).ToPlainText(); (Update-AuthToken).ToPlainText())
        $texts | Select-Object -Unique | Should -HaveCount 3
        (Get-AuthToken).Subject | Should -Be 'alice'
    }

    It 'signs out, and nothing is left here or there' -Tag 'M5' {
        $header = Get-AuthToken @alice -AsHeader
        $result = Revoke-AuthToken -PassThru
        $result.AccessToken | Should -Be 'Confirmed'
        $result.RefreshToken | Should -Be 'Unsupported' -Because 'the sign-out does not carry it'
        $result.LocalCleared | Should -BeTrue
        Get-AuthSession | Should -BeNullOrEmpty
        { Invoke-RestMethod $server.sample_api -Headers $header } | Should -Throw '*401*'
    }

    It 'keeps what the service says of a wrong password' -Tag 'M11' {
        $failure = Get-Failure { Get-AuthToken @service -ClientId desktop -Credential ([pscredential]::new('alice@example.com', (New-Secret 'wrong-password'))) }
        $failure.Exception.Code | Should -Be 'InvalidCredentials'
        $failure.Exception.OAuthError | Should -Be 'INVALID_CREDENTIALS'
        $failure.Exception.OAuthErrorDescription | Should -Be 'Invalid email or password'
        $failure.Exception.StatusCode | Should -Be $(if ($Dialect -eq 'documented') { 401 } else { 200 })
    }

    It 'keeps what the service says of a wrong client' -Tag 'M11' {
        (Get-Failure { Get-AuthToken @service -ClientId portal -ClientSecret (New-Secret 'wrong-secret') }).Exception.Code | Should -Be 'InvalidClient'
    }
}

Describe 'mosaia from the environment' -Tag 'M14' {
    BeforeAll {
        $server = Start-AuthServer
        $variables = @{
            MOSAIA_API_URL = $server.issuer
            MOSAIA_CLIENT_ID = 'portal'
            MOSAIA_CLIENT_SECRET = $server.providers.mosaia.clientSecret
        }
        foreach ($name in $variables.Keys) { Set-Item "env:$name" $variables[$name] }
    }

    AfterAll {
        Remove-AuthSession -All
        Remove-Item env:MOSAIA_* -ErrorAction SilentlyContinue
        Stop-AuthServer $server
    }

    It 'needs nothing but its name' {
        (Get-AuthToken -Provider mosaia).Subject | Should -Be 'portal'
    }

    It 'lets a parameter go before a variable' {
        (Get-AuthToken -Provider mosaia -ClientId nightly -ClientSecret $server.nightlySecret).Subject | Should -Be 'nightly'
    }

    It 'takes the version: its path is not there' {
        $env:MOSAIA_VERSION = '2'
        (Get-Failure { Get-AuthToken -Provider mosaia -ClientId nightly -ClientSecret $server.nightlySecret -ForceRefresh }).Exception.StatusCode | Should -Be 404
    }
}

Describe 'mosaia: the end of a token as <Notation>' -Tag 'M12' -ForEach @(
    @{ Notation = 'seconds'; Write = { $args[0] } }
    @{ Notation = 'milliseconds'; Write = { $args[0] * 1000 } }
    @{ Notation = 'a text of seconds'; Write = { "$($args[0])" } }
    @{ Notation = 'a text of milliseconds'; Write = { "$($args[0] * 1000)" } }
) {
    It 'is the same time' {
        $service = [AuthModule.Pester.ScriptedServer]::new()
        try {
            $end = [DateTimeOffset]::UtcNow.AddHours(2).ToUnixTimeSeconds()
            Set-ScriptedReply $service '/v1/auth/signin' @{ data = @{ access_token = 'm1'; sub = 'user-7'; exp = & $Write $end }; error = $null }
            $token = Get-AuthToken -Provider mosaia -Authority $service.Address -ClientId c -ClientSecret (New-Secret s)
            $token.ExpiresOn.ToUnixTimeSeconds() | Should -Be $end
        } finally {
            Remove-AuthSession -All
            $service.Dispose()
        }
    }
}
