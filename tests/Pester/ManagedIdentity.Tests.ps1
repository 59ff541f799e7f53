# The tokens that a cloud gives to its machines, from an address on loopback in place of the cloud's.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $service = Start-ScriptedService
    $resource = 'https://management.azure.com/'
    $asked = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F'
    $askedByApp = '/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com%2F'
    $reply = @{ access_token = 'machine-token'; expires_on = "$([DateTimeOffset]::UtcNow.AddHours(8).ToUnixTimeSeconds())"; resource = $resource; token_type = 'Bearer' }
}

AfterAll {
    ${service}?.Dispose()
    Remove-Item Env:IDENTITY_ENDPOINT, Env:IDENTITY_HEADER -ErrorAction Ignore
}

Describe 'Managed identity' -Tag 'R19' {
    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Remove-Item Env:IDENTITY_ENDPOINT, Env:IDENTITY_HEADER -ErrorAction Ignore
    }

    It 'asks the address that every machine of the cloud has' {
        Set-ScriptedReply $service $asked $reply
        $token = Get-AuthToken -Provider azure-managed-identity-vm -Authority $service.Address -Resource $resource
        $token.ToPlainText() | Should -Be 'machine-token'
        $token.ExpiresIn.TotalHours | Should -BeGreaterThan 7.9
        (Get-AuthSession).Grant | Should -Be 'managed_identity'
        $service.HeadsOf($asked)[-1] | Should -Match '(?m)^Metadata: true'
        (Get-AuthToken).ToPlainText() | Should -Be 'machine-token'
        $service.CountOf($asked) | Should -Be 1
        $null = Update-AuthToken
        $service.CountOf($asked) | Should -Be 2
    }

    It 'asks the address of an app with the header of its platform, which nothing shows' -Tag 'N10' {
        Set-ScriptedReply $service $askedByApp $reply
        $env:IDENTITY_ENDPOINT = "$($service.Address)/msi/token"
        $env:IDENTITY_HEADER = 'header-canary'
        $shown = Get-AuthToken -Provider azure-managed-identity-app -Resource $resource -Verbose -Debug *>&1 | Out-String
        $service.HeadsOf($askedByApp)[-1] | Should -Match 'X-IDENTITY-HEADER: header-canary'
        $shown | Should -Not -Match 'canary|machine-token'
    }

    It 'says what a refusal of the platform means' {
        Set-ScriptedReply $service $asked @{ error = 'invalid_request'; error_description = 'Identity not found' } -Status 400
        $failure = Get-Failure { Get-AuthToken -Provider azure-managed-identity-vm -Authority $service.Address -Resource $resource }
        $failure.Exception.Code | Should -Be 'InvalidRequest'
        "$failure" | Should -Match 'Identity not found'
    }

    It 'names the variable that is missing elsewhere' {
        (Get-Failure { Get-AuthToken -Provider azure-managed-identity-app -Resource $resource }).Exception.Code | Should -Be 'MissingParameter'
    }
}
