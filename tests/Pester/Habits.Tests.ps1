# What an administrator expects of any module: completion, the pipeline, splatting, -WhatIf, -ErrorAction, -ErrorVariable.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $service = Start-ScriptedService
    $address = $service.Address
    Set-ScriptedReply $service '/.well-known/openid-configuration' @{
        issuer = $address; token_endpoint = "$address/token"; revocation_endpoint = "$address/revoke"; jwks_uri = "$address/jwks"
        scopes_supported = 'openid', 'orders.read', 'orders.write', 'stock.read'
    }
    Set-ScriptedToken $service
    Set-ScriptedReply $service '/revoke' @{}
    $client = @{ Authority = $address; ClientId = 'a'; ClientSecret = New-Secret 'a secret' }
    $formerConfig = $env:AUTHMODULE_CONFIG
    $env:AUTHMODULE_CONFIG = Join-Path $TestDrive 'profiles.json'
    @{ profiles = @{ nightly = @{ authority = $address; description = 'The nightly job' }; 'my night' = @{ authority = $address } } } | ConvertTo-Json -Depth 5 | Set-Content $env:AUTHMODULE_CONFIG

    function Complete([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
}

AfterAll {
    $env:AUTHMODULE_CONFIG = $formerConfig
    Remove-AuthSession -All
    ${service}?.Dispose()
}

Describe 'Tab completion' {
    BeforeEach { Remove-AuthSession -All }

    It 'knows profiles, in quotes where they need them' {
        Complete 'Get-AuthToken -Profile n' | Should -Be 'nightly'
        Complete 'Get-AuthProfile my' | Should -Be "'my night'"
        Complete 'Test-AuthService -Profile n' | Should -Be 'nightly'
        Complete 'Get-AuthApiKey -Profile n' | Should -Be 'nightly'
    }

    It 'knows providers wherever one is named' {
        foreach ($command in 'Get-AuthToken', 'Test-AuthToken', 'Test-AuthService', 'Revoke-AuthToken', 'New-AuthAuthorizationRequest') {
            Complete "$command -Provider px" | Should -Be 'px-backup' -Because $command
        }
    }

    It 'knows sessions wherever one is named' {
        $token = Get-AuthToken @client
        foreach ($line in 'Get-AuthToken -Session ', 'Update-AuthToken -Session ', 'Revoke-AuthToken -Session ', 'Test-AuthToken -Session ', 'Invoke-AuthRestMethod x -Session ', 'New-AuthApiKey -Session ', 'Remove-AuthSession -Id ', 'Get-AuthSession -Id ') {
            Complete $line | Should -Contain $token.SessionId -Because $line
        }
    }

    It 'offers to unregister what was registered, and nothing that is built in' {
        Complete 'Unregister-AuthProvider ' | Should -Not -Contain 'oidc'
        $file = Join-Path $PSScriptRoot '../../examples/providers/directus.json'
        $null = Register-AuthProvider $file
        try { Complete 'Unregister-AuthProvider ' | Should -Be 'directus' } finally { Unregister-AuthProvider directus }
        Complete 'Get-AuthToken -Provider oid' | Should -Be 'oidc'
    }

    It 'knows stores' {
        Complete 'Get-AuthToken -Store mem' | Should -Be 'memory'
        Complete 'New-AuthIssuer -Store mem' | Should -Be 'memory'
    }

    It 'knows the scopes that the server advertises, by authority and by profile' {
        Complete "Get-AuthToken -Authority $address -Scope orders." | Should -Be 'orders.read', 'orders.write'
        Complete 'Get-AuthToken -Profile nightly -Scope st' | Should -Be 'stock.read'
        Complete "Test-AuthService -Authority $address -Scope orders.read, st" | Should -Contain 'stock.read'
    }

    It 'knows those of the current session''s server' {
        $null = Get-AuthToken @client
        Complete 'Get-AuthToken -Scope st' | Should -Be 'stock.read'
    }

    It 'is silent where the server or the profile file fails' {
        $before = $global:Error.Count
        Complete 'Get-AuthToken -Authority http://127.0.0.1:9 -Scope orders.' | Should -BeNullOrEmpty
        Complete 'Get-AuthToken -Profile nosuch -Scope orders.' | Should -BeNullOrEmpty
        $good = Get-Content $env:AUTHMODULE_CONFIG -Raw
        Set-Content $env:AUTHMODULE_CONFIG '{'
        try { Complete 'Get-AuthToken -Profile n' | Should -Not -Contain 'nightly' } finally { Set-Content $env:AUTHMODULE_CONFIG $good }
        $global:Error.Count | Should -Be $before
    }

    It 'does not wait for a server that does not answer' {
        $silent = Start-ScriptedService
        try {
            $silent.Hang('/.well-known/openid-configuration')
            Complete "Get-AuthToken -Authority $($silent.Address) -Scope orders." | Should -BeNullOrEmpty
        } finally { $silent.Dispose() }
    }
}

Describe 'The pipeline' {
    BeforeEach { Remove-AuthSession -All }

    It 'takes sessions and tokens by value' {
        $token = Get-AuthToken @client
        ($token | Update-AuthToken).SessionId | Should -Be $token.SessionId
        (Get-AuthSession | Get-AuthToken).SessionId | Should -Be $token.SessionId
        Get-AuthSession | Remove-AuthSession
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'takes names by property' {
        ([pscustomobject] @{ Name = 'oidc' } | Get-AuthProvider).Name | Should -Be 'oidc'
        ([pscustomobject] @{ Name = 'nightly' } | Get-AuthProfile).Name | Should -Be 'nightly'
        @([pscustomobject] @{ Profile = 'nightly' } | Test-AuthService)[0].Detail | Should -BeLike "*profile 'nightly'"
    }

    It 'goes on after one item that fails' {
        $names = 'nightly', 'nosuch', 'my night' | Get-AuthProfile -ErrorAction SilentlyContinue -ErrorVariable failures
        $names.Name | Should -Be 'nightly', 'my night'
        $failures.FullyQualifiedErrorId | Should -Be 'InvalidProfile,AuthModule.Commands.GetAuthProfileCommand'
    }
}

Describe 'Common parameters' {
    BeforeEach { Remove-AuthSession -All }

    It 'splatting and $PSDefaultParameterValues say what a call leaves out' {
        $PSDefaultParameterValues = @{ 'Get-AuthToken:Authority' = $address; '*-Auth*:MaximumRetryCount' = 0 }
        $rest = @{ ClientId = 'b'; ClientSecret = New-Secret 'b secret' }
        (Get-AuthToken @rest).ClientId | Should -Be 'b'
    }

    It '-WhatIf changes nothing' {
        $null = Get-AuthToken @client
        $before = $service.Count
        Revoke-AuthToken -WhatIf
        Get-AuthSession | Remove-AuthSession -WhatIf
        $service.Count | Should -Be $before
        @(Get-AuthSession) | Should -HaveCount 1
    }

    It 'Revoke-AuthToken -Session takes several, as Remove-AuthSession does' {
        $null = Get-AuthToken @client
        $null = Get-AuthToken @client -Scope stock.read
        $sessions = @(Get-AuthSession)
        $sessions | Should -HaveCount 2
        Revoke-AuthToken -Session $sessions -PassThru | Should -HaveCount 2
        Get-AuthSession | Should -BeNullOrEmpty
        $token = Get-AuthToken @client
        Revoke-AuthToken -Session $token.SessionId, (Get-AuthToken @client -Scope stock.read) -PassThru | Should -HaveCount 2
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It '-Confirm:$false does without asking' {
        $null = Get-AuthToken @client
        Revoke-AuthToken -Confirm:$false
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'every cmdlet that sends, writes or forgets has -WhatIf and -Confirm' -Tag 'U11' {
        # What only reads, or makes an object in this process.
        $reads = 'Test-AuthToken', 'Test-AuthService', 'Test-AuthProvider', 'ConvertFrom-AuthToken', 'New-AuthOtp', 'New-AuthIssuer'
        $commands = Get-Command -Module AuthModule | Where-Object { $_.Name -notin $reads -and ($_.Verb -ne 'Get' -or $_.Name -eq 'Get-AuthToken') }
        $commands.Count | Should -BeGreaterThan 13
        foreach ($command in $commands) {
            $command.Parameters.Keys | Should -Contain 'WhatIf' -Because $command.Name
            $command.Parameters.Keys | Should -Contain 'Confirm' -Because $command.Name
        }
    }

    It 'with -WhatIf nothing is sent and nothing changes: <Command>' -Tag 'U11' -ForEach @(
        @{ Command = 'Get-AuthToken'; Run = { Get-AuthToken @client -Scope stock.read -WhatIf } }
        @{ Command = 'Get-AuthToken -ForceRefresh'; Run = { Get-AuthToken -ForceRefresh -WhatIf } }
        @{ Command = 'Update-AuthToken'; Run = { Update-AuthToken -WhatIf } }
        @{ Command = 'Invoke-AuthRestMethod'; Run = { Invoke-AuthRestMethod "$address/api" -WhatIf } }
        @{ Command = 'New-AuthAuthorizationRequest'; Run = { New-AuthAuthorizationRequest -Authority $address -ClientId b -RedirectUri http://127.0.0.1/ -WhatIf } }
        @{ Command = '$WhatIfPreference'; Run = { $WhatIfPreference = $true; Get-AuthToken -ForceRefresh } }
    ) {
        $null = Get-AuthToken @client
        $token = Get-AuthToken -AsPlainText
        $before = $service.Count
        & $Run | Should -BeNullOrEmpty
        $service.Count | Should -Be $before
        Get-AuthToken -AsPlainText | Should -Be $token
        @(Get-AuthSession) | Should -HaveCount 1
    }

    It 'with -WhatIf a token that is there is given all the same' -Tag 'U11' {
        $token = Get-AuthToken @client -AsPlainText
        Get-AuthToken -WhatIf -AsPlainText | Should -Be $token
    }

    It 'Register-AuthProvider -WhatIf registers nothing' -Tag 'U11' {
        $file = Join-Path $TestDrive 'whatif.json'
        Set-Content $file '{ "name": "whatif", "endpoints": { "token": "{authority}/t" }, "grants": { "client_credentials": {} } }'
        Register-AuthProvider $file -WhatIf | Should -BeNullOrEmpty
        (Get-AuthProvider).Name | Should -Not -Contain 'whatif'
    }

    It '-ErrorAction and -ErrorVariable give a record that a script can branch on' -Tag 'N9', 'D3' {
        $failed = $null
        $nothing = Get-AuthToken -Profile nosuch -ErrorAction SilentlyContinue -ErrorVariable failed
        $nothing | Should -BeNullOrEmpty
        switch -Wildcard ($failed[0].FullyQualifiedErrorId) { 'InvalidProfile,*' { $branch = 'profile' } }
        $branch | Should -Be 'profile'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failed[0].Exception.Code | Should -Be 'InvalidProfile'
        { Get-AuthToken -Profile nosuch -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidProfile,*'
    }
}

Describe 'Progress' -Tag 'D1' {
    It 'shows a call that takes longer than a second, and takes it away at the end' {
        $service = Start-ScriptedService
        $shell = [powershell]::Create()
        try {
            $service.Hang('/token')
            $null = $shell.AddScript('param($Module, $Arguments) Import-Module $Module; Get-AuthToken @Arguments').AddArgument($modulePath).AddArgument(
                @{ Authority = $service.Address; ClientId = 'nightly'; ClientSecret = New-Secret 'canary-progress'; TimeoutSec = 4; MaximumRetryCount = 0 })
            $null = $shell.Invoke()
            $shell.Streams.Error.FullyQualifiedErrorId | Should -Be 'Timeout,AuthModule.Commands.GetAuthTokenCommand'
            $records = @($shell.Streams.Progress | Where-Object Activity -eq 'Get-AuthToken')
            $records[0].StatusDescription | Should -BeLike "Waiting for $($service.Address) since * s*"
            "$($records.StatusDescription)" | Should -Not -Match 'canary'
            $records[-1].RecordType | Should -Be 'Completed'
        } finally {
            $shell.Dispose()
            $service.Dispose()
        }
    }
}
