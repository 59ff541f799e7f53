# The cmdlets against an authorization server that its authors did not write.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/OidcProvider.ps1
    $obstacle = Get-OidcProviderObstacle
    $server = if (-not $obstacle) { Start-OidcProvider }

    # The arguments that name one of the server's clients.
    function As([string] $Name) {
        $client = $server.clients.$Name
        $arguments = @{ Authority = $server.issuer; ClientId = $client.clientId }
        if ($client.Secret) { $arguments.ClientSecret = $client.Secret }
        $arguments
    }

    # A token whose signature no longer fits: its first character is another one, whatever the encoding ignores at the end.
    function Get-Tampered([string] $Jwt) {
        $parts = $Jwt -split '\.'
        $parts[2] = $(if ($parts[2][0] -eq 'A') { 'B' } else { 'A' }) + $parts[2].Substring(1)
        $parts -join '.'
    }
}

AfterAll { Stop-OidcProvider $server }

Describe 'oidc-provider' {
    BeforeEach {
        if ($obstacle) { Set-ItResult -Skipped -Because "oidc-provider (tests/oidc-provider) is not running: $obstacle" }
        Get-AuthSession | Remove-AuthSession
    }

    Context 'the main job' -Tag 'R1', 'R2', 'N1' {
        It 'gets, keeps, renews, tests and revokes a token' -Tag 'R7', 'R10' {
            $user = As password
            $token = Get-AuthToken @user -Credential $server.users.alice.Credential -Scope openid, offline_access -ClientAuthentication Post
            $token.Subject | Should -Be 'alice'
            $token.HasRefreshToken | Should -BeTrue

            $before = Get-OidcRequestCount $server
            (Get-AuthToken).ToPlainText() | Should -BeExactly $token.ToPlainText()
            (Get-AuthToken -Authority $server.issuer).ToPlainText() | Should -BeExactly $token.ToPlainText()
            Get-OidcRequestCount $server | Should -Be $before

            $renewed = Update-AuthToken
            $renewed.ToPlainText() | Should -Not -Be $token.ToPlainText()
            (Get-OidcIntrospection $server $renewed.ToPlainText()).active | Should -BeTrue

            $result = Revoke-AuthToken -PassThru
            $result.RefreshToken | Should -Be 'Confirmed'
            (Get-OidcIntrospection $server $renewed.ToPlainText()).active | Should -BeFalse
        }

        It 'binds the token to Invoke-RestMethod' {
            $user = As password
            $null = Get-AuthToken @user -Credential $server.users.alice.Credential -Scope openid -ClientAuthentication Post
            $me = (Invoke-RestMethod "$($server.issuer)/.well-known/openid-configuration").userinfo_endpoint
            (Invoke-RestMethod $me -Authentication Bearer -Token (Get-AuthToken).AccessToken -AllowUnencryptedAuthentication).sub | Should -Be 'alice'
            (Invoke-AuthRestMethod $me).sub | Should -Be 'alice'
        }

        It 'says yes to a good token and no to a tampered one and one of another issuer' -Tag 'R14', 'R15', 'C8' {
            $client = As ccBasic
            $token = Get-AuthToken @client -Resource urn:test:rs256 -Scope api:read -AsPlainText
            $expected = @{ Authority = $server.issuer; Audience = 'urn:test:rs256' }
            Test-AuthToken $token @expected -RequiredScope api:read | Should -BeTrue
            (Test-AuthToken (Get-Tampered $token) @expected -Detailed).Failure | Should -Be 'SignatureInvalid'
            (Test-AuthToken $token @expected -Issuer 'https://elsewhere.example' -Detailed).Failure | Should -Be 'IssuerMismatch'
            (Test-AuthToken $token @expected -RequiredScope api:write -Detailed).Failure | Should -Be 'InsufficientScope'
            (Test-AuthToken $token -Authority $server.issuer -Audience urn:test:other -Detailed).Failure | Should -Be 'AudienceMismatch'
        }

        It 'names the client that is refused' {
            $client = As ccBasic
            $client.ClientSecret = New-Secret 'another secret'
            $failure = Get-Failure { Get-AuthToken @client }
            $failure.FullyQualifiedErrorId | Should -Be 'InvalidClient,AuthModule.Commands.GetAuthTokenCommand'
            "$failure" | Should -Not -Match 'another secret'
        }

        It 'encodes an id and a secret that hold every awkward character' {
            $client = As ccBasicSpecial
            (Get-OidcIntrospection $server (Get-AuthToken @client -AsPlainText)).client_id | Should -Be $server.clients.ccBasicSpecial.clientId
        }
    }

    Context 'proofs of the client' -Tag 'R3' {
        It 'signs in by private key: <_>' -ForEach 'ccPrivateKeyRs256', 'ccPrivateKeyPs256', 'ccPrivateKeyEs256' {
            $key = Join-Path $TestDrive "$_.jwk"
            $server.clients.$_.privateJwk | ConvertTo-Json | Set-Content $key
            $client = As $_
            $token = Get-AuthToken @client -ClientKey $key -Parameter @{ client_assertion_signing_alg = $server.clients.$_.authSigningAlg } -AsPlainText
            (Get-OidcIntrospection $server $token).client_id | Should -Be $client.ClientId
        }

        It 'signs in by a JWT that the secret signs' {
            $client = As ccSecretJwt
            $token = Get-AuthToken @client -ClientAuthentication SecretJwt -AsPlainText
            (Get-OidcIntrospection $server $token).client_id | Should -Be $client.ClientId
        }
    }

    Context 'mutual TLS' -Tag 'R4', 'P9' {
        BeforeEach {
            if (-not $server.clients.tlsPki) { Set-ItResult -Skipped -Because 'there is no openssl to make certificates with' }
            $ca = Join-Path $TestDrive 'ca.pem'
            Set-Content $ca $server.mtls.caPem

            # A key that came from PEM does not reach every TLS stack; one from a PFX does.
            function Get-ClientCertificate([string] $Name) {
                $pem = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($server.clients.$Name.certificatePem, $server.clients.$Name.keyPem)
                $flags = [System.Security.Cryptography.X509Certificates.X509KeyStorageFlags]::Exportable
                [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($pem.Export('Pfx'), '', $flags)
            }
        }

        It 'proves the client by its certificate: <_>' -ForEach 'tlsPki', 'tlsSelfSigned' {
            $client = As $_
            $certificate = Get-ClientCertificate $_
            $token = Get-AuthToken @client -ClientCertificate $certificate -CaCertificate $ca -AsPlainText
            $hash = [Convert]::ToBase64String([System.Security.Cryptography.SHA256]::HashData($certificate.RawData)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
            (Get-OidcIntrospection $server $token).cnf.'x5t#S256' | Should -Be $hash
        }

        It 'says that the certificate is another client''s' {
            $client = As tlsPki
            (Get-Failure { Get-AuthToken @client -ClientCertificate (Get-ClientCertificate tlsSelfSigned) -ClientAuthentication Tls -CaCertificate $ca }).Exception.Code | Should -Be 'InvalidClient'
        }
    }

    Context 'DPoP' -Tag 'R13' {
        It 'gets a bound token: <_>' -ForEach 'ccDpop', 'ccDpopNonce' {
            $client = As $_
            $token = Get-AuthToken @client -Dpop
            $token.TokenType | Should -Be 'DPoP'
            (Get-OidcIntrospection $server $token.ToPlainText()).cnf.jkt | Should -Match '^[\w-]{43}$'
        }

        It 'is another session than the one without' {
            $client = As ccBasic
            $bearer = Get-AuthToken @client
            $bound = Get-AuthToken @client -Dpop
            $bound.SessionId | Should -Not -Be $bearer.SessionId
            $bound.TokenType | Should -Be 'DPoP'
            (Get-AuthToken -Authority $server.issuer -Dpop).SessionId | Should -Be $bound.SessionId
        }

        It 'calls an API with a proof' -Tag 'R5' {
            $first = New-AuthAuthorizationRequest -Authority $server.issuer -ClientId native-dpop -RedirectUri http://127.0.0.1/callback -Scope openid -Dpop
            $token = Get-AuthToken -AuthorizationRequest $first -CallbackUri (Invoke-OidcSignIn $first.Url)
            $token.TokenType | Should -Be 'DPoP'
            (Invoke-AuthRestMethod "$($server.issuer)/me").sub | Should -Be 'alice'
            $null = Update-AuthToken
            (Invoke-AuthRestMethod "$($server.issuer)/me").sub | Should -Be 'alice'
        }
    }

    Context 'the code flow by hand' -Tag 'R5', 'M6', 'M8', 'M9' {
        It 'signs in with the first half and the address of the second: <_>' -ForEach 'native', 'confidential' {
            $client = As $_
            $first = New-AuthAuthorizationRequest @client -RedirectUri http://127.0.0.1/callback -Scope openid, offline_access
            $token = Get-AuthToken -AuthorizationRequest $first -CallbackUri (Invoke-OidcSignIn $first.Url -Login bob)
            $token.Subject | Should -Be 'bob'
            $token.IdToken | Should -BeOfType ([securestring])
            (Get-AuthSession).Grant | Should -Be 'authorization_code'
            (Update-AuthToken).ToPlainText() | Should -Not -Be $token.ToPlainText()
        }

        It 'pushes its request when it is told to' -Tag 'R12' {
            $client = As par
            $before = Get-OidcRequestCount $server '/request'
            $first = New-AuthAuthorizationRequest @client -ClientAuthentication Post -RedirectUri http://127.0.0.1/callback -Scope openid -Parameter @{ pushedAuthorization = $true }
            Get-OidcRequestCount $server '/request' | Should -Be ($before + 1)
            $first.Url.Query | Should -Match 'request_uri='
            $first.OpenBefore | Should -BeGreaterThan $first.CreatedOn
            (Get-AuthToken -AuthorizationRequest $first -CallbackUri (Invoke-OidcSignIn $first.Url)).Subject | Should -Be 'alice'
        }

        It 'refuses an answer to another request, and takes a good one once' {
            $native = As native
            $first = New-AuthAuthorizationRequest @native -RedirectUri http://127.0.0.1/callback -Scope openid
            $other = New-AuthAuthorizationRequest @native -RedirectUri http://127.0.0.1/callback -Scope openid
            $callback = Invoke-OidcSignIn $first.Url
            (Get-Failure { Get-AuthToken -AuthorizationRequest $other -CallbackUri $callback }).Exception.Code | Should -Be 'StateMismatch'
            $null = Get-AuthToken -AuthorizationRequest $first -CallbackUri $callback
            Get-AuthSession | Remove-AuthSession
            (Get-Failure { Get-AuthToken -AuthorizationRequest $first -CallbackUri $callback }).Exception.Code | Should -Be 'TokenReused'
        }

        It 'says that the user refused' {
            $native = As native
            $first = New-AuthAuthorizationRequest @native -RedirectUri http://127.0.0.1/callback -Scope openid
            $callback = Invoke-OidcSignIn $first.Url -Refuse
            $failure = Get-Failure { Get-AuthToken -AuthorizationRequest $first -CallbackUri $callback }
            $failure.Exception.Code | Should -Be 'AccessDenied'
            $failure.Exception.OAuthError | Should -Be 'access_denied'
        }
    }

    Context 'with a person' {
        It 'signs in with the browser of this machine' -Tag 'R5' -Skip:$IsWindows {
            # A browser that signs in by itself: a program that gets the address, as any browser does.
            $browser = Join-Path $TestDrive 'browser'
            $walk = [uri]::new("file://$((Resolve-Path $PSScriptRoot/../oidc-provider/walk.mjs).Path)").AbsoluteUri
            Set-Content $browser "#!/usr/bin/env node`nimport('$walk').then(async ({ UserAgent }) => fetch(await new UserAgent().walk(process.argv[2])));"
            chmod +x $browser
            $native = As native
            $token = Get-AuthToken @native -Interactive -BrowserPath $browser -RedirectUri http://127.0.0.1/callback -Scope openid, offline_access
            $token.Subject | Should -Be 'alice'
            (Get-AuthSession).Grant | Should -Be 'interactive'
            (Update-AuthToken).ToPlainText() | Should -Not -Be $token.ToPlainText()
        }

        It 'signs in with another device, which the code is shown for' -Tag 'R6' {
            $device = As device
            $shown = [System.Collections.Generic.List[string]]::new()
            $token = Get-AuthToken @device -DeviceCode -Scope openid 6>&1 | ForEach-Object {
                if ($_ -isnot [System.Management.Automation.InformationRecord]) { return $_ }
                $shown.Add("$_")
                if ("$_" -match '^\s*code\s+(\S+)') {
                    $null = Invoke-OidcSignIn "$($server.issuer)/device?user_code=$($Matches[1])"
                }
            }
            $token.Subject | Should -Be 'alice'
            "$shown" | Should -Match "address\s+$([regex]::Escape($server.issuer))/device"
            (Get-AuthSession).Grant | Should -Be 'urn:ietf:params:oauth:grant-type:device_code'
        }

        It 'says that the person refused at the other device' -Tag 'R6' {
            $device = As device
            $failure = Get-Failure {
                Get-AuthToken @device -DeviceCode -Scope openid 6>&1 | ForEach-Object {
                    if ("$_" -match '^\s*code\s+(\S+)') { $null = Invoke-OidcSignIn "$($server.issuer)/device?user_code=$($Matches[1])" -Refuse }
                }
            }
            $failure.Exception.Code | Should -Be 'AccessDenied'
        }

        It 'asks a person on their own device, who agrees or not' -Tag 'R21' {
            $ciba = As ciba
            (Get-AuthToken @ciba -LoginHint bob -BindingMessage 'W4SCT').Subject | Should -Be 'bob'
            (Get-Failure { Get-AuthToken @ciba -LoginHint mallory }).Exception.Code | Should -Be 'AccessDenied'
        }

        It 'fails at once where nobody is there: <Name>' -ForEach @(
            @{ Name = 'browser'; Choice = @{ Interactive = $true } }
            @{ Name = 'device'; Choice = @{ DeviceCode = $true } }
        ) {
            $native = As native
            $before = Get-OidcRequestCount $server '/token'
            $failure = Get-Failure { Get-AuthToken @native @Choice -NonInteractive }
            $failure.Exception.Code | Should -Be 'InteractionRequired'
            $failure.Exception.IsInteractionRequired | Should -BeTrue
            Get-OidcRequestCount $server '/token' | Should -Be $before
        }
    }

    Context 'authorization details' -Tag 'R20' {
        It 'asks for them and gets them' {
            $native = As native
            $details = ConvertTo-Json -Compress -InputObject @(@{ type = $server.authorizationDetailsType; amount = '12' })
            $first = New-AuthAuthorizationRequest @native -RedirectUri http://127.0.0.1/callback -Scope openid, api:read -Resource urn:test:opaque -Parameter @{ authorization_details = $details }
            $token = Get-AuthToken -AuthorizationRequest $first -CallbackUri (Invoke-OidcSignIn $first.Url) -AsPlainText
            (Get-OidcIntrospection $server $token).authorization_details.amount | Should -Be '12'
        }
    }
}
