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

Describe 'Profiles that are written' -Tag 'U7' {
    BeforeEach {
        Remove-AuthSession -All
        Set-Profile $standard
    }

    It 'are made, changed and removed, and sign in' {
        $new = New-AuthProfile job -Authority $server.issuer -ClientId nightly -ClientSecret env:AUTHMODULE_TEST_NIGHTLY -Scope orders.read -Parameter @{ note = 'a' }
        $new.Secrets | Should -Be 'clientSecret=env:AUTHMODULE_TEST_NIGHTLY'
        (Get-AuthToken -Profile job).Scopes | Should -Be 'orders.read'
        (Set-AuthProfile job -Scope orders.write -Clear parameter).Scopes | Should -Be 'orders.write'
        (Get-AuthProfile job).Parameters | Should -BeNullOrEmpty
        Get-AuthProfile job | Remove-AuthProfile -Confirm:$false
        (Get-AuthProfile).Name | Should -Be 'alice', 'nightly', 'web'
    }

    It 'hold no secret' -Tag 'N10' {
        $before = Get-Content $env:AUTHMODULE_CONFIG -Raw
        foreach ($secret in 'hunter2-hunter2', (ConvertTo-SecureString 'hunter2-hunter2' -AsPlainText -Force), @{ value = 'hunter2-hunter2' }) {
            $failure = Get-Failure { New-AuthProfile p -ClientSecret $secret }
            $failure.FullyQualifiedErrorId | Should -Be 'InvalidProfile,AuthModule.Commands.NewAuthProfileCommand'
            "$failure $($failure.ErrorDetails) $($failure.TargetObject)" | Should -Not -Match 'hunter2'
        }
        Get-Content $env:AUTHMODULE_CONFIG -Raw | Should -BeExactly $before
    }

    It 'are left alone by -WhatIf' -Tag 'U11' {
        $before = Get-Content $env:AUTHMODULE_CONFIG -Raw
        New-AuthProfile p -ClientId a -WhatIf
        Set-AuthProfile nightly -Clear scope -WhatIf
        Remove-AuthProfile nightly -WhatIf
        Get-Content $env:AUTHMODULE_CONFIG -Raw | Should -BeExactly $before
    }

    It 'may have a chain, whose way Get-AuthSession names' -Tag 'U15' {
        $null = New-AuthProfile everywhere -Authority $server.issuer -ClientId nightly -Chain @{ way = 'workload'; assertionSource = 'github' }, @{ way = 'client secret'; clientSecret = 'env:AUTHMODULE_TEST_NIGHTLY' }
        $said = Get-AuthToken -Profile everywhere -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$said" | Should -Match "signs in by client secret: by env:AUTHMODULE_TEST_NIGHTLY"
        (Get-AuthSession).Way | Should -Be 'client secret'
        (Get-AuthSession).PassedOver | Should -BeLike 'workload: ACTIONS_ID_TOKEN_REQUEST_URL*'
        (Test-AuthService -Profile everywhere | Where-Object Name -EQ Way).Detail | Should -BeLike 'client secret, by env:*; not workload:*'
    }

    It 'with a fault leave the others usable' -Tag 'U9' {
        Set-Profile ($standard + @{ newer = @{ quantum = $true } })
        $faults = $null
        (Get-AuthProfile -ErrorAction SilentlyContinue -ErrorVariable faults).Name | Should -Be 'alice', 'nightly', 'web'
        $faults.TargetObject | Should -Be 'newer'
        (Get-AuthToken -Profile nightly).ClientId | Should -Be 'nightly'
    }

    It 'are not made by questions where nobody can answer' {
        (Get-Failure { New-AuthProfile -Guided }).FullyQualifiedErrorId | Should -Be 'InteractionRequired,AuthModule.Commands.NewAuthProfileCommand'
    }
}
