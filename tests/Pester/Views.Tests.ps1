BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $modulePath = Join-Path (Get-Module AuthModule).ModuleBase 'AuthModule.psd1'

    function Get-Encoded([string] $Text) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }

    # An object as the cmdlets give it, without the service that would have to be there for it.
    function New-Shown([string] $Type, [hashtable] $Property) {
        $shown = [pscustomobject] $Property
        $shown.PSTypeNames.Insert(0, "AuthModule.$Type")
        $shown
    }

    $subject = '3f2a91c4-1b7e-4b1f-9a7d-0123456789ab'
    $client = '8c0d1f7e-aaaa-4bbb-8ccc-1234567890ab'
    $service = Start-ScriptedService
    $jwt = (Get-Encoded '{"alg":"none"}'), (Get-Encoded (ConvertTo-Json @{ sub = $subject } -Compress)), (Get-Encoded 'x') -join '.'
    Set-ScriptedToken $service $jwt @{
        scope = 'orders.read orders.write customers.read customers.write invoices.read invoices.write'
    }
    $token = Get-AuthToken -Authority $service.Address -ClientId $client -ClientSecret (New-Secret x)
    $session = Get-AuthSession
    $expires = $token.ExpiresOn.LocalDateTime.ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)
}

AfterAll {
    Remove-AuthSession -All
    ${service}?.Dispose()
}

Describe 'Default views' {
    It 'show state, time left and end at <_> columns, however long names and scopes are' -ForEach 80, 120 {
        $token | Out-String -Width $_ | Should -Match "Subject +Client +Scopes +Expires +Left +State *\r?\n.*\r?\n$($subject.Substring(0, 12)).* $expires 00:\d\d:\d\d Fresh"
        $session | Out-String -Width $_ | Should -Match "Id +State Left +Expires .*\r?\n.*\r?\n$($session.Id) Fresh 00:\d\d:\d\d $expires "
        foreach ($line in ($token, $session, (Get-AuthProvider) | Out-String -Width $_) -split '\r?\n') { $line.Length | Should -BeLessOrEqual $_ }
    }

    It 'show a provider with its parameters and its title at 80 columns' {
        Get-AuthProvider | Out-String -Width 80 | Should -Match 'Name +Parameters +Title'
    }

    It 'show what a description comes to, a line for each fault and request' {
        $path = Join-Path $TestDrive 'shop.json'
        Set-Content $path '{ "name": "shop", "grants": { "password": { "endpoint": "{authority}/login" }, "client_credentials": { "endpoint": "{authority}/token" } } }'
        Test-AuthProvider $path | Out-String -Width 200 | Should -Match '(?s)IsValid +: True.*Requests +: password: POST https://\S+/login\r?\n +client_credentials: POST https://\S+/token'
        Set-Content $path '{ "name": "shop", "grants": { "pasword": { } }, "titel": "x" }'
        Test-AuthProvider $path | Out-String -Width 300 | Should -Match '(?s)IsValid +: False.*Faults +: line 1.*\n +line 1'
    }

    It 'show the scopes of a session last, as far as there is room' {
        $session | Out-String -Width 300 | Should -Match 'Scopes *\r?\n.*\r?\n.* orders\.read .* invoices\.write'
    }

    It 'show times of what was written to a file and read again' {
        $path = Join-Path $TestDrive 'objects.xml'
        $token, $session | Export-Clixml $path
        $text = Import-Clixml $path | ForEach-Object { $_ | Out-String -Width 120 }
        $text[0] | Should -Match "$expires 00:\d\d:\d\d Fresh"
        $text[1] | Should -Match "Fresh 00:\d\d:\d\d $expires "
    }

    It 'show times in the same calendar in <_>' -ForEach 'th-TH', 'ar-SA', 'fa-IR' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $token | Out-String -Width 120 | Should -Match ([regex]::Escape($expires))
            $session | Out-String -Width 120 | Should -Match ([regex]::Escape($expires))
        } finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'show times, claims and checks in the constrained language mode' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddCommand('Import-Module').AddArgument($modulePath).Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript('
                param($token, $session, $text)
                $ExecutionContext.SessionState.LanguageMode
                $token | Out-String -Width 120
                $session | Out-String -Width 120
                Test-AuthToken $text -Offline -Detailed | Out-String -Width 120
                ConvertFrom-AuthToken $text | Out-String -Width 120').AddArgument($token).AddArgument($session).AddArgument($token.ToPlainText())
            $shown = $shell.Invoke()
            $shown[0] | Should -Be 'ConstrainedLanguage'
            $shown[1] | Should -Match "$expires 00:\d\d:\d\d Fresh"
            $shown[2] | Should -Match "Fresh 00:\d\d:\d\d $expires "
            $shown[3] | Should -Match 'Shape +ok '
            $shown[4] | Should -Match "sub = $subject"
        } finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'show an issuer with the name of its store' {
        New-AuthIssuer -TokenLifetime 00:05:00 | Out-String | Should -Match 'Store +: memory\r?\n.*\r?\nTokenLifetime +: 00:05:00'
    }

    It 'say how to read an API key that is given once, and do not show it' {
        $key = New-Shown ApiKey @{ Authority = $service.Address; Id = '1'; Name = 'nightly'; Key = New-Secret 'key-canary'; IsActive = $true; ExpiresOn = $token.ExpiresOn; LastUsedOn = $null; Scopes = 'a', 'b' }
        $text = $key | Out-String -Width 120
        $text | Should -Match ([regex]::Escape('$key.Key | ConvertFrom-SecureString -AsPlainText'))
        $text | Should -Match "1 +nightly True +$expires +a b"
        $text | Should -Not -Match 'canary|SecureString\r?\n.*SecureString'
        $key.Key = $null
        $key, $key | Out-String -Width 120 | Should -Not -Match 'ConvertFrom'
    }

    It 'count backup codes' {
        $enrollment = New-Shown MfaEnrollment @{ Authority = $service.Address; Method = 'Totp'; Subject = 'alice'; Secret = New-Secret x; BackupCodes = @(New-Secret y) * 10; QrPath = $null; Message = $null }
        $text = $enrollment | Out-String -Width 120
        $text | Should -Match 'BackupCodes +: 10 backup codes'
        $text | Should -Not -Match 'System\.Security'
        New-Shown MfaStatus @{ Authority = $service.Address; IsEnabled = $true; Methods = 'totp', 'sms'; BackupCodesLeft = 3 } | Out-String | Should -Match 'Methods +: totp sms'
    }
}
