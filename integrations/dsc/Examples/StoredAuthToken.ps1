<#
.SYNOPSIS
    Makes sure that the store of this machine has a token for the nightly job with ten minutes left.

.DESCRIPTION
    What to change: the address and the client. Run it as the account that uses the token: the store "file" is that account's own.
    Needs PSDesiredStateConfiguration 2 or later. -Ensure Absent revokes the token.

.EXAMPLE
    ./StoredAuthToken.ps1 -Authority https://id.contoso.com -Client (Get-Credential nightly)
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Authority,

    # The client's id and its secret.
    [Parameter(Mandatory)]
    [pscredential] $Client,

    [ValidateSet('Present', 'Absent')]
    [string] $Ensure = 'Present'
)

$resource = @{
    ModuleName = 'AuthModuleDsc'
    Name       = 'StoredAuthToken'
    Property   = @{
        Name             = 'nightly job'
        Ensure           = $Ensure
        Authority        = $Authority
        ClientCredential = $Client
        Scope            = 'orders.read'
        MinimumLifetime  = '10m'
    }
}
if (-not (Invoke-DscResource @resource -Method Test).InDesiredState) {
    $null = Invoke-DscResource @resource -Method Set
}
Invoke-DscResource @resource -Method Get
