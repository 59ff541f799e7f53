# What a store holds, seen from a runspace that did not put it there.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $server = Start-AuthServer
    $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)")
    $key = $env:AUTHMODULE_STORE_KEY
    $env:AUTHMODULE_STORE_KEY = 'a passphrase of this test'
    $store = "file:$folder/store"
    $client = @{ Authority = $server.issuer; ClientId = 'nightly'; ClientSecret = $server.nightlySecret; Scope = 'orders.read'; Store = $store }
    $person = @{ Authority = $server.issuer; ClientId = 'desktop'; Credential = $server.aliceCredential; Scope = 'openid'; Store = $store }
}

AfterAll {
    $env:AUTHMODULE_STORE_KEY = $key
    Remove-AuthSession -All
    Stop-AuthServer $server
    Remove-Item $folder -Recurse -Force
}

Describe 'Get-AuthSession -Store' -Tag 'U5' {
    BeforeAll {
        # Opened by another process: nothing of it is in this one.
        $env:STORED_TEST = ConvertTo-Json @{ Module = (Resolve-Path $modulePath).Path; Issuer = $server.issuer; Store = $store; Secret = ($server.clients | Where-Object client_id -EQ nightly).client_secret; Password = ($server.users | Where-Object username -EQ alice).password }
        $null = pwsh -NoProfile -NonInteractive -Command {
            $test = $env:STORED_TEST | ConvertFrom-Json
            Import-Module $test.Module
            $null = Get-AuthToken -Authority $test.Issuer -ClientId nightly -ClientSecret (ConvertTo-SecureString $test.Secret -AsPlainText -Force) -Scope orders.read -Store $test.Store
            $null = Get-AuthToken -Authority $test.Issuer -ClientId desktop -Credential ([pscredential]::new('alice', (ConvertTo-SecureString $test.Password -AsPlainText -Force))) -Scope openid -Store $test.Store
        }
        $env:STORED_TEST = $null
    }

    It 'lists what another process put there, without a secret' -Tag 'N10' {
        $sessions = Get-AuthSession -Store $store
        $sessions.ClientId | Should -Be 'desktop', 'nightly'
        $sessions.Subject | Should -Contain 'alice'
        $sessions.State | Should -Be 'Fresh', 'Fresh'
        $shown = ($sessions | Format-List * | Out-String) + ($sessions | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue)
        $shown | Should -Not -Match 'eyJ'
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'gives each the same id every time' {
        (Get-AuthSession -Store $store).Id | Should -Be (Get-AuthSession -Store $store).Id
        (Get-AuthSession (Get-AuthSession -Store $store)[0].Id -Store $store).ClientId | Should -Be 'desktop'
    }

    It 'goes on with one of them: Select-AuthSession, and a renewal by its refresh token' {
        $stored = Get-AuthSession -Store $store | Where-Object ClientId -EQ desktop
        ($stored | Select-AuthSession).Id | Should -Be $stored.Id
        $token = Get-AuthToken
        $token.Subject | Should -Be 'alice'
        (Update-AuthToken).ToPlainText() | Should -Not -Be $token.ToPlainText()
        (Get-AuthSession).Id | Should -Be $stored.Id
        (Get-AuthSession -Store $store | Where-Object ClientId -EQ desktop).Id | Should -Be $stored.Id
    }

    It 'selects by id, and by an id of the store' {
        $stored = Get-AuthSession -Store $store | Where-Object ClientId -EQ nightly
        (Select-AuthSession -Id $stored.Id -Store $store).ClientId | Should -Be 'nightly'
        (Get-AuthToken).ClientId | Should -Be 'nightly'
        $other = Get-AuthSession | Where-Object ClientId -EQ desktop
        (Select-AuthSession -Id $other.Id).ClientId | Should -Be 'desktop'
    }

    It 'says what cannot renew: a secret that nobody gives' {
        $stored = Get-AuthSession -Store $store | Where-Object ClientId -EQ nightly
        $failure = Get-Failure { Update-AuthToken -Session $stored }
        $failure.FullyQualifiedErrorId | Should -Match '^(InvalidClient|MissingParameter),'
    }

    It 'knows no session of another id' {
        (Get-Failure { Get-AuthSession nosuch -Store $store }).FullyQualifiedErrorId | Should -Be 'NoSession,AuthModule.Commands.GetAuthSessionCommand'
        (Get-Failure { Select-AuthSession -Id nosuch }).FullyQualifiedErrorId | Should -Be 'NoSession,AuthModule.Commands.SelectAuthSessionCommand'
    }

    It 'changes nothing with -WhatIf' -Tag 'U11' {
        $current = (Get-AuthToken).ClientId
        Get-AuthSession -Store $store | Select-AuthSession -WhatIf | Should -BeNullOrEmpty
        (Get-AuthToken).ClientId | Should -Be $current
    }
}
