BeforeAll {
    . $PSScriptRoot/../Support/TestModule.ps1
    . $PSScriptRoot/../Support/AuthServer.ps1
    $server = Start-AuthServer -ReadsMessages

    function Connect-Person([string] $Name) {
        Get-AuthToken -Provider pynomaly -Authority $server.issuer -Credential $server."${Name}Credential"
    }

    function Get-PlainText([securestring] $Secret) { [System.Net.NetworkCredential]::new('', $Secret).Password }
}

AfterAll {
    Remove-AuthSession -All
    Stop-AuthServer $server
}

Describe 'pynomaly: an authenticator app' -Tag 'Y6', 'Y7', 'Y8' {
    BeforeAll {
        $null = Connect-Person alice
        $png = Join-Path $TestDrive 'factor.png'
        $enrollment = Register-AuthMfa Totp -QrPath $png
    }

    AfterAll { Remove-AuthSession -All }

    It 'starts with nothing' {
        (Get-AuthMfa).IsEnabled | Should -BeFalse
        (Get-AuthMfa).Methods | Should -BeNullOrEmpty
    }

    It 'enrols with a secret of 32 characters, its address, and backup codes' {
        Get-PlainText $enrollment.Secret | Should -MatchExactly '^[A-Z2-7]{32}$'
        Get-PlainText $enrollment.Uri | Should -BeLike "otpauth://totp/Pynomaly%20Security:alice*secret=$(Get-PlainText $enrollment.Secret)&issuer=Pynomaly%20Security"
        $enrollment.BackupCodes.Count | Should -BeGreaterThan 0
    }

    It 'shows the address as a QR code in the terminal and writes it as PNG' {
        $enrollment.ToQrText() | Should -Match '^[█▀▄ \r\n]+$'
        $lines = $enrollment.ToQrText().TrimEnd() -split '\r?\n'
        $lines.Length | Select-Object -Unique | Should -HaveCount 1
        $enrollment.QrPath | Should -Be $png
        [Convert]::ToHexString([System.IO.File]::ReadAllBytes($png)[0..7]) | Should -Be '89504E470D0A1A0A'
    }

    It 'shows no secret in a table, list or JSON' -Tag 'P10' {
        $text = ($enrollment | Out-String) + ($enrollment | Format-List * | Out-String) + ($enrollment | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue)
        $text | Should -Not -BeLike "*$(Get-PlainText $enrollment.Secret)*"
        $text | Should -Not -BeLike "*$(Get-PlainText $enrollment.BackupCodes[0])*"
    }

    It 'does not count before its first code, and not with a wrong one' {
        $right = New-AuthOtp $enrollment.Secret
        Confirm-AuthMfa Totp ($right -replace '^.', (([int][string] $right[0] + 1) % 10)) | Should -BeFalse
        (Get-AuthMfa).IsEnabled | Should -BeFalse
    }

    It 'counts from its first code on: a password alone does not sign in any more' -Tag 'Y11' {
        Confirm-AuthMfa Totp (New-AuthOtp $enrollment.Secret) | Should -BeTrue
        $status = Get-AuthMfa
        $status.IsEnabled | Should -BeTrue
        $status.Methods | Should -Be 'totp'
        $status.BackupCodesLeft | Should -Be $enrollment.BackupCodes.Count

        Remove-AuthSession -All
        (Get-Failure { Connect-Person alice }).Exception.Code | Should -Be 'MfaRequired'
        # The code of the step that was confirmed does not work again, that of the next one does.
        $next = New-AuthOtp $enrollment.Secret -At ([DateTimeOffset]::UtcNow.AddSeconds(30))
        (Get-AuthToken -Provider pynomaly -Authority $server.issuer -Credential $server.aliceCredential -Otp $next).Claims.sub | Should -Be 'alice'
    }
}

Describe 'pynomaly: codes by phone and mail' -Tag 'Y9' {
    BeforeAll { $null = Connect-Person bob }

    AfterAll { Remove-AuthSession -All }

    It 'confirms a phone by the code that it got' {
        (Register-AuthMfa Sms -PhoneNumber '+49 170-1234567').Message | Should -BeLike '*sent*'
        $code = Read-AuthServerCode $server '+491701234567'
        Confirm-AuthMfa -Method Sms -Code $code | Should -BeTrue
        (Get-AuthMfa).Methods | Should -Contain 'sms'
    }

    It 'confirms a mailbox by the code that it got, once' {
        $null = Register-AuthMfa Email -EmailAddress 'bob@example.org'
        $code = Read-AuthServerCode $server 'bob@example.org'
        Confirm-AuthMfa -Method Email -Code $code | Should -BeTrue
        Confirm-AuthMfa -Method Email -Code $code | Should -BeFalse
        (Get-AuthMfa).Methods | Sort-Object | Should -Be 'email', 'sms'
        (Get-AuthMfa).BackupCodesLeft | Should -BeGreaterThan 0
    }

    It 'sends no phone number that is none: <_>' -ForEach '12345', '+49 abc 1234567' {
        (Get-Failure { Register-AuthMfa Sms -PhoneNumber $_ }).Exception.Code | Should -Be 'InvalidRequest'
    }

    It 'enrols nothing with -WhatIf' {
        Register-AuthMfa Totp -WhatIf | Should -BeNullOrEmpty
    }
}

Describe 'New-AuthOtp' -Tag 'Y7' {
    It 'gives the codes of RFC 6238, appendix B: <Algorithm> at <Seconds>' -ForEach @(
        @{ Algorithm = 'SHA1'; Seconds = 59; Length = 20; Code = '94287082' }
        @{ Algorithm = 'SHA256'; Seconds = 59; Length = 32; Code = '46119246' }
        @{ Algorithm = 'SHA512'; Seconds = 59; Length = 64; Code = '90693936' }
        @{ Algorithm = 'SHA1'; Seconds = 20000000000; Length = 20; Code = '65353130' }
    ) {
        # 12345678901234567890..., in base32.
        $base32 = switch ($Length) {
            20 { 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }
            32 { 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA' }
            64 { 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA' }
        }
        New-AuthOtp (New-Secret $base32) -At ([DateTimeOffset]::FromUnixTimeSeconds($Seconds)) -Digits 8 -Algorithm $Algorithm | Should -BeExactly $Code
    }
}
