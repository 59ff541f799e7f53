#!powershell

# Copyright (c) AuthModule contributors. MIT License (see LICENSE).

#AnsibleRequires -CSharpUtil Ansible.Basic

# Documentation is in win_auth_token.py. What it does is what auth_token does, by the cmdlets in place of the command line.
$texts = @{ type = 'list'; elements = 'str'; default = @() }
$spec = @{
    options             = @{
        operation           = @{ type = 'str'; choices = 'get', 'update', 'test', 'revoke'; default = 'get' }
        module_path         = @{ type = 'path' }
        profile             = @{ type = 'str' }
        provider            = @{ type = 'str' }
        provider_file       = @{ type = 'path' }
        authority           = @{ type = 'str'; aliases = @('auth_url', 'base_url') }
        token_endpoint      = @{ type = 'str'; no_log = $false }
        parameters          = @{ type = 'dict'; default = @{} }
        client_id           = @{ type = 'str' }
        client_secret       = @{ type = 'str'; no_log = $true }
        username            = @{ type = 'str' }
        password            = @{ type = 'str'; no_log = $true }
        otp                 = @{ type = 'str'; no_log = $true }
        api_key             = @{ type = 'str'; no_log = $true }
        refresh_token       = @{ type = 'str'; no_log = $true }
        token               = @{ type = 'str'; no_log = $true }
        token_duration      = @{ type = 'str'; no_log = $false }
        scope               = $texts
        resource            = $texts
        store               = @{ type = 'str' }
        store_key           = @{ type = 'str'; no_log = $true }
        minimum_lifetime    = @{ type = 'int' }
        force_refresh       = @{ type = 'bool'; default = $false }
        return_token        = @{ type = 'bool'; default = $true; no_log = $false }
        audience            = $texts
        required_scope      = $texts
        required_group      = $texts
        token_use           = @{ type = 'str'; choices = 'access', 'id', 'any'; no_log = $false }
        ca_cert             = @{ type = 'path' }
        validate_certs      = @{ type = 'bool'; default = $true }
        allow_insecure_http = @{ type = 'bool'; default = $false }
        timeout             = @{ type = 'int' }
        retries             = @{ type = 'int' }
    }
    supports_check_mode = $true
}
$module = [Ansible.Basic.AnsibleModule]::Create($args, $spec)
$wanted = $module.Params

function ConvertTo-Secret([string] $Text) {
    $secret = [System.Security.SecureString]::new()
    foreach ($letter in $Text.ToCharArray()) { $secret.AppendChar($letter) }
    $secret.MakeReadOnly()
    $secret
}

# A value as JSON writes it; a text as it is.
function ConvertTo-ParameterText($Value) {
    if ($Value -is [string]) { $Value } else { ConvertTo-Json -InputObject $Value -Compress -Depth 10 }
}

# The options that are given, under the names of the parameters.
function Select-Given([System.Collections.IDictionary] $Names) {
    $given = @{}
    foreach ($name in $Names.Keys) {
        $value = $wanted[$name]
        if ($null -ne $value -and "$value" -ne '' -and $value -ne $false) { $given[$Names[$name]] = $value }
    }
    $given
}

function Get-ServiceArgument {
    $given = Select-Given @{ profile = 'Profile'; provider = 'Provider'; authority = 'Authority'; ca_cert = 'CaCertificate'; timeout = 'TimeoutSec'; retries = 'MaximumRetryCount'; allow_insecure_http = 'AllowInsecureHttp' }
    if ($wanted.provider_file) { $given.Provider = (Register-AuthProvider -Path $wanted.provider_file).Name }
    if (-not $wanted.validate_certs) { $given.SkipCertificateCheck = $true }
    $parameters = @{}
    foreach ($name in $wanted.parameters.Keys) {
        $value = $wanted.parameters[$name]
        if ($null -ne $value -and $value -isnot [string] -or $value) { $parameters[$name] = ConvertTo-ParameterText $value }
    }
    if ($parameters.Count) { $given.Parameter = $parameters }
    $given
}

# What names the session and proves who asks: a store finds a session by the same.
function Get-SessionArgument {
    $given = Get-ServiceArgument
    $given += Select-Given @{ token_endpoint = 'TokenEndpoint'; client_id = 'ClientId'; scope = 'Scope'; resource = 'Resource'; store = 'Store' }
    if ($wanted.client_secret) { $given.ClientSecret = ConvertTo-Secret $wanted.client_secret }
    if ($wanted.username) {
        $given.Credential = [pscredential]::new($wanted.username, (ConvertTo-Secret $wanted.password))
        $given += Select-Given @{ otp = 'Otp'; token_duration = 'TokenDuration' }
    }
    if ($wanted.api_key) { $given.ApiKey = ConvertTo-Secret $wanted.api_key }
    if ($wanted.refresh_token) { $given.RefreshToken = ConvertTo-Secret $wanted.refresh_token }
    $given.NonInteractive = $true
    $given
}

# What the store has; nothing where it has none. Nothing is sent.
function Find-Token([hashtable] $More = @{}) {
    $session = Get-SessionArgument
    try { Get-AuthToken @session @More -Offline -ErrorAction Stop } catch {
        if ($_.FullyQualifiedErrorId -notlike 'NoSession,*') { throw }
    }
}

function Get-LifetimeArgument {
    if ($null -ne $wanted.minimum_lifetime) { @{ MinimumLifetime = [timespan]::FromSeconds($wanted.minimum_lifetime) } } else { @{} }
}

function Write-TokenResult($Token, [bool] $Changed) {
    $result = $module.Result
    $result.changed = $Changed
    if ($wanted.return_token) { $result.access_token = $Token.ToPlainText() }
    $result.token_type = $Token.TokenType
    $result.scope = $Token.Scopes -join ' '
    $result.subject = $Token.Subject
    if ($Token.ExpiresOn -ne [DateTimeOffset]::MaxValue) {
        $result.expires_on = $Token.ExpiresOn.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
        $result.expires_in = [long] $Token.ExpiresIn.TotalSeconds
    }
    $result.has_refresh_token = $Token.HasRefreshToken
    $result.provider = $Token.Provider
    $result.authority = $Token.Authority
    $result.client_id = $Token.ClientId
}

function Invoke-Get {
    $lifetime = Get-LifetimeArgument
    $found = if (-not $wanted.force_refresh) { Find-Token $lifetime }
    $module.Result.from_store = [bool] $found
    if ($module.CheckMode -and -not $found) {
        $module.Result.changed = $true
        $module.Result.msg = "Would get a token of $($wanted.authority)."
        return
    }

    # One that is near its end is renewed in the background, as ever.
    if (-not $module.CheckMode) {
        $session = Get-SessionArgument
        $token = Get-AuthToken @session @lifetime -ForceRefresh:$wanted.force_refresh -ErrorAction Stop
    } else { $token = $found }
    Write-TokenResult $token (-not $found -and -not $wanted.api_key)
}

function Invoke-Update {
    if ($module.CheckMode) {
        $module.Result.changed = $true
        $module.Result.msg = "Would renew the token of $($wanted.authority)."
        return
    }

    $session = Get-SessionArgument
    Write-TokenResult (Get-AuthToken @session -ForceRefresh -ErrorAction Stop) $true
}

function Invoke-Test {
    $token = if ($wanted.token) { ConvertTo-Secret $wanted.token } else { Find-Token }
    if (-not $token) {
        $module.Result.valid = $false
        $module.Result.failure = 'NoSession'
        return
    }

    $rules = Select-Given @{ audience = 'Audience'; required_scope = 'RequiredScope'; required_group = 'RequiredGroup'; token_use = 'TokenUse' }
    $service = Get-ServiceArgument
    $result = if ($module.CheckMode) { Test-AuthToken -Token $token -Offline -Detailed -ErrorAction Stop } else { Test-AuthToken -Token $token @service @rules -Detailed -ErrorAction Stop }
    $module.Result.offline = $module.CheckMode
    $module.Result.valid = $result.IsValid
    $module.Result.failure = $result.Failure
    $module.Result.subject = $result.Subject
    $module.Result.checks = @($result.Checks | ForEach-Object { @{ name = $_.Name; passed = $_.Passed; was_run = $_.WasRun; id = $_.Id; reason = $_.Reason } })
}

function Invoke-Revoke {
    $found = if (-not $wanted.token) { Find-Token @{ MinimumLifetime = [timespan]::Zero } }
    $module.Result.changed = [bool] ($wanted.token -or $found)
    if (-not $module.Result.changed -or $module.CheckMode) {
        $module.Result.msg = if ($module.Result.changed) { 'Would revoke the token.' } else { 'There is no token to revoke.' }
        return
    }

    if ($wanted.token) {
        $service = Get-ServiceArgument
        $service += Select-Given @{ client_id = 'ClientId' }
        if ($wanted.client_secret) { $service.ClientSecret = ConvertTo-Secret $wanted.client_secret }
        $result = Revoke-AuthToken -Token (ConvertTo-Secret $wanted.token) @service -PassThru -Confirm:$false -ErrorAction Stop
    } else {
        $result = Revoke-AuthToken -Session $found -PassThru -Confirm:$false -ErrorAction Stop
    }
    $module.Result.revocation = @{ access_token = "$($result.AccessToken)"; refresh_token = "$($result.RefreshToken)" }
    $module.Result.msg = $result.Message
    if ('Unsupported' -in "$($result.AccessToken)", "$($result.RefreshToken)") {
        $module.Result.error_id = 'UnsupportedGrant'
        $module.Result.reason = 'refused'
        $module.FailJson($result.Message)
    }
}

try {
    if ($wanted.store_key) { $env:AUTHMODULE_STORE_KEY = $wanted.store_key }
    Import-Module $(if ($wanted.module_path) { $wanted.module_path } else { 'AuthModule' }) -ErrorAction Stop -Verbose:$false
    switch ($wanted.operation) {
        'get' { Invoke-Get }
        'update' { Invoke-Update }
        'test' { Invoke-Test }
        'revoke' { Invoke-Revoke }
    }
} catch {
    $failure = $_.Exception
    $module.Result.error_id = ($_.FullyQualifiedErrorId -split ',')[0]
    if ($failure -is [AuthModule.AuthException]) {
        $module.Result.recommended_action = $failure.RecommendedAction
        $module.Result.status_code = $failure.StatusCode
        $module.Result.is_transient = $failure.IsTransient
        $module.Result.is_interaction_required = $failure.IsInteractionRequired
        $module.Result.correlation_id = $failure.CorrelationId
    }
    $module.FailJson($failure.Message)
}
$module.ExitJson()
