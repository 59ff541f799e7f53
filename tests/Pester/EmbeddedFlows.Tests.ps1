# Each way to get a token, through the cmdlets, at the server that comes with the command line.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    . $PSScriptRoot/Support/PageWalk.ps1
    $server = Start-AuthServer '--poll-interval', '1', '--require-dpop-nonce'
    $alice = $server.users | Where-Object username -EQ alice
    $desktop = @{ Authority = $server.issuer; ClientId = 'desktop' }
    $gateway = @{ Authority = $server.issuer; ClientId = 'gateway'; ClientSecret = $server.gatewaySecret }
    $robot = @{ Authority = $server.issuer; ClientId = 'robot' }
    $pem = ($server.clients | Where-Object client_id -EQ robot).private_key
    $keyFile = Join-Path $TestDrive 'robot.pem'
    Set-Content $keyFile $pem

    function Get-Claims($Token) { (ConvertFrom-AuthToken $Token).Claims }
}

AfterAll { Stop-AuthServer $server }

Describe 'The flows of the embedded server' {
    BeforeEach { Get-AuthSession | Remove-AuthSession }

    Context 'with a person' {
        It 'signs in with the browser of this machine, who <Answer>s' -Tag 'R5', 'R12' -Skip:$IsWindows -ForEach @(
            @{ Answer = 'allow' }
            @{ Answer = 'deny' }
        ) {
            # A browser that signs in by itself: a program that gets the address, as any browser does.
            $browser = Join-Path $TestDrive "browser-$Answer.ps1"
            Set-Content $browser @"
#!/usr/bin/env -S pwsh -NoProfile -File
param([string] `$Address)
. '$PSScriptRoot/Support/PageWalk.ps1'
`$back = Invoke-AuthServerSignIn `$Address alice '$($alice.password)' $Answer
`$null = Invoke-WebRequest `$back -SkipHttpErrorCheck -OutFile '$TestDrive/landing-$Answer.html'
"@
            chmod +x $browser
            if ($Answer -eq 'deny') {
                (Get-Failure { Get-AuthToken @desktop -Interactive -BrowserPath $browser -Scope openid, email }).Exception.Code | Should -Be 'AccessDenied'
                return
            }
            $token = Get-AuthToken @desktop -Interactive -BrowserPath $browser -Scope openid, orders.read
            $token.Subject | Should -Be 'alice'
            (Get-AuthSession).Grant | Should -Be 'interactive'
            (Update-AuthToken).ToPlainText() | Should -Not -Be $token.ToPlainText()
            (Invoke-AuthRestMethod $server.sample_api).for | Should -Be 'alice'
        }

        It 'takes both halves by hand, the first one pushed' -Tag 'R5', 'R12', 'M8' {
            $first = New-AuthAuthorizationRequest @desktop -RedirectUri http://127.0.0.1/callback -Scope openid, orders.read -Parameter @{ pushedAuthorization = $true }
            $first.Url.Query | Should -Match '^\?client_id=desktop&request_uri=[^&]+$'
            $callback = Invoke-AuthServerSignIn $first.Url alice $alice.password
            (Get-AuthToken -AuthorizationRequest $first -CallbackUri $callback).Subject | Should -Be 'alice'
            $walk = New-PageWalk
            Open-Page $walk $first.Url
            $walk.Left | Should -BeNullOrEmpty
            $walk.Text | Should -Match 'request_uri is unknown, used or has run out'
            $walk.Http.Dispose()
        }

        It 'signs in with another device' -Tag 'R6' {
            $heading = $null
            $token = Get-AuthToken @desktop -DeviceCode -Scope openid, orders.read 6>&1 | ForEach-Object {
                if ($_ -isnot [System.Management.Automation.InformationRecord]) { return $_ }
                if ("$_" -match '^\s*code\s+(\S+)') { $heading = Confirm-AuthServerDevice "$($server.issuer)/device" $Matches[1] alice $alice.password }
            }
            $token.Subject | Should -Be 'alice'
            $heading | Should -Be 'Your device is connected'
            (Get-AuthSession).Grant | Should -Be 'urn:ietf:params:oauth:grant-type:device_code'
        }

        It 'says that the person refused at the other device' -Tag 'R6' {
            (Get-Failure {
                Get-AuthToken @desktop -DeviceCode -Scope openid 6>&1 | ForEach-Object {
                    if ("$_" -match '^\s*code\s+(\S+)') { $null = Confirm-AuthServerDevice "$($server.issuer)/device" $Matches[1] alice $alice.password deny }
                }
            }).Exception.Code | Should -Be 'AccessDenied'
        }
    }

    Context 'one token for another' {
        BeforeEach {
            $portal = @{ Authority = $server.issuer; ClientId = 'portal'; ClientSecret = $server.portalSecret }
            $subject = Get-AuthToken @portal -Credential $server.aliceCredential -Scope orders.read, orders.write
        }

        It 'exchanges a person''s token for one of another API' -Tag 'R8', 'R14' {
            $token = Get-AuthToken @gateway -SubjectToken $subject -Resource urn:stock -Scope orders.read
            $claims = Get-Claims $token
            $claims.sub, $claims.aud, $claims.client_id, $claims.scope | Should -Be 'alice', 'urn:stock', 'gateway', 'orders.read'
            (Get-Failure { Invoke-AuthRestMethod $server.sample_api }).Exception.StatusCode | Should -Be 401
        }

        It 'refuses what may not be: <Name>' -Tag 'R8', 'R14' -ForEach @(
            @{ Name = 'another scope'; More = @{ Scope = 'email' }; Error = 'invalid_scope' }
            @{ Name = 'another resource'; More = @{ Resource = 'urn:other' }; Error = 'invalid_target' }
            @{ Name = 'another type'; More = @{ RequestedTokenType = 'saml2' }; Error = 'invalid_request' }
        ) {
            (Get-Failure { Get-AuthToken @gateway -SubjectToken $subject @More }).Exception.OAuthError | Should -Be $Error
        }
    }

    Context 'bound to a key' -Tag 'R13' {
        It 'calls the API with a proof, and nobody does without' {
            $token = Get-AuthToken @gateway -Dpop -Scope orders.read
            $token.TokenType | Should -Be 'DPoP'
            $bound = (Get-Claims $token).cnf.jkt
            (Invoke-AuthRestMethod $server.sample_api).for | Should -Be 'gateway'
            (Get-Claims (Update-AuthToken)).cnf.jkt | Should -Be $bound
            { Invoke-RestMethod $server.sample_api -Headers @{ Authorization = "Bearer $($token.ToPlainText())" } } | Should -Throw '*401*'
        }
    }

    Context 'proved by a key' -Tag 'R3' {
        It 'signs in by private_key_jwt' {
            (Get-AuthToken @robot -ClientKey $keyFile -Scope orders.read).Scopes | Should -Be 'orders.read'
            (Update-AuthToken).Scopes | Should -Be 'orders.read'
        }

        It 'signs in by client_secret_jwt' {
            (Get-AuthToken @gateway -ClientAuthentication SecretJwt -Scope orders.read).Scopes | Should -Be 'orders.read'
        }

        It 'refuses another key as InvalidClient' {
            $other = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
            Set-Content (Join-Path $TestDrive 'other.pem') $other.ExportPkcs8PrivateKeyPem()
            (Get-Failure { Get-AuthToken @robot -ClientKey (Join-Path $TestDrive 'other.pem') }).Exception.Code | Should -Be 'InvalidClient'
        }

        It 'takes an assertion that such a client signed for a person' -Tag 'R9' {
            $key = [System.Security.Cryptography.ECDsa]::Create()
            $key.ImportFromPem($pem)
            $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
            $parts = @{ alg = 'ES256'; typ = 'JWT' }, @{ iss = 'robot'; sub = 'alice'; aud = $server.issuer; iat = $now; exp = $now + 60 } | ForEach-Object {
                [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(($_ | ConvertTo-Json -Compress))).TrimEnd('=').Replace('+', '-').Replace('/', '_')
            }
            $text = $parts -join '.'
            $signature = [Convert]::ToBase64String($key.SignData([Text.Encoding]::ASCII.GetBytes($text), 'SHA256')).TrimEnd('=').Replace('+', '-').Replace('/', '_')
            (Get-AuthToken -Authority $server.issuer -Assertion (New-Secret "$text.$signature") -Scope orders.read).Subject | Should -Be 'alice'
        }
    }

    Context 'a key under a password' -Tag 'R3', 'N10' {
        BeforeAll {
            $password = 'canary pass word'
            $key = [System.Security.Cryptography.ECDsa]::Create()
            $key.ImportFromPem($pem)
            $encryption = [System.Security.Cryptography.PbeParameters]::new('Aes256Cbc', [System.Security.Cryptography.HashAlgorithmName]::SHA256, 2000)
            Set-Content (Join-Path $TestDrive 'encrypted.pem') $key.ExportEncryptedPkcs8PrivateKeyPem($password, $encryption)
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=robot', $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256)
            $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
            [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'encrypted.pfx'), $certificate.Export('Pfx', $password))
        }

        It 'signs with <_>' -ForEach 'encrypted.pem', 'encrypted.pfx' {
            $file = Join-Path $TestDrive $_
            (Get-AuthToken @robot -ClientKey $file -ClientKeyPassword (New-Secret $password) -Scope orders.read).Scopes | Should -Be 'orders.read'
        }

        It 'says what is wrong with the password of <_>, and does not repeat it' -ForEach 'encrypted.pem', 'encrypted.pfx' {
            $file = Join-Path $TestDrive $_
            foreach ($given in @{}, @{ ClientKeyPassword = New-Secret 'canary wrong' }) {
                $failure = Get-Failure { Get-AuthToken @robot -ClientKey $file @given }
                $failure.Exception.Code | Should -Be 'InvalidKey'
                $failure.ErrorDetails.RecommendedAction | Should -Match 'ClientKeyPassword'
                "$failure $($failure | Format-List * -Force | Out-String) $($failure.Exception)" | Should -Not -Match 'canary'
            }
        }

        It 'does not take a password without its key' {
            (Get-Failure { Get-AuthToken @robot -ClientKeyPassword (New-Secret $password) }).Exception.Code | Should -Be 'MissingParameter'
        }
    }

    Context 'proved in TLS' -Tag 'R4' {
        BeforeAll {
            $secure = Start-AuthServer '--urls', 'https://127.0.0.1:0'
            $ca = Join-Path $TestDrive 'ca.pem'
            Set-Content $ca $secure.ca_certificate
            $machine = @{ Authority = $secure.issuer; ClientId = 'machine'; CaCertificate = $ca; Scope = 'orders.read' }

            # A key that came from PEM does not reach every TLS stack; one from a PFX does.
            $shown = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($secure.client_certificate.certificate, $secure.client_certificate.key)
            $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($shown.Export('Pfx'), '', 'Exportable')
        }

        AfterAll { Stop-AuthServer $secure }

        It 'gets a token that is bound to the certificate, and calls the API with both' {
            $token = Get-AuthToken @machine -ClientCertificate $certificate
            (Get-Claims $token).cnf.'x5t#S256' | Should -Match '^[\w-]{43}$'
            (Invoke-RestMethod $secure.sample_api -Headers (Get-AuthToken -AsHeader) -Certificate $certificate -SkipCertificateCheck).for | Should -Be 'machine'
            { Invoke-RestMethod $secure.sample_api -Headers (Get-AuthToken -AsHeader) -SkipCertificateCheck } | Should -Throw '*401*'
        }

        It 'refuses a certificate of somebody else as InvalidClient' {
            $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=demo', $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256)
            $other = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
            (Get-Failure { Get-AuthToken @machine -ClientCertificate $other }).Exception.Code | Should -Be 'InvalidClient'
        }
    }

    Context 'the home page' -Tag 'N10' {
        It 'shows what was asked and none of the secrets' {
            $null = Get-AuthToken @gateway -Scope orders.read
            $page = (Invoke-WebRequest $server.base_address).Content
            $page | Should -Match 'grant_type=client_credentials'
            foreach ($secret in @($server.clients.client_secret; $server.users.password; $pem -split "`n" | Where-Object { $_ -notmatch '---' }) | Where-Object { $_ }) {
                $page.Contains($secret) | Should -BeFalse
            }
        }
    }
}
