BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/Jwt.ps1
    $service = Start-ScriptedService
    Set-ScriptedToken $service
    $client = @{ Provider = 'oauth2'; TokenEndpoint = "$($service.Address)/token"; Authority = $service.Address; ClientId = 'nightly'; ClientSecret = New-Secret x }
}

AfterAll {
    Remove-AuthSession -All
    ${service}?.Dispose()
}

Describe 'Durations' -Tag 'N4' {
    It 'takes <Given> for <Seconds> seconds' -ForEach @(
        @{ Given = 300; Seconds = 300 }
        @{ Given = [long] 3600; Seconds = 3600 }
        @{ Given = 1.5; Seconds = 1.5 }
        @{ Given = '300'; Seconds = 300 }
        @{ Given = '90s'; Seconds = 90 }
        @{ Given = '30m'; Seconds = 1800 }
        @{ Given = '12h'; Seconds = 43200 }
        @{ Given = '7d'; Seconds = 604800 }
        @{ Given = '00:05:00'; Seconds = 300 }
        @{ Given = '1.02:03:04'; Seconds = 93784 }
        @{ Given = [timespan]::FromMinutes(2); Seconds = 120 }
    ) {
        $issuer = New-AuthIssuer -TokenLifetime $Given -RefreshLifetime $Given
        $issuer.TokenLifetime.TotalSeconds | Should -Be $Seconds
        $issuer.RefreshLifetime.TotalSeconds | Should -Be $Seconds
        $issuer.TokenLifetime | Should -BeOfType ([timespan])
    }

    It 'allows for clocks that are apart by a number of seconds' {
        $token = New-TestToken (New-TestKey) @{ iss = $service.Address; sub = 'alice'; iat = Get-EpochSeconds -1200; exp = Get-EpochSeconds -600 }
        Test-AuthToken $token -Offline -ClockSkew 300 | Should -BeFalse
        Test-AuthToken $token -Offline -ClockSkew 3600 | Should -BeTrue
        Test-AuthToken $token -Offline -ClockSkew 1h | Should -BeTrue
    }

    It 'takes a number for the life that a token has to have left' {
        $null = Get-AuthToken @client
        $before = $service.CountOf('/token')
        $null = Get-AuthToken -MinimumLifetime 60
        $service.CountOf('/token') | Should -Be $before
    }

    It 'refuses <Given>' -ForEach @{ Given = 'soon' }, @{ Given = '5x' }, @{ Given = [long]::MaxValue }, @{ Given = [double]::NaN } {
        $failure = { New-AuthIssuer -TokenLifetime $Given } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError*'
        $failure.Exception.Message | Should -BeLike '*is not a duration. Give seconds (300)*'
    }

    It 'refuses what is below zero: <Name>' -ForEach @(
        @{ Name = '-MinimumLifetime'; Run = { Get-AuthToken @client -MinimumLifetime -5 } }
        @{ Name = '-ClockSkew'; Run = { Test-AuthToken x -Offline -ClockSkew '-00:01:00' } }
        @{ Name = '-TokenLifetime'; Run = { New-AuthIssuer -TokenLifetime -5 } }
        @{ Name = '-RefreshLifetime'; Run = { New-AuthIssuer -RefreshLifetime '-1' } }
    ) {
        (Get-Failure $Run).Exception.Code | Should -Be 'InvalidDuration'
    }

    It 'refuses a lifetime past the end of the calendar' {
        (Get-Failure { New-AuthIssuer -TokenLifetime ([timespan]::MaxValue) }).Exception.Code | Should -Be 'InvalidDuration'
        (Get-Failure { New-AuthIssuer -RefreshLifetime ([timespan]::MaxValue) }).Exception.Code | Should -Be 'InvalidDuration'
    }
}
