# The class-based resource, by Invoke-DscResource as the engine calls it, and by itself.
BeforeAll {
    $hasDsc = [bool](Get-Module -ListAvailable PSDesiredStateConfiguration | Where-Object Version -GE '2.0')
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $server = Start-AuthServer
    $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)")
    $key = $env:AUTHMODULE_STORE_KEY
    $env:AUTHMODULE_STORE_KEY = 'a passphrase of this test'

    # Engines find the module by its name.
    $null = New-Item -ItemType Directory "$folder/modules"
    $null = New-Item -ItemType SymbolicLink "$folder/modules/AuthModule" -Target (Split-Path (Resolve-Path $modulePath))
    $path = $env:PSModulePath
    $env:PSModulePath = "$folder/modules$([System.IO.Path]::PathSeparator)$path"

    $wanted = @{
        Name             = 'nightly job'
        Authority        = $server.issuer
        ClientCredential = [pscredential]::new('nightly', $server.nightlySecret)
        Scope            = 'orders.read'
        Store            = "file:$folder/store"
    }
    $unwanted = $wanted + @{ Ensure = 'Absent' }
    $secret = ($server.clients | Where-Object client_id -EQ nightly).client_secret
}

AfterAll {
    $env:PSModulePath = $path
    $env:AUTHMODULE_STORE_KEY = $key
    Remove-AuthSession -All
    Stop-AuthServer $server
    Remove-Item $folder -Recurse -Force
}

Describe 'The DSC resource AuthToken' -Tag 'D9' {
    AfterEach { Remove-AuthSession -All }

    Context 'by Invoke-DscResource' {
        It 'is found, and its properties with it' {
            if (-not $hasDsc) { Set-ItResult -Skipped -Because 'there is no PSDesiredStateConfiguration 2 or later' }
            $resource = Get-DscResource -Name AuthToken -Module AuthModule
            $resource.ImplementationDetail | Should -Be 'ClassBased'
            ($resource.Properties | Where-Object IsMandatory).Name | Should -Be 'Name'
            ($resource.Properties | Where-Object Name -EQ 'Ensure').Values | Sort-Object | Should -Be 'Absent', 'Present'
            $resource.Properties.Name | Should -Contain 'ClientCredential'
        }

        It 'gets a token, finds it, and revokes it' {
            if (-not $hasDsc) { Set-ItResult -Skipped -Because 'there is no PSDesiredStateConfiguration 2 or later' }
            $resource = @{ ModuleName = 'AuthModule'; Name = 'AuthToken' }
            (Invoke-DscResource @resource -Method Test -Property $wanted).InDesiredState | Should -BeFalse
            (Invoke-DscResource @resource -Method Get -Property $wanted).Ensure | Should -Be 'Absent'
            $null = Invoke-DscResource @resource -Method Set -Property $wanted
            (Invoke-DscResource @resource -Method Test -Property $wanted).InDesiredState | Should -BeTrue
            (Invoke-DscResource @resource -Method Test -Property $unwanted).InDesiredState | Should -BeFalse
            $null = Invoke-DscResource @resource -Method Set -Property $unwanted
            (Invoke-DscResource @resource -Method Test -Property $unwanted).InDesiredState | Should -BeTrue
        }
    }

    Context 'by itself' {
        BeforeAll {
            # "using module" is read before anything runs, so it needs a script of its own.
            $make = [scriptblock]::Create("using module $((Resolve-Path $modulePath).Path)`n[AuthToken]::new()")
            function New-Resource([hashtable] $Property) {
                $resource = & $make
                foreach ($name in $Property.Keys) { $resource.$name = $Property[$name] }
                $resource
            }
        }

        It 'tells of the token what is no secret' -Tag 'N10' {
            (New-Resource $wanted).Set()
            $state = (New-Resource $wanted).Get()
            $state.Ensure | Should -Be 'Present'
            $state.ClientId | Should -Be 'nightly'
            $state.GrantedScope | Should -Be 'orders.read'
            [DateTimeOffset] $state.ExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::Now)
            $state.ClientCredential | Should -BeNullOrEmpty
            $token = Get-AuthToken -Authority $server.issuer -ClientId nightly -ClientSecret $server.nightlySecret -Scope orders.read -Store "file:$folder/store" -AsPlainText
            $shown = ($state | Format-List * | Out-String) + ($state | ConvertTo-Json -Depth 5) + [System.Management.Automation.PSSerializer]::Serialize($state, 5)
            $shown | Should -Not -BeLike "*$secret*"
            $shown | Should -Not -BeLike "*$($token.Split('.')[1])*"
        }

        It 'wants more life than the token has left: <Lifetime>' -ForEach @(
            @{ Lifetime = '10m'; Holds = $true }
            @{ Lifetime = '600'; Holds = $true }
            @{ Lifetime = '00:10:00'; Holds = $true }
        ) {
            (New-Resource $wanted).Set()
            (New-Resource ($wanted + @{ MinimumLifetime = $Lifetime })).Test() | Should -Be $Holds
        }

        It 'refuses a store that ends with the process' {
            $memory = $wanted.Clone()
            $memory.Store = 'memory'
            { (New-Resource $memory).Test() } | Should -Throw '*name one that stays*'
        }

        It 'fails with the id of the engine, and with no secret' -Tag 'N9' {
            $wrong = $wanted.Clone()
            $wrong.ClientCredential = [pscredential]::new('nightly', (New-Secret 'canary-wrong'))
            $failure = Get-Failure { (New-Resource $wrong).Set() }
            "$($failure.FullyQualifiedErrorId) $($failure.Exception.InnerException.ErrorRecord.FullyQualifiedErrorId)" | Should -BeLike '*InvalidClient,*'
            "$failure" | Should -Not -BeLike '*canary*'
        }
    }

    It 'adds no command to the module' {
        (Get-Module AuthModule).ExportedFunctions.Keys | Should -BeNullOrEmpty
        (Get-Module AuthModule).ExportedAliases.Keys | Should -BeNullOrEmpty
    }
}
