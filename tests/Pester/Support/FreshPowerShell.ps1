# A PowerShell of its own, without profile: dot-source this in BeforeAll. It is the one that runs the tests: where PowerShell is a .NET
# tool, this process is "dotnet", and PATH has the right one.
$freshPowerShell = (Get-Process -Id $PID).Path
if ((Split-Path $freshPowerShell -LeafBase) -ne 'pwsh') { $freshPowerShell = (Get-Command pwsh -CommandType Application)[0].Source }

# The lines that a script writes there; it gets the module's path as $module. Fails with what the script said if it fails.
function Invoke-FreshPowerShell([string] $Script, [string] $Module = $modulePath) {
    $prologue = "`$ErrorActionPreference = 'Stop'; `$module = '$($Module -replace "'", "''")'; "
    $output = & $freshPowerShell -NoProfile -NonInteractive -OutputFormat Text -Command ($prologue + $Script) 2>&1
    if ($LASTEXITCODE -ne 0) { throw "PowerShell ended with ${LASTEXITCODE}: $($output -join "`n")" }
    $output
}
