<#
.SYNOPSIS
    Builds, tests, shows and packs AuthModule: a thin door to dotnet.

.DESCRIPTION
    Build    the whole solution; the module lies in lib/ then, and Import-Module ./AuthModule.psd1 works.
    Test     all tests, those of the cmdlets included where PowerShell 7.4 and Pester 5 are found.
    Demo     the main job end to end, against the embedded server.
    Package  a clean module folder under out/AuthModule, ready to be copied into a folder of $env:PSModulePath.
    Bench    the benchmarks.

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
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet $args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with $LASTEXITCODE." }
}

function Invoke-Package {
    # Made from nothing, so that it holds what this source makes and no leftover of an earlier build.
    $folder = Join-Path $PSScriptRoot 'out/AuthModule'
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    $null = New-Item $folder -ItemType Directory
    Invoke-DotNet build src/AuthModule.Cmdlets --nologo --configuration Release "-p:ModuleFolder=$folder/lib/"

    foreach ($name in 'AuthModule.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md') {
        if (Test-Path $name) { Copy-Item $name $folder }
    }
    Get-ChildItem $folder -Recurse -Filter *.pdb | Remove-Item

    $null = Test-ModuleManifest (Join-Path $folder 'AuthModule.psd1')
    "The module is in $folder."
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build --nologo --configuration $Configuration }
            'Test' { Invoke-DotNet test --configuration $Configuration }
            'Demo' { Invoke-DotNet run --project src/AuthModule.Cli --configuration $Configuration -- demo }
            'Package' { Invoke-Package }
            'Bench' {
                if (-not (Test-Path tests/Benchmarks)) { throw 'There are no benchmarks yet: tests/Benchmarks is missing.' }
                Invoke-DotNet run --project tests/Benchmarks --configuration Release -- fleet
            }
        }
    }
} finally {
    Pop-Location
}
