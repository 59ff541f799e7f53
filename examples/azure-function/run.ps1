# An HTTP-triggered function in PowerShell that answers only requests with a good access token. AuthModule belongs into the
# app's Modules folder. Settings of the app: ORDERS_AUTHORITY (who issues the tokens), ORDERS_AUDIENCE (this API).
# function.json says "authLevel": "anonymous": the token is what protects it, not a key in the address.
param($Request, $TriggerMetadata)

Write-Verbose "Invocation $($TriggerMetadata.InvocationId)"

function Get-Answer($Header) {
    try {
        $test = Test-AuthToken -AuthorizationHeader $Header -Authority $env:ORDERS_AUTHORITY -Audience $env:ORDERS_AUDIENCE -RequiredScope orders.read -Detailed -ErrorAction Stop
    } catch {
        # Whether the token is good is not known: the issuer's keys cannot be read.
        Write-Warning "$($_.FullyQualifiedErrorId): $($_.Exception.Message)"
        return @{ StatusCode = 503; Headers = @{ 'Retry-After' = '30' }; Body = @{ error = 'temporarily_unavailable' } }
    }

    if (-not $test.IsValid) {
        return @{ StatusCode = $test.StatusCode; Headers = @{ 'WWW-Authenticate' = $test.WwwAuthenticate }; Body = @{ error = 'refused' } }
    }

    @{ StatusCode = 200; Body = @{ orders = @(@{ id = 1; article = 'bolt' }); for = $test.Subject } }
}

Push-OutputBinding -Name Response -Value ([HttpResponseContext] (Get-Answer $Request.Headers['Authorization']))
