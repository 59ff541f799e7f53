BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/Jwt.ps1
}

Describe 'No secret is seen' -Tag 'N10', 'P10', 'C4' {
    BeforeAll {
        $service = Start-ScriptedService
        $marks = @{}
        foreach ($name in 'clientSecret', 'password', 'otp', 'accessToken', 'refreshToken', 'idToken', 'proxyPassword') {
            $marks[$name] = "canary-$name-$([guid]::NewGuid().ToString('n'))"
        }
        # An ID token that is not its issuer's is refused: this one is signed.
        $key = New-TestKey
        Set-ScriptedReply $service '/jwks' $key.Jwks
        $marks.idToken = New-TestToken $key @{
            iss = $service.Address; aud = 'nightly'; sub = 'alice'; jti = $marks.idToken; iat = Get-EpochSeconds; exp = Get-EpochSeconds 3600
        } -Type JWT
        # Outside Windows CliXml holds a SecureString as hex of its UTF-16 text.
        $forms = @($marks.Values) + @($marks.Values | ForEach-Object { [Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($_)) })

        function Find-Mark([string] $Text) { @($forms | Where-Object { $Text.IndexOf($_, [StringComparison]::OrdinalIgnoreCase) -ge 0 }) }

        function Export-AsText($Object) {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
            $Object | Export-Clixml -Path $file -Depth 4
            Get-Content $file -Raw
        }

        # Every way in which PowerShell makes a text of an object.
        function Get-TextForms($Object) {
            foreach ($one in @($Object)) {
                "$one"
                $one | Out-String -Width 500
                $one | Format-List * -Force | Out-String -Width 500
                $one | Format-Table * -Force | Out-String -Width 5000
                $one | Format-Custom -Depth 3 | Out-String -Width 500
                $one | ConvertTo-Json -Depth 3 -WarningAction Ignore
                $one | ConvertTo-Csv
                $one | ConvertTo-Html
                ($one | ConvertTo-Xml -Depth 4).OuterXml
                [System.Management.Automation.PSSerializer]::Serialize($one, 4)
                Export-AsText $one
                Export-AsText @{ inside = @($one) }
            }
        }

        $arguments = @{
            Authority = $service.Address
            ClientId = 'nightly'
            ClientSecret = New-Secret $marks.clientSecret
            Credential = [pscredential]::new('alice', (New-Secret $marks.password))
            Otp = $marks.otp
        }
        Set-ScriptedToken $service $marks.accessToken @{ refresh_token = $marks.refreshToken; id_token = $marks.idToken }
        $proxy = [pscredential]::new('proxy', (New-Secret $marks.proxyPassword))
    }

    AfterAll { ${service}?.Dispose() }

    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service $marks.accessToken @{ refresh_token = $marks.refreshToken; id_token = $marks.idToken }
        Set-ScriptedReply $service '/revoke' @{}
        $Error.Clear()
    }

    It 'in the text forms of tokens, sessions and revocations' {
        $token = Get-AuthToken @arguments
        $token.ToPlainText() | Should -Be $marks.accessToken
        $token.HasRefreshToken | Should -BeTrue
        Find-Mark (Get-TextForms $token) | Should -BeNullOrEmpty
        Find-Mark (Get-TextForms (Get-AuthSession)) | Should -BeNullOrEmpty
        Find-Mark (Get-TextForms (Test-AuthToken -Detailed -Offline)) | Should -BeNullOrEmpty
        Find-Mark (Get-TextForms (Revoke-AuthToken -PassThru)) | Should -BeNullOrEmpty
    }

    It 'in any stream, with everything switched on' {
        $lines = & {
            Get-AuthToken @arguments -ProxyCredential $proxy -Verbose -Debug
            Update-AuthToken -Verbose -Debug
            Revoke-AuthToken -PassThru -Verbose -Debug
        } *>&1
        @($lines | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }) | Should -Not -BeNullOrEmpty
        Find-Mark ($lines | Out-String -Width 500) | Should -BeNullOrEmpty
    }

    It 'in the error records of a server that repeats what it was sent' {
        Set-ScriptedReply $service '/token' @{ error = 'invalid_client'; error_description = "wrong: $($marks.clientSecret) $($marks.password) $($marks.otp)" } 401
        $record = Get-Failure { Get-AuthToken @arguments }
        $record.FullyQualifiedErrorId | Should -BeLike '*,AuthModule.Commands.GetAuthTokenCommand'
        Find-Mark (Get-TextForms $record) | Should -BeNullOrEmpty
        Find-Mark ($record | Get-Error | Out-String -Width 500) | Should -BeNullOrEmpty
        Find-Mark (Get-TextForms $record.Exception) | Should -BeNullOrEmpty
        Find-Mark $record.Exception.ToJson() | Should -BeNullOrEmpty
    }

    It 'in $Error, also where a failure ends nothing' {
        Set-ScriptedReply $service '/token' @{ error = 'invalid_grant'; error_description = $marks.password } 400
        Get-AuthToken @arguments -ErrorAction SilentlyContinue
        $Error.Count | Should -BeGreaterThan 0
        Find-Mark (Get-TextForms @($Error)) | Should -BeNullOrEmpty
    }

    It 'in a transcript' {
        $script = Join-Path $TestDrive 'session.ps1'
        $transcript = Join-Path $TestDrive 'transcript.txt'
        Set-Content $script @"
Start-Transcript '$transcript' -IncludeInvocationHeader | Out-Null
Import-Module '$modulePath'
`$secret = ConvertTo-SecureString `$env:MARK_SECRET -AsPlainText -Force
`$token = Get-AuthToken -Authority '$($service.Address)' -ClientId nightly -ClientSecret `$secret -Verbose -Debug
`$token
`$token | Format-List *
Get-AuthSession
Update-AuthToken
Revoke-AuthToken -PassThru
Get-AuthToken
Stop-Transcript | Out-Null
"@
        $env:MARK_SECRET = $marks.clientSecret
        try { & $freshPowerShell -NoProfile -NonInteractive -File $script *> $null } finally { $env:MARK_SECRET = $null }
        $text = Get-Content $transcript -Raw
        $text | Should -BeLike '*Service: http://127.0.0.1:*'
        Find-Mark $text | Should -BeNullOrEmpty
    }

    It 'in the target of an error, where an address holds a password' {
        $record = Get-Failure { Get-AuthToken -Authority "https://alice:$($marks.password)@id.example.com" -ClientId nightly }
        $record.FullyQualifiedErrorId | Should -BeLike 'InvalidUrl,*'
        Find-Mark (Get-TextForms $record.TargetObject) | Should -BeNullOrEmpty
        Find-Mark ($record.Exception.Message + $record.ErrorDetails) | Should -BeNullOrEmpty
    }
}
