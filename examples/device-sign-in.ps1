<#
.SYNOPSIS
    Signs a person in where there is no browser: on a server, in a container, over SSH.

.DESCRIPTION
    What to change: the parameters. The client has to be one that may use the device flow (RFC 8628); it has no secret.

    Shows an address and a code. The person opens the address on any device, types the code and agrees. Gives the headers for
    later calls. A session that -Store keeps (file, or redis://HOST:PORT/DB) is found again by the next run, and nobody is asked.

.EXAMPLE
    $headers = ./examples/device-sign-in.ps1 -Authority https://id.contoso.com -ClientId console -Scope orders.read -Store file
    Invoke-RestMethod https://api.contoso.com/orders -Headers $headers
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Authority,

    [Parameter(Mandatory)]
    [string] $ClientId,

    [string[]] $Scope = @('openid', 'offline_access'),

    [string] $Store = 'memory',

    # How often the person may start again after letting a code run out.
    [ValidateRange(1, 10)]
    [int] $Attempt = 3
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

$signIn = @{ Authority = $Authority; ClientId = $ClientId; Scope = $Scope; Store = $Store; DeviceCode = $true }
for ($left = $Attempt; $left -gt 0; $left--) {
    try {
        return Get-AuthToken @signIn -AsHeader
    } catch {
        switch -Wildcard ($_.FullyQualifiedErrorId) {
            'DeviceCodeExpired,*' { Write-Warning "The code ran out; $($left - 1) attempts are left." }
            'AccessDenied,*' { throw 'The person did not agree. Nothing was signed in.' }
            default { throw }
        }
    }
}
throw 'Nobody signed in.'
