BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $server = Start-AuthServer
    $nightly = @{ Authority = $server.issuer; ClientId = 'nightly'; ClientSecret = $server.nightlySecret; Scope = 'orders.read' }
}

AfterAll { Stop-AuthServer $server }

Describe 'Test-AuthService' -Tag 'N17' {
    It 'finds nothing wrong with a good service and keeps no session' {
        $checks = Test-AuthService @nightly
        $checks | Should -HaveCount 17
        $checks[0] | Should -BeOfType ([AuthModule.ServiceCheck])
        $checks | Where-Object Passed -EQ $false | Should -BeNullOrEmpty
        ($checks | Where-Object Name -EQ SignIn).Passed | Should -BeTrue
        ($checks | Where-Object Name -EQ Tls).Passed | Should -Be $null
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'says what is wrong as a result, not as an error' {
        $wrong = $nightly.Clone()
        $wrong.ClientSecret = New-Secret 'wrong-canary'
        $fault = Test-AuthService @wrong -ErrorAction Stop | Where-Object Passed -EQ $false
        $fault.Name | Should -Be 'SignIn'
        $fault.Id | Should -Be 'InvalidClient'
        $fault.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'gives each step when it is done' {
        $service = Start-ScriptedService
        try {
            $first = Test-AuthService -Authority $service.Address | Select-Object -First 3
            $first.Name | Should -Be 'Address', 'Secrets', 'Name'
            $service.Count | Should -Be 0
        } finally { $service.Dispose() }
    }

    It 'shows a table with ok and FAIL, and nothing secret' -Tag 'N10' {
        $wrong = $nightly.Clone()
        $wrong.ClientSecret = New-Secret 'wrong-canary'
        $text = (Test-AuthService @nightly), (Test-AuthService @wrong) | ForEach-Object { $_ } | Out-String -Width 200
        $text | Should -Match '(?m)^Step\s+Result Detail'
        $text | Should -Match '(?m)^Discovery\s+ok\s+issuer http://127'
        $text | Should -Match '(?m)^Tls\s+-\s+the address is http'
        $text | Should -Match '(?m)^SignIn\s+FAIL\s'
        $text | Should -Match '(?m)^\s+-> Check the client id and the secret'
        foreach ($secret in 'canary', ($server.clients | Where-Object client_id -EQ nightly).client_secret, 'eyJ') {
            $text | Should -Not -Match ([regex]::Escape($secret))
            Test-AuthService @nightly | ConvertTo-Json | Should -Not -Match ([regex]::Escape($secret))
        }
    }

    It 'tests each row of a table of services, an empty cell being nothing' {
        $path = Join-Path $TestDrive 'services.csv'
        @(
            'Authority,Provider,ClientId,Scope,TokenEndpoint,Owner'
            "$($server.issuer),,nightly,orders.read,,alice"
            "$($server.issuer),oauth2,,,$($server.issuer)/token,bob"
            'https://id.contoso.invalid?x,oidc,,,,carol'
        ) | Set-Content $path
        $addresses = @(Import-Csv $path | Test-AuthService -ClientSecret $server.nightlySecret -ErrorAction Stop | Where-Object Name -EQ Address)
        $addresses.Passed | Should -Be $true, $true, $false
        $addresses[0].Detail | Should -BeLike '*(oidc)'
        $addresses[1].Detail | Should -BeLike '*(oauth2)'
        $checks = Import-Csv $path | Select-Object -First 1 | Test-AuthService -ClientSecret $server.nightlySecret
        ($checks | Where-Object Name -EQ Scopes).Detail | Should -Be 'orders.read advertised'
        ($checks | Where-Object Name -EQ SignIn).Detail | Should -BeLike "*'nightly'*"
    }

    It 'takes a proxy that is no address for a result' {
        $fault = Test-AuthService -Authority id.contoso.invalid -Proxy proxy.contoso.invalid:8080 -ErrorAction Stop | Where-Object Passed -EQ $false
        $fault.Name, $fault.Id | Should -Be 'Address', 'InvalidUrl'
    }

    It 'tries a person''s sign-in with a wish for the lifetime' {
        $checks = Test-AuthService -Provider px-backup -Authority $server.issuer -ClientId pxcentral -Credential $server.aliceCredential -TokenDuration 12h
        $checks | Where-Object Passed -EQ $false | Should -BeNullOrEmpty
        ($checks | Where-Object Name -EQ Lifetime).Detail | Should -Be 'the token lives 12 hours; asked for was 12h'
    }
}
