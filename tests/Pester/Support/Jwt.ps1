# Signed tokens and the key set that goes with them, for tests of Test-AuthToken.
function ConvertTo-Base64Url([byte[]] $Bytes) { [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }

function New-TestKey([string] $Id = 'test-key') {
    $rsa = [System.Security.Cryptography.RSA]::Create(2048)
    $public = $rsa.ExportParameters($false)
    [pscustomobject]@{
        Id = $Id
        Rsa = $rsa
        Jwks = @{ keys = @(@{ kty = 'RSA'; use = 'sig'; alg = 'RS256'; kid = $Id; n = (ConvertTo-Base64Url $public.Modulus); e = (ConvertTo-Base64Url $public.Exponent) }) }
    }
}

function New-TestToken($Key, [hashtable] $Claims, [string] $Type = 'at+jwt') {
    $parts = foreach ($part in @{ alg = 'RS256'; typ = $Type; kid = $Key.Id }, $Claims) {
        ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $part -Compress -Depth 8)))
    }
    $text = $parts -join '.'
    $signature = $Key.Rsa.SignData([Text.Encoding]::ASCII.GetBytes($text), [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    "$text.$(ConvertTo-Base64Url $signature)"
}

function Get-EpochSeconds([int] $FromNow = 0) { [DateTimeOffset]::UtcNow.AddSeconds($FromNow).ToUnixTimeSeconds() }
