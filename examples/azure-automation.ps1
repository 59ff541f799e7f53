<#
.SYNOPSIS
    An Azure Automation runbook that signs in as the account's managed identity. There is no secret at all.

.DESCRIPTION
    What to change: -Resource and -Api. Import AuthModule into the Automation account, switch its managed identity on, and give that
    identity a role where the API asks for one. App Service and Functions hand out tokens in the same way. On a virtual machine
    use -Provider azure-managed-identity-vm.

.EXAMPLE
    ./examples/azure-automation.ps1 -Resource https://vault.azure.net -Api 'https://contoso.vault.azure.net/secrets?api-version=7.4'
#>
[CmdletBinding()]
param(
    # For which API the token is.
    [string] $Resource = 'https://management.azure.com/',

    [uri] $Api = 'https://management.azure.com/subscriptions?api-version=2022-12-01',

    # Of an identity of the user's own; leave it out for the account's.
    [string] $ClientId,

    [ValidateSet('azure-managed-identity-app', 'azure-managed-identity-vm')]
    [string] $Provider = 'azure-managed-identity-app'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module AuthModule -Verbose:$false }

$identity = @{ Provider = $Provider; Resource = $Resource; NonInteractive = $true }
if ($ClientId) { $identity.ClientId = $ClientId }
try {
    $null = Get-AuthToken @identity
} catch {
    $failure = $_
    switch -Wildcard ($_.FullyQualifiedErrorId) {
        'MissingParameter,*' { throw 'No managed identity is here: switch it on for this Automation account, and run the job in Azure.' }
        'InvalidRequest,*' { throw "The identity or the resource '$Resource' is not known: $($failure.Exception.Message)" }
        default { throw $failure }
    }
}

(Invoke-AuthRestMethod $Api).value
