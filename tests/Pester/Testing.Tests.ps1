# The examples of docs/testing.md as they stand there: each block is a file, Pester runs them in a PowerShell of their own.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $page = Get-Content (Join-Path $PSScriptRoot '../../docs/testing.md') -Raw
    $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)")
    $blocks = [regex]::Matches($page, '(?ms)^```powershell ?([\w.]*)\r?\n(.*?)^```')
    foreach ($block in $blocks) { Set-Content (Join-Path $folder $block.Groups[1].Value) $block.Groups[2].Value }

    # Both are found by their names, as they would be where they are installed.
    $null = New-Item -ItemType Directory "$folder/modules"
    $null = New-Item -ItemType SymbolicLink "$folder/modules/AuthModule" -Target (Split-Path (Resolve-Path $modulePath))
    $program = Split-Path $(if ($env:AUTHMODULE_TEST_CLI) { $env:AUTHMODULE_TEST_CLI } else { Join-Path $PSScriptRoot '../../src/AuthModule.Cli/bin/Debug/net10.0/authmodule.dll' })
    $separator = [System.IO.Path]::PathSeparator
    $env:AUTHMODULE_TESTED_PAGE = $folder
    $result = & $freshPowerShell -NoProfile -NonInteractive -Command {
        param($Modules, $Program, $Separator)
        $env:PSModulePath = "$Modules$Separator$env:PSModulePath"
        $env:PATH = "$Program$Separator$env:PATH"
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $env:AUTHMODULE_TESTED_PAGE
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = 'None'
        $run = Invoke-Pester -Configuration $configuration
        foreach ($test in $run.Tests) { [pscustomobject]@{ File = Split-Path $test.ScriptBlock.File -Leaf; Name = $test.ExpandedName; Result = $test.Result; Fault = "$($test.ErrorRecord) $($test.Block.ErrorRecord)" } }
    } -args "$folder/modules", $program, $separator
}

AfterAll {
    $env:AUTHMODULE_TESTED_PAGE = $null
    Remove-Item $folder -Recurse -Force
}

Describe 'docs/testing.md' -Tag 'C15' {
    It 'has no example that is not run here' {
        $blocks.Count | Should -Be ([regex]::Matches($page, '(?m)^```powershell').Count)
        $blocks | ForEach-Object { $_.Groups[1].Value } | Should -Be 'OpenOrders.ps1', 'Mocks.Tests.ps1', 'Objects.Tests.ps1', 'Server.Tests.ps1'
    }

    It 'has examples in <File> that pass' -ForEach @(
        @{ File = 'Mocks.Tests.ps1'; Count = 2 }
        @{ File = 'Objects.Tests.ps1'; Count = 2 }
        @{ File = 'Server.Tests.ps1'; Count = 3 }
    ) {
        $own = @($result | Where-Object File -EQ $File)
        $own | Where-Object { "$($_.Result)" -ne 'Passed' } | ForEach-Object { "$($_.Name): $($_.Fault)" } | Should -BeNullOrEmpty
        $own | Should -HaveCount $Count
    }
}
