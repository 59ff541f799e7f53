BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
}

Describe 'Revoke-AuthToken -Logout' -Tag 'R17', 'N7' {
    BeforeAll {
        $server = Start-AuthServer
        $service = Start-ScriptedService
        $metadata = @{
            issuer = $service.Address; token_endpoint = "$($service.Address)/token"; revocation_endpoint = "$($service.Address)/revoke"
            end_session_endpoint = "$($service.Address)/logout"
        }
        Set-ScriptedReply $service '/.well-known/openid-configuration' $metadata
        Set-ScriptedReply $service '/token' @{ access_token = 'access-token-1'; refresh_token = 'refresh-token-1'; expires_in = 600 }
        Set-ScriptedReply $service '/revoke' @{ }
    }

    AfterAll {
        ${service}?.Dispose()
        Stop-AuthServer $server
    }

    It 'revokes and forgets, then says that nobody is there to see the browser' {
        Get-AuthToken -Authority $service.Address -ClientId desktop -Credential $server.aliceCredential -NonInteractive | Out-Null
        $result = Revoke-AuthToken -Logout -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
        $result.AccessToken, $result.RefreshToken, $result.LocalCleared | Should -Be 'Confirmed', 'Confirmed', $true
        $failure[0].FullyQualifiedErrorId | Should -BeExactly 'InteractionRequired,AuthModule.Commands.RevokeAuthTokenCommand'
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'revokes and forgets also where the service has no address to end a sign-in' {
        Get-AuthToken -Authority $server.issuer -ClientId desktop -Credential $server.aliceCredential -Scope orders.read | Out-Null
        $result = Revoke-AuthToken -Logout -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
        $result.AccessToken | Should -Be 'Confirmed'
        $failure[0].FullyQualifiedErrorId | Should -BeIn 'UnsupportedGrant,AuthModule.Commands.RevokeAuthTokenCommand', 'InteractionRequired,AuthModule.Commands.RevokeAuthTokenCommand'
        Get-AuthSession | Should -BeNullOrEmpty
    }
}
