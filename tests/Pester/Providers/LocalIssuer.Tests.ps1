BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/RedisServer.ps1
    if (-not ('AuthModule.Pester.TokenStore' -as [type])) {
        # Warned of: the engine is built for an older runtime than this PowerShell has.
        Add-Type -IgnoreWarnings -Path $PSScriptRoot/../Support/TokenStore.cs -ReferencedAssemblies ([AuthModule.ITokenStore].Assembly.Location), System.Runtime, System.Collections.Concurrent, System.Threading
    }
    $redis = Start-RedisServer
    $keyBefore = $env:AUTHMODULE_STORE_KEY
    $env:AUTHMODULE_STORE_KEY = [Convert]::ToBase64String([System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32))

    # A store in script blocks, and what it holds.
    function New-ScriptStore {
        $kept = @{}
        @{
            Kept = $kept
            Store = @{
                Get = { param($key) $kept[$key] }.GetNewClosure()
                Set = { param($key, $value, $lifetime) $kept[$key] = $value }.GetNewClosure()
                Remove = { param($key) $kept.Remove($key) }.GetNewClosure()
            }
        }
    }

    function New-Store([string] $Kind) {
        switch ($Kind) {
            'memory' { 'memory' }
            'file' { "file:$(Join-Path $TestDrive ([guid]::NewGuid()))" }
            'redis' {
                if (-not $redis) { Set-ItResult -Skipped -Because 'there is no redis-server on this machine (Debian package redis-server)' }
                "redis://127.0.0.1:$($redis.Port)/0"
            }
            'script' { (New-ScriptStore).Store }
            'object' { [AuthModule.Pester.TokenStore]::new() }
        }
    }
}

AfterAll {
    Remove-AuthSession -All
    Stop-RedisServer $redis
    $env:AUTHMODULE_STORE_KEY = $keyBefore
}

Describe 'An issuer of one''s own on <Kind>, <Format>' -Tag 'G1', 'G3', 'G4', 'G5', 'G9', 'G10', 'G15' -ForEach @(
    foreach ($kind in 'memory', 'file', 'redis', 'script', 'object') {
        foreach ($format in 'Opaque', 'Jwt') { @{ Kind = $kind; Format = $format } }
    }
) {
    BeforeEach { Remove-AuthSession -All }

    It 'issues, tests, renews and revokes by the four cmdlets' {
        $issuer = New-AuthIssuer -Store (New-Store $Kind) -TokenFormat $Format -TokenLifetime 00:10:00
        $first = Get-AuthToken -Issuer $issuer -Subject alice -Scope read, write
        $first.Subject | Should -Be 'alice'
        $first.Scopes | Should -Be 'read', 'write'
        $first.ExpiresOn - $first.IssuedOn | Should -Be ([timespan] '00:10:00')
        $first.HasRefreshToken | Should -BeTrue
        $text = $first.ToPlainText()
        if ($Format -eq 'Opaque') { $text | Should -MatchExactly '^[A-Za-z0-9_-]{43}$' } else { $first.Claims.sub | Should -Be 'alice' }

        Test-AuthToken | Should -BeTrue
        Test-AuthToken $text -Issuer $issuer -RequiredScope read, write | Should -BeTrue
        $second = Update-AuthToken
        $second.Subject | Should -Be 'alice'
        Test-AuthToken $second -Issuer $issuer | Should -BeTrue
        (Test-AuthToken $text -Issuer $issuer -Detailed).Failure | Should -Be 'TokenInactive'

        $text = $second.ToPlainText()
        $result = Revoke-AuthToken -PassThru
        $result.AccessToken, $result.RefreshToken | Should -Be 'Confirmed', 'Confirmed'
        Test-AuthToken $text -Issuer $issuer | Should -BeFalse
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'tells its tokens from those of others' {
        $issuer = New-AuthIssuer -Store (New-Store $Kind) -TokenFormat $Format
        $other = New-AuthIssuer -TokenFormat $Format
        $text = Get-AuthToken -Issuer $other -Subject alice -AsPlainText
        Test-AuthToken $text -Issuer $other | Should -BeTrue
        (Test-AuthToken $text -Issuer $issuer -Detailed).Failure | Should -Be 'TokenInactive'
    }
}

Describe 'Scopes of an issuer''s tokens' -Tag 'G11' {
    BeforeAll {
        $issuer = New-AuthIssuer
        $token = Get-AuthToken -Issuer $issuer -Subject alice -Scope read, write -AsPlainText
    }

    It 'wants <Wanted> by <Match>: <Status>' -ForEach @(
        @{ Wanted = 'read'; Match = 'All'; Status = 200 }
        @{ Wanted = 'read', 'admin'; Match = 'All'; Status = 403 }
        @{ Wanted = 'read', 'admin'; Match = 'Any'; Status = 200 }
        @{ Wanted = 'root', 'admin'; Match = 'Any'; Status = 403 }
    ) {
        $result = Test-AuthToken -AuthorizationHeader "Bearer $token" -Issuer $issuer -RequiredScope $Wanted -ScopeMatch $Match -Detailed
        $result.StatusCode | Should -Be $Status
        if ($Status -eq 403) { $result.WwwAuthenticate | Should -Be "Bearer error=`"insufficient_scope`", error_description=`"The token lacks a scope`", scope=`"$Wanted`"" }
    }

    It 'answers a token that it never issued with 401' {
        (Test-AuthToken -AuthorizationHeader "Bearer $('x' * 43)" -Issuer $issuer -RequiredScope admin -Detailed).StatusCode | Should -Be 401
    }

    It 'is safe from <Name>' -Tag 'G14' -ForEach @(
        @{ Name = 'an empty token'; Text = '' }
        @{ Name = 'an oversized token'; Text = 'x' * 2MB }
        @{ Name = 'control characters'; Text = "a`r`nb`0" }
    ) {
        Test-AuthToken $Text -Issuer $issuer | Should -BeFalse
    }
}

Describe 'What stores hold' -Tag 'G2', 'G9', 'G10' {
    BeforeEach { Remove-AuthSession -All }

    It 'is hashes and records, never a token: script blocks' {
        $own = New-ScriptStore
        $issuer = New-AuthIssuer -Store $own.Store
        $text = Get-AuthToken -Issuer $issuer -Subject alice -Scope read -AsPlainText
        $null = Update-AuthToken
        $hash = [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($text))).ToLowerInvariant()
        $own.Kept.Keys | Should -Match '^(spent-)?[0-9a-f]{64}$'
        $own.Kept.Keys | Should -Not -Contain $hash
        $text = Get-AuthToken -AsPlainText
        $record = $own.Kept.GetEnumerator() | Where-Object { $_.Value -match '"access"' } | ForEach-Object Value | ConvertFrom-Json
        $record.user_id, $record.type | Should -Be 'alice', 'access'
        "$($own.Kept.Keys) $($own.Kept.Values)" | Should -Not -BeLike "*$text*"
    }

    It 'is taken in one step where the store can do it' {
        $own = New-ScriptStore
        $kept = $own.Kept
        $taken = [System.Collections.Generic.List[string]]::new()
        $own.Store.Take = { param($key) $taken.Add($key); $value = $kept[$key]; $kept.Remove($key); $value }.GetNewClosure()
        $null = Get-AuthToken -Issuer (New-AuthIssuer -Store $own.Store) -Subject alice
        $null = Update-AuthToken
        $taken.Count | Should -BeGreaterThan 0
    }

    It 'is shared by issuers on the same file, and sealed' {
        $place = "file:$(Join-Path $TestDrive shared)"
        $text = Get-AuthToken -Issuer (New-AuthIssuer -Store $place) -Subject alice -AsPlainText
        Test-AuthToken $text -Issuer (New-AuthIssuer -Store $place) | Should -BeTrue
        foreach ($file in Get-ChildItem (Join-Path $TestDrive shared) -File -Recurse) {
            Get-Content $file -Raw | Should -Not -Match "alice|$([regex]::Escape($text))"
        }
    }

    It 'ends by itself in Redis' {
        if (-not $redis) { Set-ItResult -Skipped -Because 'there is no redis-server on this machine (Debian package redis-server)' }
        $null = Invoke-Redis $redis FLUSHALL
        $text = Get-AuthToken -Issuer (New-AuthIssuer -Store "redis://127.0.0.1:$($redis.Port)/0?prefix=pester:" -TokenLifetime 00:10:00) -Subject alice -AsPlainText
        Test-AuthToken $text -Issuer (New-AuthIssuer -Store "redis://127.0.0.1:$($redis.Port)/0?prefix=pester:") | Should -BeTrue
        $keys = (Invoke-Redis $redis 'KEYS *') -split '\r\n' | Where-Object { $_ -match 'pester:' }
        $keys.Count | Should -BeGreaterOrEqual 2
        (Invoke-Redis $redis 'KEYS *') -split '\r\n' | Where-Object { $_ -match '^[^*$+]' } | Should -Match '^pester:'
        $ends = foreach ($key in $keys) { [int] ((Invoke-Redis $redis "TTL $key") -split '\r\n')[0].TrimStart(':') }
        # The seal of the store stays; the two records do not.
        @($ends | Where-Object { $_ -gt 0 }).Count | Should -Be 2
        "$keys" | Should -Not -BeLike "*$text*"
    }

    It 'is asked for by name: a hashtable without <_> is no store' -ForEach 'Get', 'Set', 'Remove' {
        $store = (New-ScriptStore).Store
        $store.Remove($_)
        (Get-Failure { New-AuthIssuer -Store $store }).Exception.Code | Should -Be 'MissingParameter'
    }

    It 'cannot be had where a script block fails' {
        $store = (New-ScriptStore).Store
        $store.Set = { throw 'the disk is full' }
        $failure = Get-Failure { Get-AuthToken -Issuer (New-AuthIssuer -Store $store) -Subject alice }
        $failure.Exception.Code | Should -Be 'StoreUnavailable'
        $failure.Exception.Message | Should -BeLike '*the disk is full*'
    }
}

Describe 'JWT tokens of an issuer' -Tag 'G15' {
    It 'can be tested by anybody with the issuer''s keys' {
        $issuer = New-AuthIssuer -TokenFormat Jwt
        $text = Get-AuthToken -Issuer $issuer -Subject alice -Scope read -ClientId nightly -Resource orders -AsPlainText
        $keys = Join-Path $TestDrive 'keys.json'
        Set-Content $keys $issuer.GetJwks()
        Test-AuthToken $text -Jwks $keys -Issuer $issuer.Name -Audience orders -ClientId nightly -RequiredScope read | Should -BeTrue
        Set-Content $keys (New-AuthIssuer -TokenFormat Jwt).GetJwks()
        Get-Content $keys -Raw | Should -Not -BeLike '*"d"*'
        Test-AuthToken $text -Jwks (Copy-Item $keys (Join-Path $TestDrive 'other.json') -PassThru).FullName -Issuer $issuer.Name | Should -BeFalse
    }
}

Describe 'An issuer from the environment' -Tag 'G12' {
    AfterEach { Remove-Item env:AUTH_TOKEN_TTL, env:AUTH_REFRESH_TTL, env:REDIS_HOST, env:REDIS_PORT -ErrorAction SilentlyContinue }

    It 'takes its lifetimes, and parameters go before them' {
        $env:AUTH_TOKEN_TTL = '120'
        $env:AUTH_REFRESH_TTL = '240'
        $issuer = New-AuthIssuer
        $issuer.TokenLifetime, $issuer.RefreshLifetime | Should -Be ([timespan] '00:02:00'), ([timespan] '00:04:00')
        (New-AuthIssuer -TokenLifetime 00:01:00).TokenLifetime | Should -Be ([timespan] '00:01:00')
    }

    It 'has the lifetimes of the contract where nothing is said' -Tag 'G3' {
        $issuer = New-AuthIssuer
        $issuer.TokenLifetime.TotalSeconds, $issuer.RefreshLifetime.TotalSeconds | Should -Be 3600, 86400
    }

    It 'takes its Redis' -Tag 'G10' {
        if (-not $redis) { Set-ItResult -Skipped -Because 'there is no redis-server on this machine (Debian package redis-server)' }
        $env:REDIS_HOST = '127.0.0.1'
        $env:REDIS_PORT = "$($redis.Port)"
        $issuer = New-AuthIssuer
        $issuer.Store.Name | Should -BeLike "redis://127.0.0.1:$($redis.Port)/0*"
        $text = Get-AuthToken -Issuer $issuer -Subject alice -AsPlainText
        Test-AuthToken $text -Issuer (New-AuthIssuer -Store "redis://127.0.0.1:$($redis.Port)/0") | Should -BeTrue
    }

    It 'refuses a lifetime that is none' {
        $env:AUTH_TOKEN_TTL = 'soon'
        (Get-Failure { New-AuthIssuer }).Exception.Code | Should -Be 'InvalidDuration'
    }
}
