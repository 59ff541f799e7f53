# Runs in a PowerShell of its own, whose home folder is a test's: SecretManagement registers vaults per user.
param([string] $ModulePath, [string] $Vault, [string] $Secrets, [string] $Fake)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
Import-Module Microsoft.PowerShell.SecretManagement
Register-SecretVault -Name $Vault -ModuleName $Fake -VaultParameters @{ Path = $Secrets }

function Get-ReadCount { @(Get-Content "$Secrets.read" -ErrorAction Ignore).Count }

$found = [ordered]@{}
$found.Token = (Get-AuthToken -Profile nightly).ClientId
$found.ReadsAfterFirst = Get-ReadCount
$null = Get-AuthToken -Profile nightly
$found.ReadsAfterSecond = Get-ReadCount
$null = Update-AuthToken
$found.ReadsAfterRenewal = Get-ReadCount
$found.Credential = (Get-AuthToken -Profile by-credential).ClientId

# A renewal waits on a thread of its own while the vault runs on this one.
$found.ManyAtOnce = @(1..3 | ForEach-Object { (Get-AuthToken -Profile nightly -ForceRefresh).ClientId }) -join ' '
foreach ($name in 'missing', 'broken', 'no-vault') {
    try { $null = Get-AuthToken -Profile $name } catch { $found[$name] = "$($_.FullyQualifiedErrorId) $($_.Exception.Message) $($_.ErrorDetails.RecommendedAction)" }
}
$found.Errors = ($global:Error | Out-String)
$found.Check = (Test-AuthService -Profile nightly | Where-Object Name -EQ Secrets).Detail
ConvertTo-Json $found -Compress
