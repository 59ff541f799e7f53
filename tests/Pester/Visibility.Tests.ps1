BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    # One of each kind: C0, DEL, C1, line ends, bidirectional, invisible, tags.
    $hostile = "$([char] 27)[2J", [char] 7, [char] 8, "`r`n", [char] 0x7f, [char] 0x9b, [char] 0x85, [char] 0x2028, [char] 0x202e, [char] 0x2066, [char] 0x200f,
        [char] 0x061c, [char] 0x200b, [char] 0xfeff, [char] 0x00ad, [char]::ConvertFromUtf32(0xE0041)
    $words = 'x' + ($hostile -join 'y') + 'z'
    # The views' own line breaks, and colours of a terminal that there is none of here, are not the server's.
    $hidden = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\udb40'
    if ($PSVersionTable.PSVersion.Major -ge 7) { $rendering = $PSStyle.OutputRendering; $PSStyle.OutputRendering = 'PlainText' }
    function New-Secret([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
    function ConvertTo-Part($Value) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Value -Compress -Depth 5))).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
    function Get-View($Object) {
        @{
            'default'       = $Object | Out-String
            'Format-Table'  = $Object | Format-Table | Out-String
            'Format-List'   = $Object | Format-List | Out-String
            'Format-List *' = $Object | Format-List * | Out-String
            'Format-Wide'   = $Object | Format-Wide | Out-String
            'text'          = "$Object"
        }
    }
    $service = Start-ScriptedService
}

AfterAll {
    if ($rendering) { $PSStyle.OutputRendering = $rendering }
    Get-AuthSession | Remove-AuthSession
    $service.Dispose()
}

Describe 'A server that writes to the terminal' -Tag 'U5', 'P1' {
    It 'shows nothing of it as it is' {
        $claims = @{ sub = $words; iss = $words; scope = $words; groups = @($words); name = $words; deep = @{ deeper = $words } }
        $jwt = '{0}.{1}.AAAA' -f (ConvertTo-Part @{ alg = 'RS256'; kid = $words; typ = $words }), (ConvertTo-Part $claims)
        Set-ScriptedToken $service $jwt @{ scope = $words; sub = $words }
        $arguments = @{ Authority = $service.Address; ClientId = 'hostile'; ClientSecret = (New-Secret 'the-secret') }
        $objects = [ordered]@{
            token    = Get-AuthToken @arguments
            session  = Get-AuthSession | Where-Object ClientId -eq 'hostile'
            decoded  = ConvertFrom-AuthToken $jwt
            tested   = Test-AuthToken $jwt -Offline -Detailed
        }
        $objects.checks = $objects.tested.Checks
        $objects.claims = $objects.tested.Claims
        Set-ScriptedReply $service '/token' @{ error = $words; error_description = $words } 400
        $streams = Get-AuthToken @arguments -ForceRefresh -Verbose -ErrorVariable refused -ErrorAction SilentlyContinue *>&1
        $objects.refusal = $refused[0]
        $objects.exception = $refused[0].Exception
        $objects.lastError = $objects.session.LastError
        $looked = 0
        foreach ($name in $objects.Keys) {
            $views = Get-View $objects[$name]
            foreach ($view in $views.Keys) {
                $views[$view] | Should -Not -Match $hidden -Because "$name by $view"
                $looked++
            }
        }
        $streams | Out-String | Should -Not -Match $hidden
        $refused[0].Exception.ToJson() | Should -Not -Match $hidden
        $refused[0].Exception.OAuthErrorDescription | Should -Match '\\u001b\[2J'
        $objects.token.Subject | Should -Match '^x\\u001b\[2Jy\\u0007'
        Write-Host "hostile views: $($hostile.Count) kinds of characters x $looked views"
    }

}

Describe 'Secrets in -Parameter' -Tag 'S11', 'N10' {
    BeforeEach {
        Set-ScriptedReply $service '/token' @{ error = 'x'; error_description = 'app_secret zeta is unknown' } 400
        $arguments = @{ Provider = 'oauth2'; TokenEndpoint = "$($service.Address)/token"; Authority = $service.Address; ClientId = 'p'; ClientSecret = (New-Secret 'the-secret') }
    }

    It 'are masked, as <Kind>' -ForEach @(
        @{ Kind = 'SecureString'; Value = { New-Secret 'zeta' } }
        @{ Kind = 'PSCredential'; Value = { [pscredential]::new('app', (New-Secret 'zeta')) } }
        @{ Kind = 'text under the name of a secret'; Value = { 'zeta' } }
    ) {
        $lines = Get-AuthToken @arguments -Parameter @{ app_secret = & $Value } -Verbose -Debug -ErrorVariable refused -ErrorAction SilentlyContinue *>&1
        $refused[0].Exception.OAuthErrorDescription | Should -Be 'app_secret *** is unknown'
        ($lines | Out-String) + ($refused | Format-List * -Force | Out-String) | Should -Not -Match 'zeta'
        $service.BodiesOf('/token')[-1] | Should -Match 'app_secret=zeta'
    }

    It 'are not taken in a list' {
        { Get-AuthToken @arguments -Parameter @{ app_secret = @((New-Secret 'zeta'), 'b') } } | Should -Throw '*a list with a secret in it*'
    }
}

Describe '-Debug' -Tag 'U8' {
    It 'never asks, and shows the names of fields, harmless headers and the places that were read' {
        Set-ScriptedReply $service '/token' @{ access_token = 'plain'; nested = @{ inner = 'value' } } -Header 'Server: scripted', 'X-Odd: odd'
        $text = Invoke-FreshPowerShell "
            Import-Module `$module
            `$secret = ConvertTo-SecureString 'the-secret' -AsPlainText -Force
            `$token = Get-AuthToken -Authority '$($service.Address)' -ClientId debugged -ClientSecret `$secret -AllowInsecureHttp -Debug 5>&1
            `$DebugPreference = 'Inquire'; `$VerbosePreference = 'Inquire'
            `$null = Update-AuthToken
            Revoke-AuthToken -Debug -ErrorAction SilentlyContinue
            'done'
            `$token | ForEach-Object { `"`$_`" }" | Out-String
        $text | Should -Match '(?m)^done'
        $text | Should -Match 'server: scripted \| fields [a-z_., ]*nested\.inner'
        $text | Should -Not -Match 'X-Odd|value'
        $text | Should -Match 'Read from the reply: access token at access_token'
        $text | Should -Match 'Authorization: \*\*\*'
        $text | Should -Not -Match 'the-secret'
    }
}

Describe '-TimeoutSec' -Tag 'N8' {
    It 'holds for the revocation of a session that is handed over' {
        Set-ScriptedToken $service 'plain'
        $null = Get-AuthToken -Authority $service.Address -ClientId timed -ClientSecret (New-Secret 'the-secret')
        $service.Hang('/revoke')
        $result = Get-AuthSession | Where-Object ClientId -eq 'timed' | Revoke-AuthToken -TimeoutSec 1 -MaximumRetryCount 0 -PassThru -ErrorAction SilentlyContinue -ErrorVariable late
        $late[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        $late[0].Exception.Message | Should -Match 'within 1 second'
        $result.LocalCleared | Should -BeTrue
    }
}
