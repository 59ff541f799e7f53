BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/AuthServer.ps1
    . $PSScriptRoot/../Support/Jwt.ps1
    . $PSScriptRoot/../Support/PageWalk.ps1
    $server = Start-AuthServer
    $demo = $server.providers.cognito
    $pool = @{
        Provider = 'cognito'
        Parameter = @{ region = $demo.region; userPoolId = $demo.userPoolId; domain = $demo.domain; issuer = $demo.issuer; jwksUri = $demo.jwksUri }
    }
    $nightly = $pool + @{ ClientId = 'nightly'; ClientSecret = $server.nightlySecret }

    # The tokens of a person: the pool gives them for a code only, so this signs in on its page.
    function Get-PersonTokens([string] $Name) {
        $verifier = ConvertTo-Base64Url ([System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32))
        $challenge = ConvertTo-Base64Url ([System.Security.Cryptography.SHA256]::HashData([Text.Encoding]::ASCII.GetBytes($verifier)))
        $redirect = 'http://127.0.0.1/callback'
        $page = "$($server.issuer)/oauth2/authorize?response_type=code&client_id=portal&scope=openid&state=s&redirect_uri=$redirect&code_challenge_method=S256&code_challenge=$challenge"
        $person = $server."${Name}Credential".GetNetworkCredential()
        $code = [regex]::Match((Invoke-AuthServerSignIn $page $Name $person.Password), '[?&]code=([^&]+)').Groups[1].Value
        Invoke-RestMethod "$($server.issuer)/oauth2/token" -Method Post -Authentication Basic -AllowUnencryptedAuthentication `
            -Credential ([pscredential]::new('portal', $server.portalSecret)) `
            -Body @{ grant_type = 'authorization_code'; code = $code; redirect_uri = $redirect; code_verifier = $verifier }
    }
}

AfterAll {
    Remove-AuthSession -All
    Stop-AuthServer $server
}

Describe 'cognito: client credentials' {
    BeforeEach { Remove-AuthSession -All }

    It 'gets a token at the domain, with the scopes asked for' -Tag 'C1', 'C2' {
        $token = Get-AuthToken @nightly -Scope orders.read
        $token.Scopes | Should -Be 'orders.read'
        $token.HasRefreshToken | Should -BeFalse
        $token.Claims.token_use | Should -Be 'access'
        $token.Claims.client_id | Should -Be 'nightly'
        $token.Claims.Keys | Should -Not -Contain 'aud'
    }

    It 'asks for no scope where none is named' -Tag 'C2' {
        (Get-AuthToken @nightly).Claims.scope | Should -Be 'orders.read orders.write'
    }

    It 'sends one request for many calls' -Tag 'C3' {
        $first = Get-AuthToken @nightly
        1..5 | ForEach-Object { (Get-AuthToken @nightly).ToPlainText() } | Select-Object -Unique | Should -Be $first.ToPlainText()
    }

    It 'gives the three headers' -Tag 'C5' {
        $header = Get-AuthToken @nightly -AsHeader
        $header.Keys | Sort-Object | Should -Be 'Accept', 'Authorization', 'Content-Type'
        $header.Accept, $header['Content-Type'] | Should -Be 'application/json', 'application/json'
        $header.Authorization | Should -BeLike 'Bearer ey*'
    }

    It 'keeps the error of the pool, never the secret' -Tag 'C4' {
        $failure = Get-Failure { Get-AuthToken @pool -ClientId nightly -ClientSecret (New-Secret 'wrong-secret') }
        $failure.Exception.Code | Should -Be 'InvalidClient'
        $failure.Exception.OAuthError | Should -Be 'invalid_client'
        "$($failure.Exception)" | Should -Not -BeLike '*wrong-secret*'
    }

    It 'takes all of it from the environment' -Tag 'C14' {
        $env:COGNITO_DOMAIN = $demo.domain
        $env:COGNITO_CLIENT_SECRET = $demo.clientSecret
        $env:COGNITO_REGION = $demo.region
        $env:COGNITO_USER_POOL_ID = $demo.userPoolId
        $env:COGNITO_DEFAULT_SCOPE = 'orders.write'

        $env:COGNITO_CLIENT_ID = $demo.clientId
        try {
            $token = Get-AuthToken -Provider cognito
            $token.Scopes | Should -Be 'orders.write'
            $token.ClientId | Should -Be $demo.clientId
        } finally { Remove-Item env:COGNITO_* }
    }
}

Describe 'cognito: testing tokens' -Tag 'C8', 'C9' {
    BeforeAll {
        $tokens = Get-PersonTokens alice
        $access = $tokens.access_token
        $id = $tokens.id_token
        $machine = Get-AuthToken @nightly -AsPlainText
    }

    It 'knows the pool''s access tokens, by client and scope' {
        Test-AuthToken $machine @pool -ClientId nightly -RequiredScope orders.read | Should -BeTrue
        (Test-AuthToken $machine @pool -ClientId portal -Detailed).Failure | Should -Be 'ClientMismatch'
        (Test-AuthToken $machine @pool -RequiredScope admin -Detailed).Failure | Should -Be 'InsufficientScope'
    }

    It 'knows groups of an access token' -Tag 'C10' {
        $result = Test-AuthToken $access @pool -ClientId portal -RequiredGroup admins -Detailed
        $result.Failure | Should -BeNullOrEmpty
        $result.Groups | Should -Be 'admins', 'sales'
        $result.Subject | Should -Be 'alice'
        (Test-AuthToken $access @pool -RequiredGroup owners -Detailed).Failure | Should -Be 'ClaimMismatch'
    }

    It 'knows ID tokens by their audience and groups' -Tag 'C10' {
        Test-AuthToken $id @pool -TokenUse id -ClientId portal -RequiredGroup sales | Should -BeTrue
        (Test-AuthToken $id @pool -TokenUse id -ClientId nightly -Detailed).IsValid | Should -BeFalse
    }

    It 'takes no ID token for an access token, nor the other way round' {
        (Test-AuthToken $id @pool -Detailed).Failure | Should -Be 'TokenUseMismatch'
        (Test-AuthToken $access @pool -TokenUse id -ClientId portal -Detailed).Failure | Should -Be 'TokenUseMismatch'
    }

    It 'asks the user''s own rule' -Tag 'C12' {
        Test-AuthToken $access @pool -Condition { $_.username -eq 'alice' } | Should -BeTrue
        $result = Test-AuthToken $access @pool -Condition { param($claims) $claims['version'] -gt 2 } -Detailed
        $result.IsValid | Should -BeFalse
        $result.Failure | Should -Be 'ClaimMismatch'
    }

    It 'compares the issuer letter by letter' {
        $other = @{ Provider = 'cognito'; Parameter = $pool.Parameter.Clone() }
        $other.Parameter.issuer = "$($demo.issuer)/"
        (Test-AuthToken $access @other -Detailed).Failure | Should -Be 'IssuerMismatch'
    }

    It 'refuses a token of another key under the same name' -Tag 'C7' {
        $header = (ConvertFrom-AuthToken $access).Header
        $forged = New-TestToken (New-TestKey $header.kid) @{ iss = $demo.issuer; sub = 'alice'; client_id = 'portal'; token_use = 'access'; iat = Get-EpochSeconds; exp = Get-EpochSeconds 600 }
        (Test-AuthToken $forged @pool -Detailed).Failure | Should -Be 'SignatureInvalid'
    }
}
