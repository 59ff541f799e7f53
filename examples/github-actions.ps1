<#
.SYNOPSIS
    A step of a GitHub Actions job that signs in as the workflow itself. No secret is stored in GitHub.

.DESCRIPTION
    What to change: the parameters. github-actions.yml beside this file is the workflow: its job needs "permissions: id-token: write".
    The service has to trust tokens of https://token.actions.githubusercontent.com for this repository (a federated credential).

    The token of the workflow is read again at every renewal, so a long job outlives it.

.EXAMPLE
    ./examples/github-actions.ps1 -Authority https://id.contoso.com -ClientId deploy -Api https://api.contoso.com/releases
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Authority,

    [Parameter(Mandatory)]
    [string] $ClientId,

    [Parameter(Mandatory)]
    [uri] $Api,

    [string[]] $Scope = @('releases.write'),

    # For whom the workflow's token is meant; what the service expects, where that is not its own address.
    [string] $Audience
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

$source = if ($Audience) { "github:$Audience" } else { 'github' }
try {
    $null = Get-AuthToken -Authority $Authority -ClientId $ClientId -AssertionSource $source -Scope $Scope -NonInteractive
} catch {
    # Written so that GitHub shows it at the job.
    $id = ($_.FullyQualifiedErrorId -split ',')[0]
    Write-Output "::error title=$id::$($_.Exception.Message) $($_.ErrorDetails.RecommendedAction)"
    exit 1
}

Invoke-AuthRestMethod $Api -Method Post -ContentType application/json -Body (ConvertTo-Json @{ version = "$env:GITHUB_REF_NAME" })
