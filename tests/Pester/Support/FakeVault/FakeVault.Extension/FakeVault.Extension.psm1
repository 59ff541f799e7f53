# What SecretManagement calls: each function gets the vault's parameters, of which Path is the file with the secrets.
function Get-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    Add-Content "$($AdditionalParameters.Path).read" $Name
    $secrets = Get-Content $AdditionalParameters.Path -Raw | ConvertFrom-Json
    if ($Name -eq 'broken') { throw 'canary-words-of-the-vault' }
    if ($Name -notin $secrets.PSObject.Properties.Name) { return $null }
    $secure = ConvertTo-SecureString $secrets.$Name -AsPlainText -Force
    if ($Name -like '*-credential') { [pscredential]::new('somebody', $secure) } else { $secure }
}

function Get-SecretInfo {
    param([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters)
    $secrets = Get-Content $AdditionalParameters.Path -Raw | ConvertFrom-Json
    foreach ($name in $secrets.PSObject.Properties.Name -like $Filter) {
        [Microsoft.PowerShell.SecretManagement.SecretInformation]::new($name, 'SecureString', $VaultName)
    }
}

function Set-Secret {
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters)
    throw 'This vault can only be read.'
}

function Remove-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    throw 'This vault can only be read.'
}

function Test-SecretVault {
    param([string] $VaultName, [hashtable] $AdditionalParameters)
    Test-Path $AdditionalParameters.Path
}
