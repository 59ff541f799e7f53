<#
.SYNOPSIS
    Replaces an API key by a new one without a moment in which neither works.

.DESCRIPTION
    What to change: the parameters, and how the new key is saved (-Save). The account comes as -Credential, or by the environment
    variables AUTHMODULE_USERNAME and AUTHMODULE_PASSWORD.

    First a new key is made, then it is saved, then it is tried, and only then the old ones of the same name are removed. Whatever
    fails on the way, the old key still works. Gives the new key's id and name, never the key.

.EXAMPLE
    ./examples/rotate-api-key.ps1 -Authority https://pynomaly.example -Name exporter -Save { param($Key) Set-Secret exporter $Key -Vault Jobs }
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Authority,

    # The name of the key that is replaced.
    [Parameter(Mandatory)]
    [string] $Name,

    # Gets the new key as SecureString and puts it where its users look for it.
    [Parameter(Mandatory)]
    [scriptblock] $Save,

    [pscredential] $Credential,

    [string] $Provider = 'pynomaly'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

$signIn = @{ Provider = $Provider; Authority = $Authority; NonInteractive = $true }
if ($Credential) { $signIn.Credential = $Credential }
try {
    $null = Get-AuthToken @signIn
} catch {
    switch -Wildcard ($_.FullyQualifiedErrorId) {
        'MfaRequired,*' { throw 'This account needs a second factor. Rotate keys with an account of its own that has none.' }
        'AccountLocked,*' { throw 'The account is locked. The old key was not touched.' }
        default { throw }
    }
}

$old = @(Get-AuthApiKey | Where-Object Name -EQ $Name)
if (-not $PSCmdlet.ShouldProcess("$($old.Count) keys named '$Name' at $Authority", 'Replace')) { return }

$new = New-AuthApiKey -Name $Name
try {
    & $Save $new.Key
    $null = Get-AuthToken -Provider $Provider -Authority $Authority -ApiKey $new.Key
} catch {
    # Nobody has the new key: it must not stay behind.
    Get-AuthSession | Where-Object Grant -NE 'api_key' | Select-Object -First 1 | ForEach-Object { Remove-AuthApiKey -Id $new.Id -Session $_ -Confirm:$false }
    throw
}

$null = Get-AuthToken @signIn
foreach ($key in $old) { Remove-AuthApiKey -Id $key.Id -Confirm:$false }
[pscustomobject]@{ Id = $new.Id; Name = $new.Name; Removed = $old.Count }
