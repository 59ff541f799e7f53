# The embedded server issues through the same issuer as New-AuthIssuer: opaque tokens, below /local.
BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/AuthServer.ps1
    $server = Start-AuthServer
    $local = "$($server.issuer)/local"
    $portal = @{ Authority = $local; ClientId = 'portal'; ClientSecret = $server.portalSecret }
    $tester = [pscredential]::new('portal', $server.portalSecret)

    # A refresh token in the user's hands, as it came over the wire.
    function Get-RefreshToken {
        $person = $server.aliceCredential.GetNetworkCredential()
        $body = @{ grant_type = 'password'; username = 'alice'; password = $person.Password; scope = 'orders.read' }
        New-Secret (Invoke-RestMethod "$local/token" -Method Post -Body $body -Authentication Basic -Credential $tester -AllowUnencryptedAuthentication).refresh_token
    }
}

AfterAll {
    Remove-AuthSession -All
    Stop-AuthServer $server
}

Describe 'Opaque tokens over HTTP' {
    BeforeEach { Remove-AuthSession -All }

    It 'have 43 characters and are tested by asking the server' -Tag 'G1', 'R11' {
        $token = Get-AuthToken @portal -Credential $server.aliceCredential -Scope orders.read
        $token.ToPlainText() | Should -MatchExactly '^[A-Za-z0-9_-]{43}$'
        Test-AuthToken $token -Introspect -RequiredScope orders.read | Should -BeTrue
        Test-AuthToken $token.ToPlainText() -Introspect -Authority $local -IntrospectionCredential $tester | Should -BeTrue
        (Test-AuthToken $token -Introspect -RequiredScope admin -Detailed).StatusCode | Should -Be 403
    }

    It 'are not active after they were revoked' -Tag 'G7', 'R10' {
        $text = Get-AuthToken @portal -Credential $server.aliceCredential -AsPlainText
        (Revoke-AuthToken -PassThru).RefreshToken | Should -Be 'Confirmed'
        (Test-AuthToken $text -Introspect -Authority $local -IntrospectionCredential $tester -Detailed).Failure | Should -Be 'TokenInactive'
    }

    It 'cannot be asked about with a wrong secret, and can with the right one after that' -Tag 'R11' {
        $text = Get-AuthToken @portal -Credential $server.aliceCredential -AsPlainText
        Remove-AuthSession -All
        $wrong = [pscredential]::new('portal', (New-Secret 'wrong-secret'))
        (Get-Failure { Test-AuthToken $text -Introspect -Authority $local -IntrospectionCredential $wrong }).Exception.Code | Should -Be 'InvalidClient'
        Test-AuthToken $text -Introspect -Authority $local -IntrospectionCredential $tester | Should -BeTrue
    }

    It 'are asked about at the service of the session, by another client' -Tag 'R11' {
        $token = Get-AuthToken @portal -Credential $server.aliceCredential
        $wrong = [pscredential]::new('portal', (New-Secret 'wrong-secret'))
        Test-AuthToken $token.ToPlainText() -Introspect -IntrospectionCredential $tester | Should -BeTrue
        Test-AuthToken -Session $token.SessionId -Introspect -IntrospectionCredential $tester | Should -BeTrue
        (Get-Failure { Test-AuthToken -Session $token.SessionId -Introspect -IntrospectionCredential $wrong }).Exception.Code | Should -Be 'InvalidClient'
    }

    It 'do not pass for each other: a refresh token is no access token' -Tag 'G4' {
        $refresh = Get-RefreshToken
        { Invoke-RestMethod $server.sample_api -Authentication Bearer -Token $refresh -AllowUnencryptedAuthentication } | Should -Throw '*401*'
    }

    It 'die as a family when a refresh token is used twice' -Tag 'G5', 'G7' {
        $refresh = Get-RefreshToken
        $token = Get-AuthToken @portal -RefreshToken $refresh
        $session = Get-AuthSession $token.SessionId
        Test-AuthToken $token.ToPlainText() -Introspect -Authority $local -IntrospectionCredential $tester | Should -BeTrue

        # Somebody who kept the old one.
        $body = @{ grant_type = 'refresh_token'; refresh_token = [System.Net.NetworkCredential]::new('', $refresh).Password }
        $refused = Get-Failure { Invoke-RestMethod "$local/token" -Method Post -Body $body -Authentication Basic -Credential $tester -AllowUnencryptedAuthentication }
        $refused.ErrorDetails.Message | Should -BeLike '*invalid_grant*'

        (Get-Failure { Update-AuthToken -Session $session }).Exception.Code | Should -Be 'RefreshTokenExpired'
        (Invoke-RestMethod "$local/introspect" -Method Post -Body @{ token = $token.ToPlainText() } -Authentication Basic -Credential $tester -AllowUnencryptedAuthentication).active | Should -BeFalse
    }
}
