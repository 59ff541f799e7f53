# The DSC resource StoredAuthToken: a token that a store holds ready, or holds no more. It calls the cmdlets of AuthModule.
# What the class does is in functions, which are compiled when they are called.

# 90 and 10m as the command line has them, 00:10:00 as PowerShell has it.
function ConvertTo-AuthTokenLifetime([string] $Text) {
    switch -Regex ($Text) {
        '^\d+$' { return [timespan]::FromSeconds([int] $Text) }
        '^(\d+)([smhdw])$' { return [timespan]::FromSeconds([int] $Matches[1] * @{ s = 1; m = 60; h = 3600; d = 86400; w = 604800 }[$Matches[2]]) }
        default { return [timespan] $Text }
    }
}

# What names the session, for Get-AuthToken.
function Get-AuthTokenArgument($Wanted) {
    if ($Wanted.Store -eq 'memory') { throw [System.ArgumentException]::new("The store 'memory' ends with this process: name one that stays, such as file.") }
    $arguments = @{ NonInteractive = $true }
    foreach ($property in 'Provider', 'Authority', 'TokenEndpoint', 'ClientId', 'Scope', 'Resource', 'Store', 'Parameter', 'CaCertificate', 'AllowInsecureHttp', 'Credential') {
        if ($Wanted.$property) { $arguments[$property] = $Wanted.$property }
    }
    if ($Wanted.ProviderFile) { $arguments.Provider = (Register-AuthProvider -Path $Wanted.ProviderFile).Name }
    if ($Wanted.MinimumLifetime) { $arguments.MinimumLifetime = ConvertTo-AuthTokenLifetime $Wanted.MinimumLifetime }
    if ($Wanted.Credential -and $Wanted.TokenDuration) { $arguments.TokenDuration = $Wanted.TokenDuration }
    if ($Wanted.ClientCredential) {
        if (-not $arguments.ClientId) { $arguments.ClientId = $Wanted.ClientCredential.UserName }
        $arguments.ClientSecret = $Wanted.ClientCredential.Password
    }
    $arguments
}

# Nothing where the store has none that is good enough; what is to go counts also when it has ended.
function Find-AuthToken($Wanted) {
    $arguments = Get-AuthTokenArgument $Wanted
    if ($Wanted.Ensure -eq 'Absent') { $arguments.MinimumLifetime = [timespan]::Zero }
    try {
        Get-AuthToken @arguments -Offline -ErrorAction Stop
    } catch {
        if ($_.FullyQualifiedErrorId -notlike 'NoSession,*') { throw }
    }
}

function Get-AuthTokenState($Wanted, $State) {
    foreach ($property in 'Name', 'Provider', 'Authority', 'ClientId', 'Scope', 'Store', 'MinimumLifetime') { $State.$property = $Wanted.$property }
    $token = Find-AuthToken $Wanted
    $State.Ensure = if ($token) { 'Present' } else { 'Absent' }
    if ($token) {
        $State.Provider = $token.Provider
        $State.Authority = $token.Authority
        $State.ClientId = $token.ClientId
        $State.Subject = $token.Subject
        $State.GrantedScope = $token.Scopes
        if ($token.ExpiresOn -ne [DateTimeOffset]::MaxValue) { $State.ExpiresOn = $token.ExpiresOn.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') }
    }
    $State
}

function Test-AuthTokenState($Wanted) {
    ($Wanted.Ensure -eq 'Present') -eq [bool] (Find-AuthToken $Wanted)
}

function Initialize-AuthTokenState($Wanted) {
    if ($Wanted.Ensure -eq 'Present') {
        $arguments = Get-AuthTokenArgument $Wanted
        $null = Get-AuthToken @arguments -ErrorAction Stop
        return
    }

    $token = Find-AuthToken $Wanted
    if ($token) { Revoke-AuthToken -Session $token -Confirm:$false -ErrorAction Stop }
}

[DscResource()]
class StoredAuthToken {
    # The configuration's own name for it.
    [DscProperty(Key)]
    [string] $Name

    [DscProperty()]
    [ValidateSet('Present', 'Absent')]
    [string] $Ensure = 'Present'

    [DscProperty()]
    [string] $Provider

    # A provider description of your own (JSON).
    [DscProperty()]
    [string] $ProviderFile

    [DscProperty()]
    [string] $Authority

    [DscProperty()]
    [string] $TokenEndpoint

    [DscProperty()]
    [string] $ClientId

    # The client's id, unless ClientId gives it, and its secret.
    [DscProperty()]
    [pscredential] $ClientCredential

    # The person who signs in.
    [DscProperty()]
    [pscredential] $Credential

    [DscProperty()]
    [string] $TokenDuration

    [DscProperty()]
    [string[]] $Scope

    [DscProperty()]
    [string[]] $Resource

    # Not memory, which ends with the process that sets it.
    [DscProperty()]
    [string] $Store = 'file'

    # What the token has to have left: 90, 10m or 00:10:00. As is, just enough to be used now.
    [DscProperty()]
    [string] $MinimumLifetime

    [DscProperty()]
    [hashtable] $Parameter

    [DscProperty()]
    [string] $CaCertificate

    [DscProperty()]
    [bool] $AllowInsecureHttp

    [DscProperty(NotConfigurable)]
    [string] $ExpiresOn

    [DscProperty(NotConfigurable)]
    [string] $Subject

    [DscProperty(NotConfigurable)]
    [string[]] $GrantedScope

    # What is. Holds no credential and no token.
    [StoredAuthToken] Get() {
        return Get-AuthTokenState $this ([StoredAuthToken]::new())
    }

    # Looks into the store and sends nothing.
    [bool] Test() {
        return Test-AuthTokenState $this
    }

    [void] Set() {
        Initialize-AuthTokenState $this
    }
}
