# What every test file needs: the module as it was built, and small makers of input.
$modulePath = if ($env:AUTHMODULE_TEST_MODULE) { $env:AUTHMODULE_TEST_MODULE } else { Join-Path $PSScriptRoot '../../../AuthModule.psd1' }
Import-Module $modulePath

# All files run in one runspace: a session that one leaves must not be the current one of the next.
Remove-AuthSession -All

# A server that does not answer fails one test, not the run: these two wait for ever by themselves.
$PSDefaultParameterValues['Invoke-WebRequest:TimeoutSec'] = $PSDefaultParameterValues['Invoke-RestMethod:TimeoutSec'] = 60

function New-Secret([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

# The error record of a command that has to fail, terminating or not.
function Get-Failure([scriptblock] $Command) {
    try {
        $output = & $Command 2>&1
    } catch {
        return $_
    }
    $record = @($output) | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Select-Object -First 1
    if (-not $record) { throw "This did not fail: $Command" }
    $record
}
