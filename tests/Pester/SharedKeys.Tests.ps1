BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/Jwt.ps1
    $key = New-TestKey
    $service = Start-ScriptedService
    Set-ScriptedReply $service '/jwks' $key.Jwks
    $claims = @{ iss = $service.Address; sub = 'alice'; aud = 'orders'; client_id = 'nightly'; exp = Get-EpochSeconds 600; iat = Get-EpochSeconds }
    function ConvertTo-Part($Value) { ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Value -Compress))) }
}

AfterAll { ${service}?.Dispose() }

Describe 'Test-AuthToken with keys that are shared' -Tag 'C7', 'R16' {
    It 'takes an HMAC only with the secret that the user gives' {
        $shared = 'a secret of thirty-two characters'
        $text = "$(ConvertTo-Part @{ alg = 'HS256'; typ = 'at+jwt' }).$(ConvertTo-Part $claims)"
        $hmac = [System.Security.Cryptography.HMACSHA256]::HashData([Text.Encoding]::UTF8.GetBytes($shared), [Text.Encoding]::ASCII.GetBytes($text))
        $token = "$text.$(ConvertTo-Base64Url $hmac)"
        Test-AuthToken $token -Authority $service.Address -HmacSecret (New-Secret $shared) | Should -BeExactly $true
        (Test-AuthToken $token -Authority $service.Address -HmacSecret (New-Secret 'another secret of 32 characters!') -Detailed).Failure | Should -BeExactly 'SignatureInvalid'
        (Test-AuthToken $token -Authority $service.Address -Detailed).Failure | Should -BeExactly 'AlgorithmNotAllowed'
    }

    It 'opens an encrypted token with the key that it is for, and no other' {
        $inner = [Text.Encoding]::ASCII.GetBytes((New-TestToken $key $claims))
        $secret = [System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32)
        $nonce = [System.Security.Cryptography.RandomNumberGenerator]::GetBytes(12)
        $header = ConvertTo-Part ([ordered]@{ alg = 'dir'; enc = 'A256GCM'; cty = 'JWT' })
        $cipher = [byte[]]::new($inner.Length)
        $tag = [byte[]]::new(16)
        $aes = [System.Security.Cryptography.AesGcm]::new($secret, 16)
        $aes.Encrypt($nonce, $inner, $cipher, $tag, [Text.Encoding]::ASCII.GetBytes($header))
        $token = "$header..$(ConvertTo-Base64Url $nonce).$(ConvertTo-Base64Url $cipher).$(ConvertTo-Base64Url $tag)"

        @{ kty = 'oct'; k = ConvertTo-Base64Url $secret } | ConvertTo-Json | Set-Content TestDrive:/right.json
        @{ kty = 'oct'; k = ConvertTo-Base64Url ([byte[]]::new(32)) } | ConvertTo-Json | Set-Content TestDrive:/wrong.json
        'no key' | Set-Content TestDrive:/none.json
        Test-AuthToken $token -Authority $service.Address -DecryptionKey TestDrive:/right.json | Should -BeExactly $true
        Test-AuthToken $token -Authority $service.Address -DecryptionKey TestDrive:/wrong.json | Should -BeExactly $false
        Test-AuthToken $token -Authority $service.Address | Should -BeExactly $false
        { Test-AuthToken $token -Authority $service.Address -DecryptionKey TestDrive:/none.json } | Should -Throw -ErrorId 'InvalidKey,AuthModule.Commands.TestAuthTokenCommand'
    }
}
