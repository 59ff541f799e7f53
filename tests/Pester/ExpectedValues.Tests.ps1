# What Test-AuthToken was told to expect is compared, wherever keys come from and however the service is named.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/Jwt.ps1
    $key = New-TestKey
    $service = Start-ScriptedService
    $issuer = $service.Address
    $realm = "$issuer/realms/r1"
    Set-ScriptedReply $service '/jwks' $key.Jwks
    Set-ScriptedReply $service '/realms/r1/.well-known/openid-configuration' @{ issuer = $realm; token_endpoint = "$issuer/token"; jwks_uri = "$issuer/jwks" }
    Set-ScriptedToken $service 'session-token'
    $keyFile = Join-Path $TestDrive 'keys.json'
    Set-Content $keyFile (ConvertTo-Json $key.Jwks -Depth 5)

    function New-Token([hashtable] $Change = @{}) {
        $claims = @{
            iss = $issuer; sub = 'alice'; aud = 'orders'; client_id = 'nightly'; scope = 'orders.read'; groups = @('sales')
            iat = Get-EpochSeconds; exp = Get-EpochSeconds 600
        }
        foreach ($name in $Change.Keys) { $claims[$name] = $Change[$name] }
        New-TestToken $key $claims -Type JWT
    }

    function New-Certificate([string] $Name) {
        $ec = [System.Security.Cryptography.ECDsa]::Create()
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $ec, [System.Security.Cryptography.HashAlgorithmName]::SHA256)
        $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
    }

    function Get-Thumbprint($Certificate) {
        ConvertTo-Base64Url ([System.Security.Cryptography.SHA256]::Create().ComputeHash($Certificate.RawData))
    }
}

AfterAll {
    Remove-AuthSession -All
    ${service}?.Dispose()
}

Describe 'An expected value' -Tag 'C8', 'C9', 'C10', 'R33' {
    It 'refuses a wrong token whatever the keys come from and however the service is named' {
        $sources = @{ file = @{ Jwks = $keyFile }; address = @{ Jwks = "$issuer/jwks" }; published = @{}; offline = @{ Offline = $true } }
        $names = @{
            authority = @{ Authority = $issuer }; slash = @{ Authority = "$issuer/" }; issuer = @{ Issuer = $issuer }
            realm = @{ Provider = 'keycloak'; Authority = $issuer; Parameter = @{ realm = 'r1' } }
        }
        $other = New-Certificate 'other'
        $rules = @(
            @{ Failure = 'IssuerMismatch'; Rule = @{}; Change = @{ iss = 'https://evil.example' } }
            @{ Failure = 'AudienceMismatch'; Rule = @{ Audience = 'orders' }; Change = @{ aud = 'payroll' } }
            @{ Failure = 'ClientMismatch'; Rule = @{ ClientId = 'nightly' }; Change = @{ client_id = 'portal' } }
            @{ Failure = 'TokenUseMismatch'; Rule = @{ TokenUse = 'id' }; Change = @{} }
            @{ Failure = 'TokenUseMismatch'; Rule = @{ TokenUse = 'logout' }; Change = @{} }
            @{ Failure = 'InsufficientScope'; Rule = @{ RequiredScope = 'orders.read' }; Change = @{ scope = 'x' } }
            @{ Failure = 'ClaimMismatch'; Rule = @{ RequiredGroup = 'sales' }; Change = @{ groups = @('x') } }
            @{ Failure = 'ClaimMismatch'; Rule = @{ RequiredClaim = @{ sub = 'alice' } }; Change = @{ sub = 'bob' } }
            @{ Failure = 'TokenUseMismatch'; Rule = @{ ClientCertificate = $other }; Change = @{ cnf = @{ 'x5t#S256' = 'x' } } }
        )
        $count = 0
        $faults = foreach ($source in $sources.Keys) {
            foreach ($name in $names.Keys) {
                if ($source -eq 'published' -and $name -eq 'issuer') { continue }
                $expected = if ($name -eq 'realm') { $realm } else { $issuer }
                $call = $sources[$source] + $names[$name]
                foreach ($entry in 'Token', 'AuthorizationHeader') {
                    foreach ($case in $rules) {
                        $count++
                        $change = $case.Change
                        if (-not $change.ContainsKey('iss')) { $change = $change + @{ iss = $expected } }
                        $bad = New-Token $change
                        $good = New-Token @{ iss = $expected }
                        $sent = @{ $entry = if ($entry -eq 'Token') { $bad } else { "Bearer $bad" } }
                        $rule = $case.Rule
                        $result = Test-AuthToken @sent @call @rule -Detailed
                        if ($result.IsValid -or $result.Failure -ne $case.Failure) { "$source, $name, $entry, $($case.Failure): $($result.Failure)" }
                        if ($rule.TokenUse) { continue }
                        $sent = @{ $entry = if ($entry -eq 'Token') { $good } else { "Bearer $good" } }
                        if (-not (Test-AuthToken @sent @call @rule)) { "$source, $name, $entry, $($case.Failure): the good token is refused" }
                    }
                }
            }
        }
        $faults | Should -BeNullOrEmpty
        $count | Should -BeGreaterThan 200
        Write-Host "expected values of the cmdlet: $count wrong tokens refused"
    }

    It 'is the issuer of the session that is named, with keys of one''s own' {
        $token = Get-AuthToken -Authority $issuer -ClientId nightly -ClientSecret (New-Secret 's') -ForceRefresh
        $token | Should -Not -BeNullOrEmpty
        Set-ScriptedToken $service (New-Token @{ iss = 'https://evil.example' })
        $null = Update-AuthToken
        (Test-AuthToken -Session (Get-AuthSession | Select-Object -First 1) -Jwks $keyFile -Detailed).Failure | Should -Be 'IssuerMismatch'
        Set-ScriptedToken $service (New-Token)
        $null = Update-AuthToken
        Test-AuthToken -Session (Get-AuthSession | Select-Object -First 1) -Jwks $keyFile | Should -BeTrue
    }

    It 'is not known with keys alone, which the result and the advice say' {
        Remove-AuthSession -All
        $result = Test-AuthToken (New-Token) -Jwks $keyFile -Detailed -Advise
        $result.IsValid | Should -BeTrue
        $row = $result.Checks | Where-Object Name -eq Issuer
        $row.WasRun | Should -BeFalse
        $row.Reason | Should -BeLike '*-Issuer*-Authority*'
        $result.Advice.Rule | Should -Contain 'IssuerNotCompared'
        Test-AuthToken (New-Token) -Jwks $keyFile -Advise -WarningVariable said -WarningAction SilentlyContinue | Should -BeTrue
        "$said" | Should -BeLike '*IssuerNotCompared*'
    }

    It 'is refused where it is empty: <Name>' -ForEach @(
        @{ Name = '-RequiredClaim @{}'; Call = { Test-AuthToken 'x' -Authority $issuer -RequiredClaim @{} } }
        @{ Name = 'a claim without values'; Call = { Test-AuthToken 'x' -Authority $issuer -RequiredClaim @{ roles = @() } -ErrorAction Stop } }
        @{ Name = 'a blank audience'; Call = { Test-AuthToken 'x' -Authority $issuer -Audience ' ' -ErrorAction Stop } }
        @{ Name = 'a blank scope'; Call = { Test-AuthToken 'x' -Authority $issuer -RequiredScope ' ' -ErrorAction Stop } }
    ) {
        $Call | Should -Throw
    }

    It 'is compared exactly where it is a number' {
        Test-AuthToken (New-Token @{ n = 9007199254740993 }) -Authority $issuer -RequiredClaim @{ n = 9007199254740993 } | Should -BeTrue
        Test-AuthToken (New-Token @{ n = 9007199254740993 }) -Authority $issuer -RequiredClaim @{ n = 9007199254740992.0 } | Should -BeFalse
    }

    It 'is the certificate that the caller showed, for a token that is bound to one' {
        $shown = New-Certificate 'caller'
        $token = New-Token @{ cnf = @{ 'x5t#S256' = Get-Thumbprint $shown } }
        Test-AuthToken $token -Authority $issuer -ClientCertificate $shown | Should -BeTrue
        (Test-AuthToken $token -Authority $issuer -ClientCertificate (New-Certificate 'other') -Detailed).Failure | Should -Be 'TokenUseMismatch'
        (Test-AuthToken -AuthorizationHeader "Bearer $token" -Authority $issuer -Detailed).StatusCode | Should -Be 401
    }

    It 'is a logout token, as an issuer sends them' -Tag 'R32' {
        $claims = @{
            iss = $issuer; aud = 'portal'; iat = Get-EpochSeconds; exp = Get-EpochSeconds 120; jti = 'j1'; sid = 's1'
            events = @{ 'http://schemas.openid.net/event/backchannel-logout' = @{} }
        }
        $token = New-TestToken $key $claims -Type 'logout+jwt'
        Test-AuthToken $token -Authority $issuer -TokenUse logout -ClientId portal | Should -BeTrue
        (Test-AuthToken $token -Authority $issuer -TokenUse logout -ClientId other -Detailed).Failure | Should -Be 'AudienceMismatch'
        (Test-AuthToken $token -Authority $issuer -Detailed).Failure | Should -Be 'TokenUseMismatch'
    }
}
