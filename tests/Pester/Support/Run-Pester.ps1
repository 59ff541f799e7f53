# Runs Pester files and writes one line of JSON per result, for PesterRun.cs to read. By hand, after a build:
#   pwsh -NoProfile -Command tests/Pester/Support/Run-Pester.ps1 results.jsonl (Get-Module Pester -ListAvailable)[0].Path (Get-ChildItem tests/Pester/*.Tests.ps1)
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $ResultPath,

    # The manifest of the Pester to run them with.
    [Parameter(Mandatory, Position = 1)]
    [string] $PesterPath,

    [Parameter(Mandatory, Position = 2, ValueFromRemainingArguments)]
    [string[]] $Path
)

$ErrorActionPreference = 'Stop'

function Write-Entry([hashtable] $Entry) {
    [System.IO.File]::AppendAllText($ResultPath, ($Entry | ConvertTo-Json -Compress -Depth 3) + "`n")
}

# What a failed or skipped test, block or file says, and where.
function Get-ErrorText($ErrorRecord, [string] $Property, [scriptblock] $Otherwise) {
    $texts = foreach ($record in $ErrorRecord) {
        if ($record.$Property) { [string] $record.$Property } else { [string] (& $Otherwise $record) }
    }
    $texts -join "`n"
}

# The cause is where the errors are: the test itself, or a block around it.
function Write-Result([string] $Name, [string] $Outcome, $Source, $Cause = $Source, [string[]] $Tags = @()) {
    $records = @($Cause.ErrorRecord | Where-Object { $_ })
    Write-Entry @{
        name       = $Name
        outcome    = $Outcome
        seconds    = [double] $Source.Duration.TotalSeconds
        message    = if ($records) { Get-ErrorText $records 'DisplayErrorMessage' { $args[0].Exception.Message } }
        stackTrace = if ($records) { Get-ErrorText $records 'DisplayStackTrace' { $args[0].ScriptStackTrace } }
        output     = ($Source.StandardOutput | Out-String).Trim()
        tags       = @($Tags | Where-Object { $_ })
    }
}

function Get-Title([string] $File, $Item) {
    $names = @($Item.ExpandedName)
    for ($block = if ($Item.Block) { $Item.Block } else { $Item.Parent }; $block -and -not $block.IsRoot; $block = $block.Parent) {
        $names = @($block.ExpandedName) + $names
    }
    "${File}: $($names -join ' > ')"
}

function Get-AllBlocks($Block) {
    $Block
    foreach ($inner in $Block.Blocks) { Get-AllBlocks $inner }
}

# Tags of the test and of every block around it.
function Get-Tags($Test) {
    $tags = @($Test.Tag)
    for ($block = $Test.Block; $block; $block = $block.Parent) { $tags += @($block.Tag) }
    @($tags | Where-Object { $_ } | Select-Object -Unique)
}

function Write-TestResult([string] $File, $Test) {
    $name = Get-Title $File $Test
    switch ($Test.Result) {
        'Passed' { Write-Result $name Passed $Test -Tags (Get-Tags $Test) }
        { $_ -in 'Skipped', 'Inconclusive' } {
            $reason = Get-ErrorText @($Test.ErrorRecord | Where-Object { $_ }) 'NoSuchProperty' { $args[0].Exception.Message }
            Write-Entry @{
                name    = $name
                outcome = 'Skipped'
                seconds = [double] $Test.Duration.TotalSeconds
                message = if ($reason) { $reason } else { "It is marked as $($_.ToLowerInvariant()) in $File." }
                tags    = @(Get-Tags $Test)
            }
        }
        default {
            # A test under a BeforeAll that threw is failed, and has no error of its own.
            $cause = $Test
            for ($block = $Test.Block; $block -and -not $cause.ErrorRecord; $block = $block.Parent) { $cause = $block }
            Write-Result $name Failed $Test $cause -Tags (Get-Tags $Test)
        }
    }
}

# A child shell has to find this Pester too, before any that is installed.
$modules = Split-Path (Split-Path (Split-Path $PesterPath))
$env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
$pester = Import-Module $PesterPath -PassThru
$sum = [ordered]@{ Passed = 0; Failed = 0; Skipped = 0; Inconclusive = 0; NotRun = 0 }
foreach ($testFile in $Path) {
    $file = Split-Path $testFile -Leaf
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $testFile
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Detailed'
    $run = Invoke-Pester -Configuration $configuration

    foreach ($container in $run.Containers) {
        if ($container.ErrorRecord) { Write-Result "${file}: the file" Failed $container }
        foreach ($block in $container.Blocks | ForEach-Object { Get-AllBlocks $_ }) {
            if ($block.ErrorRecord) { Write-Result "$(Get-Title $file $block): BeforeAll or AfterAll" Failed $block }
        }
    }
    foreach ($test in $run.Tests) { Write-TestResult $file $test }
    if (-not $run.Tests -and -not $run.FailedContainers) {
        Write-Entry @{ name = "${file}: the file"; outcome = 'Failed'; seconds = 0.0; message = 'Pester found no test in it.' }
    }

    $sum.Passed += $run.PassedCount
    $sum.Failed += $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
    $sum.Skipped += $run.SkippedCount
    $sum.Inconclusive += [int] $run.InconclusiveCount
    $sum.NotRun += $run.NotRunCount
}

"All $($Path.Count) files with Pester $($pester.Version) on PowerShell $($PSVersionTable.PSVersion):"
'Tests ' + (($sum.GetEnumerator() | ForEach-Object { "$($_.Key): $($_.Value)" }) -join ', ')
Write-Entry @{ complete = $true }
