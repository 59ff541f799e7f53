# A PowerShell of its own, without profile: dot-source this in BeforeAll.
$freshPowerShell = (Get-Process -Id $PID).Path

# The lines that a script writes there; it gets the module's path as $module. Fails with what the script said if it fails.
function Invoke-FreshPowerShell([string] $Script, [string] $Module = $modulePath) {
    $prologue = "`$ErrorActionPreference = 'Stop'; `$module = '$($Module -replace "'", "''")'; "
    $output = & $freshPowerShell -NoProfile -NonInteractive -OutputFormat Text -Command ($prologue + $Script) 2>&1
    if ($LASTEXITCODE -ne 0) { throw "PowerShell ended with ${LASTEXITCODE}: $($output -join "`n")" }
    $output
}
