# The class-based resource, by Invoke-DscResource as the engine calls it, and by itself.
BeforeAll {
    $hasDsc = [bool](Get-Module -ListAvailable PSDesiredStateConfiguration | Where-Object Version -GE '2.0')
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $server = Start-AuthServer
    $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)")
    $key = $env:AUTHMODULE_STORE_KEY
    $env:AUTHMODULE_STORE_KEY = 'a passphrase of this test'

    # Engines find the module by its name.
    $null = New-Item -ItemType Directory "$folder/modules"
    $null = New-Item -ItemType SymbolicLink "$folder/modules/AuthModule" -Target (Split-Path (Resolve-Path $modulePath))
    $null = New-Item -ItemType SymbolicLink "$folder/modules/AuthModuleDsc" -Target (Resolve-Path "$PSScriptRoot/../../integrations/dsc/AuthModuleDsc")
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

Describe 'The DSC resource StoredAuthToken' -Tag 'D9' {
    AfterEach { Remove-AuthSession -All }

    Context 'by Invoke-DscResource' {
        BeforeAll {
            # In a PowerShell of its own, as engines have it, where the module is found by its name alone.
            $env:DSC_TEST = ConvertTo-Json @{ Path = $env:PSModulePath; Authority = $server.issuer; Secret = $secret; Store = "file:$folder/engine" }
            try {
                $said = if ($hasDsc) {
                    & $freshPowerShell -NoProfile -NonInteractive -Command {
                        $test = $env:DSC_TEST | ConvertFrom-Json
                        $env:PSModulePath = $test.Path
                        $client = [pscredential]::new('nightly', (ConvertTo-SecureString $test.Secret -AsPlainText -Force))
                        $wanted = @{ Name = 'nightly job'; Authority = $test.Authority; ClientCredential = $client; Scope = 'orders.read'; Store = $test.Store }
                        $unwanted = $wanted + @{ Ensure = 'Absent' }
                        $resource = @{ ModuleName = 'AuthModuleDsc'; Name = 'StoredAuthToken' }
                        $found = Get-DscResource -Name StoredAuthToken -Module AuthModuleDsc
                        $answers = [ordered]@{
                            Kind      = $found.ImplementationDetail
                            Key       = ($found.Properties | Where-Object IsMandatory).Name
                            Names     = $found.Properties.Name
                            Missing   = (Invoke-DscResource @resource -Method Test -Property $wanted).InDesiredState
                            Before    = "$((Invoke-DscResource @resource -Method Get -Property $wanted).Ensure)"
                            Reboot    = (Invoke-DscResource @resource -Method Set -Property $wanted).RebootRequired
                            There     = (Invoke-DscResource @resource -Method Test -Property $wanted).InDesiredState
                            After     = "$((Invoke-DscResource @resource -Method Get -Property $wanted).Ensure)"
                            StillHere = (Invoke-DscResource @resource -Method Test -Property $unwanted).InDesiredState
                            Revoke    = (Invoke-DscResource @resource -Method Set -Property $unwanted).RebootRequired
                            Gone      = (Invoke-DscResource @resource -Method Test -Property $unwanted).InDesiredState
                        }
                        ConvertTo-Json $answers
                    }
                }
            } finally { $env:DSC_TEST = $null }
            $answer = if ($said) { "$said" | ConvertFrom-Json }
        }

        It 'is found, and its properties with it' {
            if (-not $hasDsc) { Set-ItResult -Skipped -Because 'there is no PSDesiredStateConfiguration 2 or later' }
            $answer.Kind | Should -Be 'ClassBased'
            $answer.Key | Should -Be 'Name'
            'ClientCredential', 'Ensure', 'MinimumLifetime' | ForEach-Object { $_ | Should -BeIn $answer.Names }
        }

        It 'gets a token, finds it, and revokes it' {
            if (-not $hasDsc) { Set-ItResult -Skipped -Because 'there is no PSDesiredStateConfiguration 2 or later' }
            $answer.Missing, $answer.Before | Should -Be $false, 'Absent'
            $answer.Reboot | Should -BeFalse
            $answer.There, $answer.After | Should -Be $true, 'Present'
            $answer.StillHere | Should -BeFalse
            $answer.Gone | Should -BeTrue
            "$said" | Should -Not -BeLike "*$secret*"
        }
    }

    Context 'by itself' {
        BeforeAll {
            # "using module" is read before anything runs, so it needs a script of its own.
            $make = [scriptblock]::Create("using module AuthModuleDsc`n[StoredAuthToken]::new()")
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

    It 'has the version of the module, as all that goes with it' {
        $version = "$((Get-Module AuthModule).Version)"
        $integrations = Join-Path $PSScriptRoot '../../integrations'
        "$((Test-ModuleManifest $modulePath).Version)" | Should -Be $version
        "$((Test-ModuleManifest "$folder/modules/AuthModuleDsc/AuthModuleDsc.psd1").Version)" | Should -Be $version
        (Get-Content "$integrations/dsc/authtoken.dsc.resource.json" -Raw | ConvertFrom-Json).version | Should -Be $version
        (Get-Content "$integrations/ansible/galaxy.yml") -match '^version:' | Should -Be "version: $version"
    }

    It 'adds no command to the module' {
        (Get-Module AuthModule).ExportedFunctions.Keys | Should -BeNullOrEmpty
        (Get-Module AuthModule).ExportedAliases.Keys | Should -BeNullOrEmpty
    }
}
