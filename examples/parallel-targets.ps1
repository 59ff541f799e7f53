#Requires -Version 7.4
<#
.SYNOPSIS
    Asks many targets at the same time with one sign-in.

.DESCRIPTION
    What to change: the parameters, and what is asked of each target. The client's secret comes from AUTHMODULE_CLIENT_SECRET.

    The session is handed to the runspaces and shared by them: one token request, however many targets. When the token nears its
    end one of them renews it for all. Gives an object per target: Target, Reply, Error (an id; empty when it went well).

.EXAMPLE
    ./examples/parallel-targets.ps1 -Authority https://id.contoso.com -Target (Get-Content targets.txt) | Where-Object Error
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Authority,

    [Parameter(Mandatory)]
    [uri[]] $Target,

    [string] $ClientId = 'nightly',

    [string] $Scope = 'orders.read',

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = 8
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

# A sign-in that fails is told once, here, not once per target.
$token = Get-AuthToken -Authority $Authority -ClientId $ClientId -Scope $Scope -NonInteractive
$session = Get-AuthSession | Where-Object Id -EQ $token.SessionId
$module = Join-Path (Get-Module AuthModule).ModuleBase 'AuthModule.psd1'

$Target | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
    Import-Module $using:module -Verbose:$false
    $answer = [ordered]@{ Target = $_; Reply = $null; Error = '' }
    try {
        $answer.Reply = Invoke-AuthRestMethod $_ -Session $using:session -ErrorAction Stop
    } catch {
        # One target that fails does not end the others.
        $answer.Error = ($_.FullyQualifiedErrorId -split ',')[0]
    }
    [pscustomobject] $answer
}
