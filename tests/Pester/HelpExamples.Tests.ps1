# Every example of the help as it stands there: only the hosts are those of servers on loopback, and who types is a fake.
BeforeDiscovery {
    . $PSScriptRoot/Support/HelpPages.ps1
    $pages = foreach ($page in Get-ChildItem $helpPages -Filter *.md) {
        $examples = @(Get-HelpPageExample $page)
        if ($examples) { @{ Page = $page.BaseName; Examples = $examples } }
    }
}

BeforeAll {
    . $PSScriptRoot/Support/HelpPages.ps1
    . $PSScriptRoot/Support/HelpWorld.ps1

    # What an example may set and what the machine may have set.
    $environment = @(Get-ChildItem Env: | Where-Object Name -Match '^AUTHMODULE_(?!TEST_)' | Select-Object -ExpandProperty Name) + 'AUTHMODULE_STORE_KEY', 'AUTHMODULE_STORE', 'AUTHMODULE_CONFIG', 'NIGHTLY_SECRET', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'PSModulePath' | Select-Object -Unique
    $saved = @{}
    $environment | ForEach-Object { $saved[$_] = [Environment]::GetEnvironmentVariable($_) }
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'

    # Runspaces of -Parallel import the module by its name, as they would where it is installed.
    $modules = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)")
    $null = New-Item -ItemType SymbolicLink "$modules/AuthModule" -Target (Split-Path (Resolve-Path $modulePath))
    # PowerShell looks once at what a module exports; runspaces that start while it does may not find the commands.
    $env:PSModulePath = "$modules$([System.IO.Path]::PathSeparator)$env:PSModulePath"
    $null = Get-Module AuthModule -ListAvailable
}

AfterAll {
    $environment | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $saved[$_]) }
    $PSStyle.OutputRendering = $rendering
    Remove-Item $modules -Recurse -Force
}

Describe '<Page>' -Tag 'D10', 'D1' -ForEach $pages {
    BeforeAll {
        $service = Start-AnyService
        # Examples of second factors change the account, so each of them has a server of its own.
        $changesAccount = $Page -match 'AuthMfa$'
        if (-not $changesAccount) { $server = Start-AuthServer }
    }

    AfterAll {
        ${service}?.Dispose()
        if (-not $changesAccount) { Stop-AuthServer $server }
    }

    BeforeEach {
        Remove-AuthSession -All
        $environment | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
        $env:PSModulePath = "$modules$([System.IO.Path]::PathSeparator)$($saved.PSModulePath)"
        $folder = New-ExampleFolder $TestDrive
        $env:XDG_DATA_HOME = $env:XDG_CONFIG_HOME = $folder
        if ($changesAccount) { $server = Start-AuthServer -ReadsMessages }
    }

    AfterEach {
        Remove-AuthSession -All
        Get-AuthProvider | Where-Object IsBuiltIn -EQ $false | Unregister-AuthProvider
        if ($changesAccount) { Stop-AuthServer $server }
    }

    It '<Title>' -ForEach $Examples {
        if ($Reason) { Set-ItResult -Skipped -Because "the page says: $Reason" }
        if ($Code -match '-Interactive' -and $IsWindows) { Set-ItResult -Skipped -Because 'the fake browser is a script with a first line that Windows does not know' }
        $shown = Get-PlainLines (Invoke-HelpExample $Code $server $service $folder)
        if ($Output) {
            $expected = [System.Management.Automation.WildcardPattern]::Escape((Get-PlainLines $Output)).Replace('`*', '*')
            $shown | Should -BeLike $expected
        }
        $shown | Should -Not -Match 'scripted-access-token|not the secret' -Because 'no example shows a secret'
    }

    It 'is what Get-Help shows' {
        if ($Page -match '-') {
            @((Get-Help $Page).examples.example.code) | Should -Be @($Examples.Code)
        } else {
            $text = Get-PlainLines (Get-Help $Page | Out-String -Width 400)
            foreach ($example in $Examples) { $text.Contains((Get-PlainLines $example.Code)) | Should -BeTrue -Because $example.Title }
        }
    }
}
