# The examples of docs/concurrency.md as they stand there: only the two hosts are those of a server on loopback that counts.
BeforeDiscovery {
    $hasThreadJobs = [bool](Get-Command Start-ThreadJob -ErrorAction SilentlyContinue)
}

BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/PageExamples.ps1
    $page = Get-Content (Join-Path $PSScriptRoot '../../docs/concurrency.md') -Raw

    # Jobs and the runspaces of -Parallel import the module by its name, as they would where it is installed.
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)"
    $modules = New-Item -ItemType Directory "$folder/modules"
    $null = New-Item -ItemType SymbolicLink "$modules/AuthModule" -Target (Split-Path (Resolve-Path $modulePath))
    $before = @{ Path = $env:PSModulePath }
    $env:PSModulePath = "$modules$([System.IO.Path]::PathSeparator)$env:PSModulePath"

    # As the first call of a user's session does: runspaces that start together find no command of a module that nobody has
    # looked into before (a race of PowerShell's own).
    $first = [powershell]::Create()
    try { $null = $first.AddScript('Import-Module AuthModule').Invoke() } finally { $first.Dispose() }

    # What the examples take for granted.
    $secret = New-Secret 'canary-secret'
    $plainSecret = 'canary-secret'
}

AfterAll {
    $env:PSModulePath = $before.Path
    Remove-Item $folder -Recurse -Force
}

Describe 'docs/concurrency.md' -Tag 'N2', 'N3', 'D10' {
    BeforeEach {
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        1..20 | ForEach-Object { Set-ScriptedReply $service "/orders/$_" @{ order = $_ } }
    }

    AfterEach {
        Remove-AuthSession -All
        $service.Dispose()
    }

    It 'ForEach-Object -Parallel with $using: sends one token request for twenty calls' {
        $orders = . (Get-PageExample concurrency.md 'ForEach-Object -Parallel' $service)
        $orders.order | Sort-Object | Should -Be (1..20)
        $service.CountOf('/token') | Should -Be 1
    }

    It 'thread jobs share the session that they are handed' -Skip:(-not $hasThreadJobs) {
        . (Get-PageExample concurrency.md 'ForEach-Object -Parallel' $service) | Out-Null
        $ends = . (Get-PageExample concurrency.md 'Start-ThreadJob' $service)
        $ends | Should -HaveCount 4
        $ends | Select-Object -Unique | Should -HaveCount 1
        $service.CountOf('/token') | Should -Be 1
    }

    It 'Start-Job shares by the store: eight processes, one token request' {
        $environment = 'AUTHMODULE_STORE', 'AUTHMODULE_CLIENT_SECRET', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'AUTHMODULE_STORE_KEY'
        $saved = @{}
        $environment | ForEach-Object { $saved[$_] = [Environment]::GetEnvironmentVariable($_) }
        try {
            # The store and its key of this test alone.
            $env:XDG_DATA_HOME = $env:XDG_CONFIG_HOME = $folder
            $env:AUTHMODULE_STORE_KEY = 'a passphrase of this test'
            $ends = . (Get-PageExample concurrency.md 'Start-Job' $service)
            $ends | Should -HaveCount 8
            $ends | Select-Object -Unique | Should -HaveCount 1
            $service.CountOf('/token') | Should -Be 1
        } finally {
            $environment | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $saved[$_]) }
        }
        Get-ChildItem $folder -Recurse -File -Filter *.entry | Should -Not -BeNullOrEmpty -Because 'the store was used'
        foreach ($file in Get-ChildItem $folder -Recurse -File -Filter *.entry) {
            [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match 'canary|Bearer|nightly'
        }
    }

    It 'has no example that is not run here' {
        [regex]::Matches($page, '(?m)^```powershell').Count | Should -Be 3
    }
}
