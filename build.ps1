<#
.SYNOPSIS
    Builds, tests, shows and packs AuthModule: a thin layer over dotnet.

.DESCRIPTION
    Build    the whole solution; the module lies in lib/ then, and Import-Module ./AuthModule.psd1 works.
    Test     all tests. Those of the cmdlets run in the PowerShell that the build restores, or in the one that -PowerShell names.
             With -Changed only those that belong to the folders that differ from main: a loop of seconds while you write.
    Demo     the main job end to end, against the embedded server.
    Package  under out: the module's folder AuthModule/VERSION, ready to be copied into a folder of $env:PSModulePath, its package
             for the PowerShell Gallery, and the command line as a .NET tool. docs/verify.md tells what is in them.
    Bench    packs the module, then runs all benchmarks, those that need PowerShell 7 included.

    Works in Windows PowerShell 5.1 and in PowerShell 7. Needs the .NET 10 SDK and nothing else.

.EXAMPLE
    ./build.ps1
    Builds.

.EXAMPLE
    ./build.ps1 Build, Test -Configuration Release
    Builds, then runs the tests, both as for a release.
#>
[CmdletBinding()]
param(
    # What to do, in this order.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Bench')]
    [string[]] $Task = 'Build',

    # Package is always Release, Bench too.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Where Package puts its results, instead of out.
    [string] $Output,

    # Test: only what belongs to the files that differ from main, committed or not.
    [switch] $Changed,

    # Test: the path of another pwsh to run the tests of the cmdlets in (7.4 or later), and nothing but these tests.
    [string] $PowerShell,

    # Package: make all again from a copy of the sources, and compare every byte.
    [switch] $Verify
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Invoke-DotNet([string[]] $Argument) {
    & dotnet $Argument
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Argument -join ' ') ended with $LASTEXITCODE." }
}

# The tests of what differs from main: a folder of the engine has a namespace of the same name in its tests, a test file is its class.
function Get-ChangedTest {
    $base = & git merge-base HEAD main 2>$null
    if ($LASTEXITCODE -ne 0) { $base = 'HEAD' }
    $files = @(& git diff --name-only $base) + @(& git ls-files --others --exclude-standard)
    foreach ($file in $files | Sort-Object -Unique) {
        switch -Regex ($file) {
            '^src/AuthModule\.Core/([^/]+)/' { @{ Project = 'tests/AuthModule.Core.Tests'; Filter = '-namespace', "AuthModule.Core.Tests.$($Matches[1])*" } }
            '^src/AuthModule\.(Cli|TestServer)/' { @{ Project = 'tests/AuthModule.Cli.Tests'; Filter = '-namespace', 'AuthModule.Cli.Tests.*' } }
            '^src/' { @{ Project = 'tests/AuthModule.Architecture.Tests'; Filter = '-namespace', 'AuthModule.Architecture.Tests*' } }
            '^(docs/en-US|build/Help)/' { @{ Project = 'tests/AuthModule.Help.Tests'; Filter = '-namespace', 'AuthModule.Help.Tests*' } }
            '\.md$' { @{ Project = 'tests/AuthModule.Core.Tests'; Filter = '-namespace', 'AuthModule.Core.Tests.Documentation*' } }
            '^(tests/AuthModule\.\w+\.Tests)/.*?(\w+Tests)\.cs$' { @{ Project = $Matches[1]; Filter = '-class', "*.$($Matches[2])" } }
        }
    }
}

function Invoke-ChangedTest {
    $tests = @(Get-ChangedTest)
    if ($tests.Count -eq 0) { 'Nothing that has tests differs from main.'; return }
    foreach ($project in $tests | Group-Object { $_.Project }) {
        $filters = @($project.Group | ForEach-Object { $_.Filter -join ' ' } | Sort-Object -Unique | ForEach-Object { $_ -split ' ' })
        Invoke-DotNet (@('run', '--project', $project.Name, '--configuration', $Configuration, '--') + $filters)
    }
}

function Test-InPowerShell([string] $Path) {
    $before = $env:AUTHMODULE_TEST_PWSH
    $env:AUTHMODULE_TEST_PWSH = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    try { Invoke-DotNet 'test', 'tests/Pester', '--configuration', $Configuration } finally { $env:AUTHMODULE_TEST_PWSH = $before }
}

$packageArguments = @(
    if ($Output) { '--output', $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output) }
    if ($Verify) { '--verify' }
)

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet 'build', '--nologo', '--configuration', $Configuration }
            'Test' {
                if ($Changed) { Invoke-ChangedTest }
                elseif ($PowerShell) { Test-InPowerShell $PowerShell }
                else { Invoke-DotNet 'test', '--configuration', $Configuration }
            }
            'Demo' { Invoke-DotNet 'run', '--project', 'src/AuthModule.Cli', '--configuration', $Configuration, '--', 'demo' }
            'Package' { Invoke-DotNet (@('run', '--project', 'build/Package', '--') + $packageArguments) }
            'Bench' {
                if (-not (Test-Path tests/Benchmarks)) { throw 'There are no benchmarks yet: tests/Benchmarks is missing.' }
                Invoke-DotNet (@('run', '--project', 'build/Package', '--') + $packageArguments)
                Invoke-DotNet 'run', '--project', 'tests/Benchmarks', '--configuration', 'Release', '--', 'all'
                Invoke-DotNet 'run', '--project', 'tests/Benchmarks', '--configuration', 'Release', '--', 'fleet'
            }
        }
    }
} finally {
    Pop-Location
}
