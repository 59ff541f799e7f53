BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/Jwt.ps1
    $key = New-TestKey
    $service = Start-ScriptedService
    Set-ScriptedReply $service '/jwks' $key.Jwks
    $rules = @{ Authority = $service.Address; Audience = 'orders' }

    function New-Token([hashtable] $Change = @{}) {
        $claims = @{
            iss = $service.Address; sub = 'alice'; aud = 'orders'; client_id = 'nightly'; scope = 'orders.read'
            groups = @('sales'); jti = "$([guid]::NewGuid())"; iat = Get-EpochSeconds; exp = Get-EpochSeconds 600
        }
        foreach ($name in $Change.Keys) { $claims[$name] = $Change[$name] }
        New-TestToken $key $claims
    }
}

AfterAll {
    Remove-AuthSession -All
    ${service}?.Dispose()
}

Describe 'Test-AuthToken -AuthorizationHeader' -Tag 'C13', 'G11' {
    It 'lets a good token in: 200' {
        $header = "Bearer $(New-Token)"
        Test-AuthToken -AuthorizationHeader $header @rules -RequiredScope orders.read | Should -BeExactly $true
        $result = Test-AuthToken -AuthorizationHeader $header @rules -RequiredScope orders.read -Detailed
        $result.StatusCode | Should -Be 200
        $result.WwwAuthenticate | Should -BeNullOrEmpty
        $result.Subject, $result.Claims.client_id | Should -Be 'alice', 'nightly'
    }

    It 'takes the scheme in any case' {
        Test-AuthToken -AuthorizationHeader "bearer $(New-Token)" @rules | Should -BeTrue
        Test-AuthToken -AuthorizationHeader "BEARER $(New-Token)" @rules | Should -BeTrue
    }

    It 'asks for a token where there is none: <Name>, 401 without an error' -ForEach @(
        @{ Name = 'no header'; Header = $null }
        @{ Name = 'an empty header'; Header = '' }
        @{ Name = 'another scheme'; Header = 'Basic YWxpY2U6c2VjcmV0' }
    ) {
        $result = Test-AuthToken -AuthorizationHeader $Header @rules -RequiredScope orders.read -Detailed
        $result.StatusCode | Should -Be 401
        $result.WwwAuthenticate | Should -BeExactly 'Bearer scope="orders.read"'
        Test-AuthToken -AuthorizationHeader $Header @rules | Should -BeExactly $false
    }

    It 'refuses <Name>: <Status> <ErrorCode>' -ForEach @(
        @{ Name = 'a token that is none'; Status = 401; ErrorCode = 'invalid_token'; Make = { 'Bearer garbage' } }
        @{ Name = 'two tokens'; Status = 401; ErrorCode = 'invalid_token'; Make = { "Bearer $(New-Token) $(New-Token)" } }
        @{ Name = 'a scheme alone'; Status = 401; ErrorCode = 'invalid_token'; Make = { 'Bearer ' } }
        @{ Name = 'an expired token'; Status = 401; ErrorCode = 'invalid_token'; Make = { "Bearer $(New-Token @{ iat = 0; exp = 3600 })" } }
        @{ Name = 'a token for somebody else'; Status = 401; ErrorCode = 'invalid_token'; Make = { "Bearer $(New-Token @{ aud = 'payroll' })" } }
        @{ Name = 'a token that is bound to a key'; Status = 401; ErrorCode = 'invalid_token'; Make = { "Bearer $(New-Token @{ cnf = @{ jkt = 'x' * 43 } })" } }
        @{ Name = 'a token with too little scope'; Status = 403; ErrorCode = 'insufficient_scope'; Make = { "Bearer $(New-Token @{ scope = 'orders.list' })" } }
        @{ Name = 'an expired token with too little scope'; Status = 401; ErrorCode = 'invalid_token'; Make = { "Bearer $(New-Token @{ scope = 'x'; iat = 0; exp = 3600 })" } }
    ) {
        $result = Test-AuthToken -AuthorizationHeader (& $Make) @rules -RequiredScope orders.read -Detailed
        $result.IsValid | Should -BeFalse
        $result.StatusCode | Should -Be $Status
        $result.WwwAuthenticate | Should -BeLike "Bearer error=`"$ErrorCode`", error_description=`"*"
        if ($Status -eq 403) { $result.WwwAuthenticate | Should -BeLike '*, scope="orders.read"' }
    }

    It 'answers 403 to a person who is not of the group, or fails the user''s own rule' -Tag 'C10', 'C12' {
        (Test-AuthToken -AuthorizationHeader "Bearer $(New-Token)" @rules -RequiredGroup owners -Detailed).StatusCode | Should -Be 403
        (Test-AuthToken -AuthorizationHeader "Bearer $(New-Token)" @rules -Condition { $_.sub -eq 'bob' } -Detailed).StatusCode | Should -Be 403
        (Test-AuthToken -AuthorizationHeader "Bearer $(New-Token)" @rules -Condition { $_.sub -eq 'alice' } -Detailed).StatusCode | Should -Be 200
    }

    It 'puts nothing of the token into the answer' {
        $token = New-Token @{ aud = "x`r`nSet-Cookie: stolen=1" }
        (Test-AuthToken -AuthorizationHeader "Bearer $token" @rules -Detailed).WwwAuthenticate | Should -Not -Match 'stolen|[\r\n]'
    }

    It 'goes with no token: they exclude each other' {
        { Test-AuthToken -Token x -AuthorizationHeader y @rules } | Should -Throw -ErrorId 'AmbiguousParameterSet,AuthModule.Commands.TestAuthTokenCommand'
    }
}

Describe 'Test-AuthToken for many tokens' {
    It 'fetches the keys once for all that come by the pipeline' -Tag 'C6' {
        $before = $service.CountOf('/jwks')
        $tokens = 1..50 | ForEach-Object { New-Token }
        $tokens | Test-AuthToken @rules | Where-Object { $_ } | Should -HaveCount 50
        $service.CountOf('/jwks') - $before | Should -BeLessOrEqual 1
    }

    It 'keeps the sessions of tokens apart' {
        $mine = New-AuthIssuer
        $yours = New-AuthIssuer
        $first = Get-AuthToken -Issuer $mine -Subject alice
        $second = Get-AuthToken -Issuer $yours -Subject bob
        $first, $second, $first | Test-AuthToken -Detailed | ForEach-Object Subject | Should -Be 'alice', 'bob', 'alice'
        $first, $second | Test-AuthToken -Issuer $mine | Should -Be $true, $false
        Remove-AuthSession -All
    }
}

Describe 'Test-AuthToken -Issuer' {
    It 'takes an issuer of one''s own, a name and an address' {
        $token = New-Token
        Test-AuthToken $token @rules -Issuer $service.Address | Should -BeTrue
        Test-AuthToken $token @rules -Issuer ([uri] 'https://elsewhere.example.com') | Should -BeFalse
        Test-AuthToken $token -Issuer (New-AuthIssuer) | Should -BeFalse
    }

    It 'takes nothing else' {
        { Test-AuthToken x -Issuer 42 } | Should -Throw '*AuthIssuer*Int32*'
    }
}

Describe 'Test-AuthToken -Advise' -Tag 'R16' {
    It 'warns of what the best practices advise against, and says yes all the same' {
        $token = New-Token @{ exp = Get-EpochSeconds 864000; password = 'hunter2' }
        Test-AuthToken $token @rules -Advise -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeTrue
        "$warnings" | Should -BeLike '*LongLife*'
        "$warnings" | Should -Not -BeLike '*hunter2*'
    }

    It 'gives the advice in the detailed result' {
        $result = Test-AuthToken (New-Token @{ exp = Get-EpochSeconds 864000; password = 'hunter2' }) @rules -Advise -Detailed -WarningVariable warnings
        $result.Advice.Rule | Should -Contain 'LongLife'
        $result.Advice.Rule | Should -Contain 'SecretInClaims'
        ($result.Advice | Where-Object Rule -EQ 'LongLife').Reference | Should -BeLike 'RFC *'
        $warnings | Should -BeNullOrEmpty
    }

    It 'advises nothing where it was not asked' {
        (Test-AuthToken (New-Token @{ exp = Get-EpochSeconds 864000 }) @rules -Detailed).Advice | Should -BeNullOrEmpty
    }
}
