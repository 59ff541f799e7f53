<#
.SYNOPSIS
    A job for PX-Backup: signs in at PX-Central, asks the API for something, and signs out.

.DESCRIPTION
    What to change: the parameters. The account comes as -Credential, or by the environment variables AUTHMODULE_USERNAME and
    AUTHMODULE_PASSWORD. A private certificate authority goes into -CaCertificate; its check is never switched off here.

    Gives what the API answers.

.EXAMPLE
    ./examples/px-backup-job.ps1 -Authority pxcentral.example -Api https://pxbackup.example:10001/v1/backup/default
#>
[CmdletBinding()]
param(
    # PX-Central, with or without https:// and /auth.
    [Parameter(Mandatory)]
    [string] $Authority,

    # The address of the PX-Backup API that is called.
    [Parameter(Mandatory)]
    [uri] $Api,

    [pscredential] $Credential,

    [string] $ClientId = 'pxcentral',

    # As short as the job is long: a token of seven days, which is what the service gives unasked, may be stolen for seven days.
    [string] $TokenDuration = '1h',

    [string] $CaCertificate
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module AuthModule)) { Import-Module (Join-Path $PSScriptRoot '../AuthModule.psd1') -Verbose:$false }

if (-not $Credential) {
    if (-not $env:AUTHMODULE_USERNAME -or -not $env:AUTHMODULE_PASSWORD) { throw 'Pass -Credential, or set AUTHMODULE_USERNAME and AUTHMODULE_PASSWORD.' }
    $password = [securestring]::new()
    foreach ($letter in $env:AUTHMODULE_PASSWORD.ToCharArray()) { $password.AppendChar($letter) }
    $Credential = [pscredential]::new($env:AUTHMODULE_USERNAME, $password)
}

$signIn = @{ Provider = 'px-backup'; Authority = $Authority; ClientId = $ClientId; Credential = $Credential; TokenDuration = $TokenDuration }
if ($CaCertificate) { $signIn.CaCertificate = $CaCertificate }
try {
    $null = Get-AuthToken @signIn
} catch {
    $failure = $_
    switch -Wildcard ($_.FullyQualifiedErrorId) {
        'InvalidCredentials,*' { throw "PX-Central does not take this user name and password: $($failure.Exception.Message)" }
        'TlsFailure,*' { throw "The certificate of $Authority is not trusted. Give its authority with -CaCertificate." }
        'InvalidDuration,*' { throw "-TokenDuration is a number and one of s, m, h, d, w, y, not '$TokenDuration'." }
        default { throw $failure }
    }
}

try {
    Invoke-AuthRestMethod $Api
} finally {
    Revoke-AuthToken -Confirm:$false -ErrorAction Continue
}
