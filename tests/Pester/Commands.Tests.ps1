BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $cmdlets = (Get-Command Get-AuthToken).ImplementingType.Assembly
    $engine = [AuthModule.AuthToken].Assembly
    $internal = [System.Reflection.BindingFlags] 'Static, Public, NonPublic'
}

Describe 'The module beside others' -Tag 'N14', 'D5' {
    It 'keeps its engine in a load context of its own' {
        [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($engine).Name | Should -Be 'AuthModule'
        [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($cmdlets).Name | Should -Be 'Default'
    }

    It 'brings no library into the context of other modules' {
        $before = @(& $freshPowerShell -NoProfile -Command '[System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.Location')
        $after = @(& $freshPowerShell -NoProfile -Command "Import-Module '$modulePath'; `$null = Test-AuthToken x.y.z -Offline; [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.Location")
        $folder = Split-Path $cmdlets.Location
        $after | Where-Object { $_ -and $_.StartsWith($folder) } | Split-Path -Leaf | Sort-Object | Should -Be 'AuthModule.Cmdlets.dll', 'AuthModule.Loader.dll'
        $before | Where-Object { $_ -and $_.StartsWith($folder) } | Should -BeNullOrEmpty
    }

    It 'lets scripts name every public type of the engine' {
        $public = $engine.GetExportedTypes() | Where-Object { -not $_.IsNested }
        $public | Should -Not -BeNullOrEmpty
        foreach ($type in $public) { $type.FullName -as [type] | Should -Be $type -Because "scripts write [$($type.FullName)]" }
    }

    It 'can be removed and imported again' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$modulePath'; Remove-Module AuthModule; Import-Module '$modulePath' -Force; (Get-AuthProvider oidc).Name")
            $shell.Invoke() | Should -Be 'oidc'
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally { $shell.Dispose() }
    }
}

Describe 'Error records' -Tag 'D3', 'N9' {
    It 'every id has a fitting category' {
        $of = $cmdlets.GetType('AuthModule.Reporting.ErrorCategories').GetMethod('Of', $internal)
        $ids = $engine.GetType('AuthModule.Errors.ErrorCatalog').GetProperty('Ids', $internal).GetValue($null)
        $ids | Should -Not -BeNullOrEmpty
        foreach ($id in $ids) { $of.Invoke($null, @($id)) | Should -Not -Be 'NotSpecified' -Because "of $id" }
    }

    It 'an exception that nobody foresaw has an id, a category and advice too' {
        $of = $cmdlets.GetType('AuthModule.Reporting.ErrorRecords').GetMethod('Of', [System.Reflection.BindingFlags] 'Static, Public', [type[]] ([System.Exception], [object]))
        $record = $of.Invoke($null, @([System.InvalidOperationException]::new('oops'), 'here'))
        $record.FullyQualifiedErrorId | Should -Be 'Unexpected'
        $record.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'say what happened, then what to do with id and request' {
        $text = & $freshPowerShell -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$modulePath'; Update-AuthToken" 2>&1 | Out-String
        $text | Should -Match '^Update-AuthToken: There is no session in this runspace\.\s+'
        $text | Should -Match '(?m)^  .*Call Get-AuthToken with an authority and credentials first, or pass -Session\.  \[NoSession\]'
    }

    It 'end the statement, so that no script goes on without its token' {
        { Get-AuthToken } | Should -Throw -ErrorId 'NoSession,AuthModule.Commands.GetAuthTokenCommand'
    }

    It 'honour -ErrorAction' {
        { Get-AuthToken -ErrorAction SilentlyContinue -ErrorVariable failed; $failed[0].FullyQualifiedErrorId | Should -BeLike 'NoSession,*' } | Should -Not -Throw
        { Get-AuthToken -ErrorAction Stop } | Should -Throw -ErrorId 'NoSession,AuthModule.Commands.GetAuthTokenCommand'
    }

    It 'of one item leave the others' {
        $failures = $null
        $names = 'oidc', 'nosuch', 'keycloak' | Get-AuthProvider -ErrorAction SilentlyContinue -ErrorVariable failures
        $names.Name | Should -Be 'oidc', 'keycloak'
        $failures.FullyQualifiedErrorId | Should -Be 'UnknownProvider,AuthModule.Commands.GetAuthProviderCommand'
    }
}

Describe 'Parameter sets of Get-AuthToken' -Tag 'N1' {
    BeforeAll {
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        $at = @{ Authority = $service.Address }
        $secret = New-Secret 'a secret'
        $credential = [pscredential]::new('alice', $secret)
    }

    AfterAll { ${service}?.Dispose() }

    BeforeEach { Get-AuthSession | Remove-AuthSession }

    It '<Name> is <Grant>' -ForEach @(
        @{ Name = 'a client with a secret'; Grant = 'client_credentials'; Given = { @{ ClientId = 'a'; ClientSecret = $secret } } }
        @{ Name = 'a secret in the body'; Grant = 'client_credentials'; Given = { @{ ClientId = 'a'; ClientSecret = $secret; ClientAuthentication = 'post' } } }
        @{ Name = 'a user'; Grant = 'password'; Given = { @{ ClientId = 'a'; Credential = $credential } } }
        @{ Name = 'a user of a confidential client'; Grant = 'password'; Given = { @{ ClientId = 'a'; Credential = $credential; ClientSecret = $secret } } }
        @{ Name = 'a refresh token'; Grant = 'refresh_token'; Given = { @{ ClientId = 'a'; RefreshToken = $secret } } }
        @{ Name = 'a refresh token of a confidential client'; Grant = 'refresh_token'; Given = { @{ ClientId = 'a'; RefreshToken = $secret; ClientSecret = $secret } } }
        @{ Name = 'a public client alone'; Grant = 'client_credentials'; Given = { @{ ClientId = 'a' } } }
    ) {
        $given = & $Given
        $null = Get-AuthToken @at @given
        (Get-AuthSession).Grant | Should -Be $Grant
        $service.BodiesOf('/token')[-1] | Should -BeLike "*grant_type=$Grant*"
    }

    It 'takes -AuthUrl and -BaseUrl for -Authority' {
        (Get-AuthToken -AuthUrl $service.Address -ClientId a -ClientSecret $secret).Authority | Should -Be $service.Address
        (Get-AuthToken -BaseUrl $service.Address -ClientId a -ClientSecret $secret).Authority | Should -Be $service.Address
    }

    It 'needs no discovery with -TokenEndpoint' {
        $before = $service.CountOf('/.well-known/openid-configuration')
        $token = Get-AuthToken -Provider oauth2 -TokenEndpoint "$($service.Address)/token" -ClientId a -ClientSecret $secret
        $token.Provider | Should -Be 'oauth2'
        $service.CountOf('/.well-known/openid-configuration') | Should -Be $before
    }

    It 'refuses two ways at once' {
        { Get-AuthToken @at -ClientId a -Credential $credential -RefreshToken $secret } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Get-AuthToken @at -ClientId a -ClientSecret $secret -AsPlainText -AsHeader } | Should -Throw -ErrorId 'InvalidRequest,*'
        $null = Get-AuthToken @at -ClientId a -ClientSecret $secret
        { Get-AuthToken -Session (Get-AuthSession) -Authority elsewhere.example.com } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'takes a session by its id and by its token' {
        $token = Get-AuthToken @at -ClientId a -ClientSecret $secret
        $null = Get-AuthToken @at -ClientId b -ClientSecret $secret
        (Get-AuthToken -Session $token.SessionId).ClientId | Should -Be 'a'
        (Get-AuthToken -Session $token).ClientId | Should -Be 'a'
        { Get-AuthToken -Session 'nosuch' } | Should -Throw
    }

    It 'keeps a session in a folder named from the current location' -Tag 'N11' {
        $env:AUTHMODULE_STORE_KEY = [Convert]::ToBase64String([byte[]] (1..32))
        Push-Location $TestDrive
        try {
            $null = Get-AuthToken @at -ClientId a -ClientSecret $secret -Store file:kept
            Get-ChildItem (Join-Path $TestDrive 'kept') -Recurse -File | Should -Not -BeNullOrEmpty
        } finally {
            Pop-Location
            $env:AUTHMODULE_STORE_KEY = $null
        }
    }
}

Describe 'Tab completion' {
    BeforeAll {
        function Complete([string] $Line) { ([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)).CompletionMatches.CompletionText }
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        $token = Get-AuthToken -Authority $service.Address -ClientId a -ClientSecret (New-Secret x) -Scope orders.read, orders.write
    }

    AfterAll {
        Remove-AuthSession -All
        ${service}?.Dispose()
    }

    It 'knows providers' { Complete 'Get-AuthToken -Provider keyc' | Should -Be 'keycloak' }
    It 'knows sessions' { Complete 'Update-AuthToken -Session ' | Should -Contain $token.SessionId }
    It 'knows stores' { Complete 'Get-AuthToken -Store mem' | Should -Be 'memory' }
    It 'knows the scopes of sessions' { Complete 'Get-AuthToken -Scope orders.' | Should -Be 'orders.read', 'orders.write' }
}

Describe 'Providers of one''s own' -Tag 'N12' {
    BeforeAll {
        $file = Join-Path $TestDrive 'shop.json'
        $builtIn = Join-Path $PSScriptRoot '../../src/AuthModule.Core/Providers/BuiltIn/oauth2.json'
        $description = Get-Content $builtIn -Raw | ConvertFrom-Json
        $description.name = 'shop'
        $description | ConvertTo-Json -Depth 20 | Set-Content $file
    }

    AfterEach { Unregister-AuthProvider shop -ErrorAction Ignore }

    It 'lists the built-in ones' {
        (Get-AuthProvider).Name | Should -Contain 'oidc'
        (Get-AuthProvider oid*).Name | Should -Be 'oidc'
        (Get-AuthProvider '*snow*flake*').Name | Should -Be 'snowflake'
        (Get-AuthProvider '*federation*').Name | Should -Contain 'google-sts'
        (Get-AuthProvider oidc).IsBuiltIn | Should -BeTrue
    }

    It 'registers a file, also from the pipeline and the current location' {
        (Get-Item $file | Register-AuthProvider).Name | Should -Be 'shop'
        (Get-AuthProvider shop).IsBuiltIn | Should -BeFalse
        Push-Location $TestDrive
        try { (Register-AuthProvider ./shop.json).Name | Should -Be 'shop' } finally { Pop-Location }
    }

    It 'unregisters it' {
        $null = Register-AuthProvider $file
        Unregister-AuthProvider shop
        { Get-AuthProvider shop } | Should -Throw -ErrorId 'UnknownProvider,AuthModule.Commands.GetAuthProviderCommand'
        { Unregister-AuthProvider oidc -WhatIf } | Should -Throw -ErrorId 'UnknownProvider,AuthModule.Commands.UnregisterAuthProviderCommand'
        { Unregister-AuthProvider oidc } | Should -Throw -ErrorId 'UnknownProvider,AuthModule.Commands.UnregisterAuthProviderCommand'
    }

    It 'names the file of a description that cannot be read' {
        $bad = Join-Path $TestDrive 'bad.json'
        Set-Content $bad '{ "name": '
        $record = Get-Failure { Register-AuthProvider $bad }
        $record.FullyQualifiedErrorId | Should -Be 'InvalidProvider,AuthModule.Commands.RegisterAuthProviderCommand'
        $record.Exception.Message | Should -BeLike '*bad.json*'
    }
}

Describe 'Views' {
    BeforeAll {
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        $token = Get-AuthToken -Authority $service.Address -ClientId nightly -ClientSecret (New-Secret x) -Scope orders.read
    }

    AfterAll {
        Remove-AuthSession -All
        ${service}?.Dispose()
    }

    It 'show a token under its service' {
        $text = $token | Out-String
        $text | Should -Match "(?m)^   Service: $([regex]::Escape($service.Address)) \(oidc\)"
        $text | Should -Match 'Subject\s+Client\s+Scopes\s+Expires\s+Left\s+State'
        $text | Should -Match 'nightly\s+orders\.read\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+00:\d\d:\d\d\s+Fresh'
    }

    It 'show a session with its id' {
        Get-AuthSession | Out-String -Width 160 | Should -Match "$($token.SessionId)\s+Fresh\s+00:\d\d:\d\d\s.*nightly\s+client_credentials\s+memory\s+orders\.read"
    }

    It 'show the end of a session in a narrow terminal, however many scopes it has' {
        $wide = Get-AuthToken -Authority $service.Address -ClientId nightly -ClientSecret (New-Secret x) -Scope (1..20 | ForEach-Object { "orders.part$_" })
        $text = Get-AuthSession $wide.SessionId | Out-String -Width 80
        $text | Should -Match "$($wide.SessionId)\s+Fresh\s+00:\d\d:\d\d\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s"
    }

    It 'show what a revocation achieved, and warn of what the server cannot do' {
        Set-ScriptedReply $service '/.well-known/openid-configuration' @{ issuer = $service.Address; token_endpoint = "$($service.Address)/token" }
        $bare = Start-ScriptedService
        try {
            Set-ScriptedReply $bare '/.well-known/openid-configuration' @{ issuer = $bare.Address; token_endpoint = "$($bare.Address)/token" }
            Set-ScriptedToken $bare
            $null = Get-AuthToken -Authority $bare.Address -ClientId a -ClientSecret (New-Secret x)
            $warning = Revoke-AuthToken 3>&1
            "$warning" | Should -BeLike '*cannot be revoked there*'
            $null = Get-AuthToken -Authority $bare.Address -ClientId a -ClientSecret (New-Secret x)
            Revoke-AuthToken -PassThru | Out-String | Should -Match 'AccessToken\s+: Unsupported'
        } finally { $bare.Dispose() }
    }

    It 'show no control character of a service' {
        $escape = [char] 27
        $claims = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json @{ sub = "$escape[31mred" } -Compress))).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        Set-ScriptedToken $service "eyJhbGciOiJub25lIn0.$claims."
        $steered = Get-AuthToken -Authority $service.Address -ClientId other -ClientSecret (New-Secret x)
        $steered | Out-String | Should -Not -Match $escape
        Get-AuthSession | Out-String | Should -Not -Match $escape
    }
}

Describe 'Every object that holds a secret' -Tag 'N10' {
    It 'names what leaves the process' {
        $holders = $engine.GetExportedTypes() | Where-Object { $_.GetProperties().PropertyType -match 'SecureString' }
        $holders.Name | Should -Contain 'AuthToken'
        foreach ($type in $holders) {
            $data = Get-TypeData $type.FullName
            $data.SerializationMethod | Should -Be 'SpecificProperties' -Because $type.Name
            $written = $data.PropertySerializationSet.ReferencedProperties
            $written | Should -Not -BeNullOrEmpty -Because $type.Name
            foreach ($name in $written) {
                $type.GetProperty($name) | Should -Not -BeNullOrEmpty -Because "$($type.Name) has to have $name"
                $type.GetProperty($name).PropertyType.FullName | Should -Not -Match 'SecureString' -Because "$($type.Name).$name"
            }
        }
    }
}
