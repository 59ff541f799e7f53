# The DSC resource AuthToken: a token that a store holds ready, or holds no more. It calls the cmdlets of the module that it is part of.

enum AuthTokenEnsure {
    Absent
    Present
}

# 90 and 10m as the command line has them, 00:10:00 as PowerShell has it.
function ConvertTo-AuthTokenLifetime([string] $Text) {
    switch -Regex ($Text) {
        '^\d+$' { return [timespan]::FromSeconds([int] $Text) }
        '^(\d+)([smhdw])$' { return [timespan]::FromSeconds([int] $Matches[1] * @{ s = 1; m = 60; h = 3600; d = 86400; w = 604800 }[$Matches[2]]) }
        default { return [timespan] $Text }
    }
}

[DscResource()]
class AuthToken {
    # The configuration's own name for it.
    [DscProperty(Key)]
    [string] $Name

    [DscProperty()]
    [AuthTokenEnsure] $Ensure = [AuthTokenEnsure]::Present

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
    [AuthToken] Get() {
        $token = $this.Find()
        $state = [AuthToken]::new()
        foreach ($property in 'Name', 'Provider', 'Authority', 'ClientId', 'Scope', 'Store', 'MinimumLifetime') { $state.$property = $this.$property }
        $state.Ensure = if ($token) { [AuthTokenEnsure]::Present } else { [AuthTokenEnsure]::Absent }
        if ($token) {
            $state.Provider = $token.Provider
            $state.Authority = $token.Authority
            $state.ClientId = $token.ClientId
            $state.Subject = $token.Subject
            $state.GrantedScope = $token.Scopes
            if ($token.ExpiresOn -ne [DateTimeOffset]::MaxValue) { $state.ExpiresOn = $token.ExpiresOn.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') }
        }
        return $state
    }

    # Looks into the store and sends nothing.
    [bool] Test() {
        return ($this.Ensure -eq [AuthTokenEnsure]::Present) -eq ($null -ne $this.Find())
    }

    [void] Set() {
        if ($this.Ensure -eq [AuthTokenEnsure]::Present) {
            $arguments = $this.Arguments()
            $null = Get-AuthToken @arguments -ErrorAction Stop
            return
        }

        $token = $this.Find()
        if ($token) { Revoke-AuthToken -Session $token -Confirm:$false -ErrorAction Stop }
    }

    # Nothing where the store has none that is good enough; what is to go counts also when it has ended.
    hidden [object] Find() {
        $arguments = $this.Arguments()
        if ($this.Ensure -eq [AuthTokenEnsure]::Absent) { $arguments.MinimumLifetime = [timespan]::Zero }
        try {
            return Get-AuthToken @arguments -Offline -ErrorAction Stop
        } catch {
            if ($_.FullyQualifiedErrorId -like 'NoSession,*') { return $null }
            throw
        }
    }

    hidden [hashtable] Arguments() {
        if ($this.Store -eq 'memory') { throw [System.ArgumentException]::new("The store 'memory' ends with this process: name one that stays, such as file.") }
        $arguments = @{ NonInteractive = $true }
        foreach ($property in 'Provider', 'Authority', 'TokenEndpoint', 'ClientId', 'Scope', 'Resource', 'Store', 'Parameter', 'CaCertificate', 'AllowInsecureHttp', 'Credential') {
            if ($this.$property) { $arguments[$property] = $this.$property }
        }
        if ($this.ProviderFile) { $arguments.Provider = (Register-AuthProvider -Path $this.ProviderFile).Name }
        if ($this.MinimumLifetime) { $arguments.MinimumLifetime = ConvertTo-AuthTokenLifetime $this.MinimumLifetime }
        if ($this.Credential -and $this.TokenDuration) { $arguments.TokenDuration = $this.TokenDuration }
        if ($this.ClientCredential) {
            if (-not $arguments.ClientId) { $arguments.ClientId = $this.ClientCredential.UserName }
            $arguments.ClientSecret = $this.ClientCredential.Password
        }
        return $arguments
    }
}
