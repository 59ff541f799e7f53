BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $server = Start-AuthServer
    $nightly = $server.clients | Where-Object client_id -EQ nightly
    $formerConfig = $env:AUTHMODULE_CONFIG
    $env:AUTHMODULE_CONFIG = Join-Path $TestDrive 'profiles.json'
    $env:AUTHMODULE_TEST_NIGHTLY = $nightly.client_secret
    $env:AUTHMODULE_TEST_ALICE = ($server.users | Where-Object username -EQ alice).password

    function Set-Profile([hashtable] $Profiles) {
        @{ profiles = $Profiles } | ConvertTo-Json -Depth 9 | Set-Content $env:AUTHMODULE_CONFIG
    }

    $service = @{ authority = $server.issuer }
    $standard = @{
        nightly = $service + @{ description = 'The nightly job'; clientId = 'nightly'; clientSecret = @{ env = 'AUTHMODULE_TEST_NIGHTLY' }; scope = 'orders.read', 'orders.write' }
        alice   = $service + @{ clientId = 'desktop'; userName = 'alice'; password = @{ env = 'AUTHMODULE_TEST_ALICE' } }
        web     = $service + @{ clientId = 'portal'; redirectUri = 'http://127.0.0.1/back'; scope = 'openid' }
    }
}

AfterAll {
    Remove-AuthSession -All
    $env:AUTHMODULE_CONFIG = $formerConfig
    $env:AUTHMODULE_TEST_NIGHTLY = $env:AUTHMODULE_TEST_ALICE = $env:AUTHMODULE_PROFILE = $null
    Stop-AuthServer $server
}

Describe 'Profiles' -Tag 'C14' {
    BeforeEach {
        Remove-AuthSession -All
        Set-Profile $standard
    }

    It 'sign a client in' {
        $token = Get-AuthToken -Profile nightly
        $token.ClientId | Should -Be 'nightly'
        $token.Scopes | Should -Be 'orders.read', 'orders.write'
        (Get-AuthSession).Grant | Should -Be 'client_credentials'
    }

    It 'sign a person in' {
        (Get-AuthToken -Profile ALICE).Subject | Should -Be 'alice'
        (Get-AuthSession).Grant | Should -Be 'password'
    }

    It 'come after what the call says' {
        (Get-AuthToken -Profile nightly -Scope orders.read).Scopes | Should -Be 'orders.read'
        (Get-AuthToken -Profile nightly -Credential $server.aliceCredential -ClientId desktop).Subject | Should -Be 'alice'
    }

    It 'can be named by environment, by splatting and by $PSDefaultParameterValues' {
        $env:AUTHMODULE_PROFILE = 'nightly'
        try { (Get-AuthToken).ClientId | Should -Be 'nightly' } finally { $env:AUTHMODULE_PROFILE = $null }
        $named = @{ Profile = 'alice' }
        (Get-AuthToken @named).Subject | Should -Be 'alice'
        $PSDefaultParameterValues = @{ 'Get-AuthToken:Profile' = 'nightly' }
        (Get-AuthToken -Scope orders.read).ClientId | Should -Be 'nightly'
    }

    It 'are listed without their secrets' -Tag 'N10' {
        (Get-AuthProfile).Name | Should -Be 'alice', 'nightly', 'web'
        (Get-AuthProfile n*).Secrets | Should -Be 'clientSecret=env:AUTHMODULE_TEST_NIGHTLY'
        (Get-AuthProfile nightly).Grant | Should -Be 'client_credentials'
        $shown = (Get-AuthProfile | Out-String -Width 300), (Get-AuthProfile | Format-List * | Out-String), (Get-AuthProfile | ConvertTo-Json -Depth 5) -join ' '
        $shown | Should -Match 'nightly\s.*nightly\s.*orders\.read orders\.write\s+clientSecret=env:AUTHMODULE_TEST_NIGHTLY'
        $shown | Should -Not -Match ([regex]::Escape($nightly.client_secret))
    }

    It 'can be piped to what takes -Profile' {
        (Get-AuthProfile nightly | Get-AuthToken).ClientId | Should -Be 'nightly'
        @(Get-AuthProfile nightly, alice | Get-AuthToken).ClientId | Should -Be 'nightly', 'desktop'
    }

    It 'name the service of other cmdlets' {
        $token = Get-AuthToken -Profile nightly
        Test-AuthToken $token -Profile nightly -Audience orders | Should -BeTrue
        (New-AuthAuthorizationRequest -Profile web).Url | Should -BeLike "$($server.issuer)/*client_id=portal*"
        (Revoke-AuthToken -Profile nightly -PassThru).AccessToken | Should -Be 'Confirmed'
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'open the session of the cmdlets for API keys and second factors' {
        Set-Profile @{ keys = $service + @{ provider = 'pynomaly'; userName = 'alice'; password = @{ env = 'AUTHMODULE_TEST_ALICE' } } }
        $key = New-AuthApiKey nightly -Profile keys
        (Get-AuthApiKey -Profile keys).Id | Should -Contain $key.Id
        (Get-AuthMfa -Profile keys) | Should -Not -BeNullOrEmpty
        { Get-AuthMfa -Profile keys -Session (Get-AuthSession)[0] } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'that are unknown or damaged are InvalidProfile with what to do' -Tag 'N9' {
        $unknown = Get-Failure { Get-AuthToken -Profile nosuch }
        $unknown.FullyQualifiedErrorId | Should -Be 'InvalidProfile,AuthModule.Commands.GetAuthTokenCommand'
        $unknown.Exception.Message | Should -BeLike "*no profile 'nosuch'*It holds nightly, alice, web*".Replace('nightly, alice, web', '*')
        $unknown.ErrorDetails.RecommendedAction | Should -BeLike '*Get-AuthProfile*'
        Set-Content $env:AUTHMODULE_CONFIG "{ `"profiles`": {`n`"p`": { `"clientSecret`": `"hunter2`" } } }"
        $damaged = Get-Failure { Get-AuthProfile }
        $damaged.Exception.Message | Should -BeLike '*profiles.json, line 2, field profiles.p.clientSecret*'
        "$damaged" | Should -Not -BeLike '*hunter2*'
        { Get-AuthToken -Session x -Profile p } | Should -Throw
    }
}

Describe 'Secrets in a vault' -Skip:(-not (Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement)) {
    BeforeAll {
        $secrets = Join-Path $TestDrive 'secrets.json'
        @{ nightly = $nightly.client_secret; 'nightly-credential' = $nightly.client_secret; broken = 'x' } | ConvertTo-Json | Set-Content $secrets
        $client = $service + @{ clientId = 'nightly' }
        Set-Profile @{
            nightly         = $client + @{ clientSecret = @{ vault = 'Team'; secret = 'nightly' } }
            'by-credential' = $client + @{ clientSecret = @{ vault = 'Team'; secret = 'nightly-credential' } }
            missing         = $client + @{ clientSecret = @{ vault = 'Team'; secret = 'nosuch' } }
            broken          = $client + @{ clientSecret = @{ vault = 'Team'; secret = 'broken' } }
            'no-vault'      = $client + @{ clientSecret = @{ vault = 'Nosuch'; secret = 'nightly' } }
        }
        $formerHome = $env:HOME
        $formerProfile = $env:USERPROFILE
        $formerLocal = $env:LOCALAPPDATA
        $env:HOME = $env:USERPROFILE = $env:LOCALAPPDATA = (New-Item (Join-Path $TestDrive 'home') -ItemType Directory).FullName
        try {
            $output = & $freshPowerShell -NoProfile -NonInteractive -File "$PSScriptRoot/Support/Use-Vault.ps1" $modulePath Team $secrets "$PSScriptRoot/Support/FakeVault"
        } finally {
            $env:HOME = $formerHome
            $env:USERPROFILE = $formerProfile
            $env:LOCALAPPDATA = $formerLocal
        }
        $found = @($output)[-1] | ConvertFrom-Json
    }

    It 'sign a client in, as a SecureString and as a credential' {
        $found.Token | Should -Be 'nightly'
        $found.Credential | Should -Be 'nightly'
    }

    It 'are read once for a sign-in, not while its token is good, and again for each renewal' {
        $found.ReadsAfterFirst | Should -Be 1
        $found.ReadsAfterSecond | Should -Be 1
        $found.ReadsAfterRenewal | Should -Be 2
        $found.ManyAtOnce | Should -Be 'nightly nightly nightly'
    }

    It 'that are not there are InvalidProfile, and the vault''s own words are not repeated' -Tag 'N10' {
        $found.missing | Should -BeLike "InvalidProfile,*vault:Team/nosuch*Get-Secret -Vault 'Team' -Name 'nosuch'*"
        $found.'no-vault' | Should -BeLike 'InvalidProfile,*vault:Nosuch/nightly*'
        $found.broken | Should -BeLike 'InvalidProfile,*vault:Team/broken*'
        $found.broken | Should -Not -BeLike '*canary*'
        $found.Errors | Should -Not -Match ([regex]::Escape($nightly.client_secret))
    }

    It 'are a step of the diagnosis' -Tag 'N17' {
        $found.Check | Should -Be 'clientSecret from vault:Team/nightly'
    }
}
