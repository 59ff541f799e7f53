BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $server = Start-AuthServer
    $nightly = @{ Authority = $server.issuer; ClientId = 'nightly'; ClientSecret = $server.nightlySecret; Scope = 'orders.read' }
    $alice = @{ Authority = $server.issuer; ClientId = 'portal'; ClientSecret = $server.portalSecret; Credential = $server.aliceCredential; Scope = 'openid', 'orders.read' }

    # What the server itself says of a token (RFC 7662).
    function Test-Active([string] $Token) {
        $introspection = (Invoke-RestMethod $server.discovery).introspection_endpoint
        $client = [pscredential]::new('portal', $server.portalSecret)
        (Invoke-RestMethod $introspection -Method Post -Body @{ token = $Token } -Authentication Basic -Credential $client -AllowUnencryptedAuthentication).active
    }
}

AfterAll { Stop-AuthServer $server }

Describe 'The main job' -Tag 'D1', 'N1', 'R2' {
    BeforeEach { Get-AuthSession | Remove-AuthSession }

    It 'gets a token that binds to Invoke-RestMethod' {
        $token = Get-AuthToken @nightly
        $token | Should -BeOfType ([AuthModule.AuthToken])
        $token.Scopes | Should -Be 'orders.read'
        $token.ExpiresIn | Should -BeGreaterThan ([timespan]::FromMinutes(30))
        $reply = Invoke-RestMethod $server.sample_api -Authentication Bearer -Token $token.AccessToken -AllowUnencryptedAuthentication
        $reply.for | Should -Be 'nightly'
    }

    It 'gives headers for any web cmdlet' -Tag 'C5' {
        $null = Get-AuthToken @nightly
        $header = Get-AuthToken -AsHeader
        $header | Should -BeOfType ([hashtable])
        (Invoke-RestMethod $server.sample_api -Headers $header).for | Should -Be 'nightly'
    }

    It 'gives plain text only when asked' {
        $token = Get-AuthToken @nightly
        $text = Get-AuthToken -AsPlainText
        $text | Should -BeOfType ([string])
        $text | Should -BeExactly $token.ToPlainText()
        Test-Active $text | Should -BeTrue
    }

    It 'renews with the refresh token, which is replaced' -Tag 'R7', 'G5' {
        $first = Get-AuthToken @alice
        $first.HasRefreshToken | Should -BeTrue
        $second = Update-AuthToken
        $third = Update-AuthToken
        $second.ToPlainText() | Should -Not -Be $first.ToPlainText()
        $third.ToPlainText() | Should -Not -Be $second.ToPlainText()
        $third.SessionId | Should -Be $first.SessionId
        Test-Active $third.ToPlainText() | Should -BeTrue
        (Get-AuthToken).ToPlainText() | Should -Be $third.ToPlainText()
    }

    It 'renews by the stored grant where there is no refresh token' {
        $first = Get-AuthToken @nightly
        $first.HasRefreshToken | Should -BeFalse
        (Update-AuthToken).ToPlainText() | Should -Not -Be $first.ToPlainText()
    }

    It 'renews the session that is piped in' {
        $first = Get-AuthToken @alice
        $null = Get-AuthToken @nightly
        $renewed = Get-AuthSession $first.SessionId | Update-AuthToken
        $renewed.SessionId | Should -Be $first.SessionId
        $renewed.ToPlainText() | Should -Not -Be $first.ToPlainText()
    }

    It 'revokes, and the server says inactive from then on' -Tag 'R10', 'N7' {
        $token = Get-AuthToken @alice
        $text = $token.ToPlainText()
        Test-Active $text | Should -BeTrue
        $result = Revoke-AuthToken -PassThru
        $result.AccessToken | Should -Be 'Confirmed'
        $result.RefreshToken | Should -Be 'Confirmed'
        $result.LocalCleared | Should -BeTrue
        Test-Active $text | Should -BeFalse
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'gives nothing when it revokes without -PassThru' {
        $null = Get-AuthToken @nightly
        Revoke-AuthToken | Should -BeNullOrEmpty
    }

    It 'forgets without a word to the server when it is told so' -Tag 'N7' {
        $text = Get-AuthToken @nightly -AsPlainText
        $result = Revoke-AuthToken -LocalOnly -PassThru
        $result.AccessToken | Should -Be 'None'
        $result.LocalCleared | Should -BeTrue
        Test-Active $text | Should -BeTrue
        (Get-Failure { Get-AuthToken }).FullyQualifiedErrorId | Should -Be 'NoSession,AuthModule.Commands.GetAuthTokenCommand'
    }

    It 'revokes a token from elsewhere and leaves the session' {
        $stray = Get-AuthToken @nightly -AsPlainText
        $null = Get-AuthToken -ForceRefresh
        $named = @{ Authority = $server.issuer; ClientId = 'nightly'; ClientSecret = $server.nightlySecret }
        (Revoke-AuthToken -Token (New-Secret $stray) @named -PassThru).AccessToken | Should -Be 'Confirmed'
        Test-Active $stray | Should -BeFalse
        Test-Active (Get-AuthToken -AsPlainText) | Should -BeTrue
    }

    It 'revokes nothing with -WhatIf' {
        $text = Get-AuthToken @nightly -AsPlainText
        Revoke-AuthToken -WhatIf
        Test-Active $text | Should -BeTrue
        Get-AuthToken -AsPlainText | Should -Be $text
    }

    It 'signs in with a refresh token that the user holds' {
        $client = [pscredential]::new('portal', $server.portalSecret)
        $body = @{ grant_type = 'password'; username = 'alice'; password = $server.aliceCredential.GetNetworkCredential().Password; scope = 'orders.read' }
        $refreshToken = (Invoke-RestMethod "$((Invoke-RestMethod $server.discovery).token_endpoint)" -Method Post -Body $body -Authentication Basic -Credential $client -AllowUnencryptedAuthentication).refresh_token
        $token = Get-AuthToken -Authority $server.issuer -ClientId portal -ClientSecret $server.portalSecret -RefreshToken (New-Secret $refreshToken)
        $token.Subject | Should -Be 'alice'
        (Get-AuthSession).Grant | Should -Be 'refresh_token'
        (Update-AuthToken).ToPlainText() | Should -Not -Be $token.ToPlainText()
    }

    It 'signs in a user of a public client' {
        $token = Get-AuthToken -Authority $server.issuer -ClientId desktop -Credential $server.bobCredential -Scope orders.read
        $token.Subject | Should -Be 'bob'
    }

    It 'tells what it decides with -Verbose' {
        $null = Get-AuthToken @nightly
        $lines = Get-AuthToken -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -BeLike 'Served from session *'
    }
}

Describe 'A session that has a token' -Tag 'P11', 'Y3', 'N4' {
    BeforeAll {
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        $arguments = @{ Authority = $service.Address; ClientId = 'nightly'; ClientSecret = New-Secret 'a secret' }
    }

    AfterAll { ${service}?.Dispose() }

    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service
    }

    It 'sends nothing for a second token' {
        $null = Get-AuthToken @arguments
        $before = $service.CountOf('/token')
        $null = Get-AuthToken
        $null = Get-AuthToken @arguments
        $null = Get-AuthToken -Authority $service.Address
        $service.CountOf('/token') | Should -Be $before
    }

    It 'sends one request per -ForceRefresh' {
        $null = Get-AuthToken @arguments
        $before = $service.CountOf('/token')
        $null = Get-AuthToken -ForceRefresh
        $service.CountOf('/token') | Should -Be ($before + 1)
    }

    It 'sends nothing where -MinimumLifetime is left, nor where the service gives no longer ones' {
        Set-ScriptedToken $service -More @{ expires_in = 300 }
        $null = Get-AuthToken @arguments
        $before = $service.CountOf('/token')
        $null = Get-AuthToken -MinimumLifetime 00:01:00
        $null = Get-AuthToken -MinimumLifetime 01:00:00
        $service.CountOf('/token') | Should -Be $before
    }

    It 'renews a token that has ended' {
        # 0 says nothing of a lifetime; a second does, and is over soon.
        Set-ScriptedToken $service -More @{ expires_in = 1 }
        $null = Get-AuthToken @arguments
        $until = [DateTime]::UtcNow.AddMinutes(1)
        while ((Get-AuthSession).State -ne 'Expired' -and [DateTime]::UtcNow -lt $until) { [System.Threading.Thread]::Yield() | Out-Null }
        (Get-AuthSession).State | Should -Be 'Expired'
        $before = $service.CountOf('/token')
        Set-ScriptedToken $service
        (Get-AuthToken).State | Should -Be 'Fresh'
        $service.CountOf('/token') | Should -Be ($before + 1)
    }

    It 'keeps its token when a renewal fails' {
        $text = Get-AuthToken @arguments -AsPlainText
        $service.Reply('/token', 500, 'text/plain', 'out of order')
        (Get-Failure { Update-AuthToken }).FullyQualifiedErrorId | Should -Be 'ServerError,AuthModule.Commands.UpdateAuthTokenCommand'
        Get-AuthToken -AsPlainText | Should -Be $text
        (Get-AuthSession).LastError.Code | Should -Be 'ServerError'
    }

    It 'sends -Parameter values as services take them' {
        $null = Get-AuthToken @arguments -Parameter @{ text = 'a b'; number = 1.5; flag = $true; list = 'x', 'y' }
        $body = $service.BodiesOf('/token')[-1] -split '&'
        $body | Should -Contain 'text=a+b'
        $body | Should -Contain 'number=1.5'
        $body | Should -Contain 'flag=true'
        $body | Should -Contain 'list=x+y'
    }

    It 'forgets by object, by id and all at once' {
        $token = Get-AuthToken @arguments
        $null = Get-AuthToken @arguments -Scope a
        $null = Get-AuthToken @arguments -Scope b
        Remove-AuthSession -Id $token.SessionId
        (Get-AuthSession).Id | Should -Not -Contain $token.SessionId
        (Get-AuthSession)[0] | Remove-AuthSession
        Get-AuthSession | Should -HaveCount 1
        Remove-AuthSession -All
        Get-AuthSession | Should -BeNullOrEmpty
    }
}
