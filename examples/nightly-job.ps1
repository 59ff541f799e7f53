<#
.SYNOPSIS
    A job that runs unattended: signs in as a client, reads from an API, and ends with a number that a scheduler understands.

.DESCRIPTION
    What to change: the parameters, and what is done with the orders. The client's secret comes from a SecretManagement vault
    where -Vault names one, else from the environment variable AUTHMODULE_CLIENT_SECRET. It is in no argument and in no file here.

    Ends with 0 when done; 2 when it has to be set up differently; 3 when the service refused; 4 when it may work a little later.

.EXAMPLE
    ./examples/nightly-job.ps1 -Authority https://id.contoso.com -Api https://api.contoso.com/orders -Vault Jobs
#>
[CmdletBinding()]
param(
    # Who issues the token.
    [Parameter(Mandatory)]
    [string] $Authority,

    # The API that is read.
    [Parameter(Mandatory)]
    [uri] $Api,

    [string] $ClientId = 'nightly',

    [string] $Scope = 'orders.read',

    # A SecretManagement vault with the client's secret, and the secret's name in it.
    [string] $Vault,

    [string] $SecretName = $ClientId
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

$signIn = @{ Authority = $Authority; ClientId = $ClientId; Scope = $Scope; NonInteractive = $true }
if ($Vault) { $signIn.ClientSecret = Get-Secret -Name $SecretName -Vault $Vault }

try {
    # Signs in. Every later call in this session is served from it, and renews the token before it ends.
    $null = Get-AuthToken @signIn
    $orders = (Invoke-AuthRestMethod $Api).orders
    Write-Output "There are $(@($orders).Count) orders."
} catch [AuthModule.AuthException] {
    # The id never changes, the advice is for people, and neither holds a secret.
    Write-Warning $_.Exception.Message
    Write-Warning $_.ErrorDetails.RecommendedAction
    switch ($_.Exception) {
        { $_.IsTransient } { exit 4 }
        { $_.Code -in 'InvalidClient', 'AccessDenied', 'InvalidScope', 'UnsupportedGrant' } { exit 3 }
        { $_ -is [AuthModule.ConfigurationException] } { exit 2 }
        default { exit 4 }
    }
} finally {
    # The token would end by itself; a job that is done needs it no more.
    if (Get-AuthSession) { Revoke-AuthToken -Confirm:$false }
}
exit 0
