# What SecretManagement calls. A secret is a profile of AuthModule, and its value the access token of that profile's session: the one
# that is kept, where enough of its life is left, else a new one.
# Vault parameters: MinimumLifetime (as 5m or a TimeSpan), Store, Interactive ($true lets a person be asked).

$known = 'MinimumLifetime', 'Store', 'Interactive', 'Verbose'

# Beside this module in the package, above it in a clone; else wherever PowerShell finds it.
function Import-AuthModule {
    if (Get-Module AuthModule) { return }
    $beside = '../..', '../../../..' | ForEach-Object { Join-Path $PSScriptRoot "$_/AuthModule.psd1" } | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
    Import-Module $(if ($beside) { $beside } else { 'AuthModule' }) -Verbose:$false
}

# Which of the vault's parameters are none.
function Get-UnknownParameter([hashtable] $AdditionalParameters) {
    @($AdditionalParameters.Keys | Where-Object { $_ -and $_ -notin $known })
}

function Get-Secret {
    [CmdletBinding()]
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)

    Import-AuthModule
    $profiles = @(AuthModule\Get-AuthProfile -Name ([WildcardPattern]::Escape($Name) + '*') -ErrorAction SilentlyContinue)
    $faulty = $null
    if ($profiles.Name -notcontains $Name) {
        # No such profile is no secret: SecretManagement asks the next vault. One with a fault is an error.
        $null = AuthModule\Get-AuthProfile -ErrorAction SilentlyContinue -ErrorVariable faulty
        if (@($faulty | ForEach-Object TargetObject) -notcontains $Name) { return }
        throw @($faulty | Where-Object TargetObject -EQ $Name)[0]
    }

    $call = @{ Profile = $Name; NonInteractive = -not $AdditionalParameters.Interactive; ErrorAction = 'Stop' }
    foreach ($option in 'MinimumLifetime', 'Store') {
        if ($AdditionalParameters.$option) { $call[$option] = $AdditionalParameters.$option }
    }
    (AuthModule\Get-AuthToken @call).AccessToken
}

function Get-SecretInfo {
    [CmdletBinding()]
    param([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters)

    Import-AuthModule
    foreach ($one in AuthModule\Get-AuthProfile -ErrorAction SilentlyContinue | Where-Object Name -Like $(if ($Filter) { $Filter } else { '*' })) {
        $about = [System.Collections.Generic.Dictionary[string, object]]::new()
        foreach ($property in 'Description', 'Provider', 'Authority', 'ClientId', 'UserName') {
            if ($one.$property) { $about[$property] = $one.$property }
        }
        $about.Scope = $one.Scopes -join ' '
        [Microsoft.PowerShell.SecretManagement.SecretInformation]::new(
            $one.Name,
            [Microsoft.PowerShell.SecretManagement.SecretType]::SecureString,
            $VaultName,
            [System.Collections.ObjectModel.ReadOnlyDictionary[string, object]]::new($about))
    }
}

function Set-Secret {
    [CmdletBinding()]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It changes nothing.')]
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters)

    throw "The vault '$VaultName' holds no secrets of its own: '$Name' would be a profile, and its token comes from the service. Make one with New-AuthProfile."
}

function Remove-Secret {
    [CmdletBinding()]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It changes nothing.')]
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)

    throw "The vault '$VaultName' holds no secrets of its own. Revoke-AuthToken -Profile '$Name' ends the session, and Remove-AuthProfile '$Name' takes the profile away."
}

function Test-SecretVault {
    [CmdletBinding()]
    param([string] $VaultName, [hashtable] $AdditionalParameters)

    $unknown = Get-UnknownParameter $AdditionalParameters
    if ($unknown) {
        Write-Error "The vault '$VaultName' has the parameter $($unknown -join ', '), which is not one of MinimumLifetime, Store, Interactive."
        return $false
    }
    try {
        Import-AuthModule
        $faulty = $null
        $null = AuthModule\Get-AuthProfile -ErrorAction SilentlyContinue -ErrorVariable faulty
        foreach ($fault in $faulty) { Write-Error "The vault '$VaultName': $($fault.Exception.Message)" }
        -not $faulty
    } catch {
        Write-Error "The vault '$VaultName' cannot be used: $($_.Exception.Message)"
        $false
    }
}

Export-ModuleMember -Function Get-Secret, Get-SecretInfo, Set-Secret, Remove-Secret, Test-SecretVault
