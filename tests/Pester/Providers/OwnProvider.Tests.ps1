BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/ScriptedServer.ps1

    # An invented service: a nested reply, an end in milliseconds, a header of its own, words of its own.
    $description = @{
        name = 'contoso'
        title = 'Contoso Warehouse'
        parameters = @{ tenant = @{ required = $true; pattern = '^[a-z]+$'; explanation = 'the short name of the tenant' } }
        endpoints = @{ login = '{authority}/{tenant}/session'; renew = '{authority}/{tenant}/renewal'; leave = '{authority}/{tenant}/leave' }
        grants = @{
            password = @{ endpoint = 'login'; encoding = 'json'; credential = 'none'; fields = [ordered]@{ user = '{username}'; secret_word = '{password}' } }
            refresh_token = @{ endpoint = 'renew'; encoding = 'json'; credential = 'none'; fields = @{ renewal = '{refreshToken}' } }
        }
        operations = @{ signOut = @{ endpoint = 'leave'; encoding = 'none'; credential = 'token' } }
        reply = @{
            accessToken = 'result.session.ticket'; refreshToken = 'result.session.renewal'; subject = 'result.user.id'
            expiresAt = 'result.session.validUntil'; expiresAtUnit = 'ms'
        }
        errors = @{ code = 'problem.key'; message = 'problem.text'; rules = @(@{ id = 'AccountLocked'; code = 'FROZEN' }) }
        tokenHeaders = @{ 'X-Contoso-Ticket' = '{accessToken}' }
    }

    function Save-Description([hashtable] $Content, [string] $Name) {
        $path = Join-Path $TestDrive "$Name.json"
        ConvertTo-Json $Content -Depth 8 | Set-Content $path
        $path
    }

    function Set-Ticket([string] $Path, [string] $Ticket, [long] $Until) {
        Set-ScriptedReply $service $Path @{ result = @{ session = @{ ticket = $Ticket; renewal = "n-$Ticket"; validUntil = $Until }; user = @{ id = 'u-9' } } }
    }

    $service = [AuthModule.Pester.ScriptedServer]::new()
    $until = [DateTimeOffset]::UtcNow.AddMinutes(30).ToUnixTimeMilliseconds()
    $ann = @{ Provider = 'contoso'; Authority = $service.Address; Parameter = @{ tenant = 'north' }; Credential = [pscredential]::new('ann', (New-Secret 'open sesame')) }
}

AfterAll {
    Remove-AuthSession -All
    Get-AuthProvider | Where-Object Name -In 'contoso', 'fabrikam' | Unregister-AuthProvider
    ${service}?.Dispose()
}

Describe 'A provider of one''s own, by JSON alone' -Tag 'N12', 'N1' {
    BeforeAll {
        $registered = Register-AuthProvider -Path (Save-Description $description contoso)
        Set-Ticket '/north/session' t1 $until
        Set-Ticket '/north/renewal' t2 $until
        Set-ScriptedReply $service '/north/leave' @{}
    }

    It 'is known from then on' {
        $registered | Should -BeOfType ([AuthModule.AuthProvider])
        (Get-AuthProvider contoso).Name | Should -Be 'contoso'
    }

    It 'gets, renews and ends its tickets by the four cmdlets' {
        $token = Get-AuthToken @ann
        $token.ToPlainText() | Should -Be 't1'
        $token.Subject | Should -Be 'u-9'
        $token.ExpiresOn.ToUnixTimeMilliseconds() | Should -Be $until
        $token.ToHeader().Keys | Should -Be 'X-Contoso-Ticket'
        (Update-AuthToken).ToPlainText() | Should -Be 't2'
        (Revoke-AuthToken -PassThru).AccessToken | Should -Be 'Confirmed'
        $service.BodiesOf('/north/session') | Should -BeExactly '{"user":"ann","secret_word":"open sesame"}'
        $service.BodiesOf('/north/renewal') | Should -BeExactly '{"renewal":"n-t1"}'
        $service.CountOf('/north/leave') | Should -Be 1
    }

    It 'tells its errors in its own words' {
        Set-ScriptedReply $service '/south/session' @{ problem = @{ key = 'FROZEN'; text = 'Ask the front desk' } } -Status 409
        $south = $ann.Clone()
        $south.Parameter = @{ tenant = 'south' }
        $failure = Get-Failure { Get-AuthToken @south }
        $failure.Exception.Code | Should -Be 'AccountLocked'
        $failure.Exception.OAuthErrorDescription | Should -Be 'Ask the front desk'
    }

    It 'names a parameter that is missing' -Tag 'P4' {
        $failure = Get-Failure { Get-AuthToken -Provider contoso -Authority $service.Address -Credential $ann.Credential }
        $failure.Exception.Code | Should -Be 'MissingParameter'
        $failure.Exception.Message | Should -BeLike '*tenant*the short name of the tenant*'
    }

    It 'is unknown once it was unregistered' {
        Unregister-AuthProvider contoso
        (Get-Failure { Get-AuthToken @ann }).Exception.Code | Should -Be 'UnknownProvider'
    }
}

Describe 'A description that is none' {
    It 'is refused with a secret in it' -Tag 'N10' {
        $leaky = $description.Clone()
        $leaky.name = 'fabrikam'
        $leaky.grants = @{ password = @{ endpoint = 'login'; encoding = 'json'; fields = @{ username = '{username}'; client_secret = 'hunter2-hunter2' } } }
        $failure = Get-Failure { Register-AuthProvider -Path (Save-Description $leaky fabrikam) }
        $failure.Exception.Code | Should -Be 'InvalidProvider'
        "$($failure.Exception)" | Should -Not -BeLike '*hunter2*'
    }

    It 'is refused where it is no JSON, or is not there' {
        $path = Join-Path $TestDrive 'broken.json'
        Set-Content $path '{ "name": '
        (Get-Failure { Register-AuthProvider -Path $path }).Exception.Code | Should -Be 'InvalidProvider'
        (Get-Failure { Register-AuthProvider -Path (Join-Path $TestDrive 'nosuch.json') }).Exception.Code | Should -Be 'InvalidProvider'
    }
}
