# The examples of docs/observability.md as they stand there: only the host is that of a server on loopback.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    . $PSScriptRoot/Support/PageExamples.ps1
    $service = Start-ScriptedService
    Set-ScriptedToken $service
    Set-ScriptedReply $service '/revoke' @{}
    $secret = New-Secret 'canary-secret'
    $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)")
}

AfterAll {
    Remove-AuthSession -All
    Remove-Item Env:AUTHMODULE_AUDIT -ErrorAction Ignore
    Remove-Item $folder -Recurse -Force
    ${service}?.Dispose()
}

Describe 'docs/observability.md' -Tag 'N16' {
    BeforeEach { Remove-AuthSession -All }

    It 'metrics are read from within the process' {
        $requests, $hits = . (Get-PageExample observability.md 'Add-Type' $service)
        $requests | Should -Be 2 -Because 'discovery and one token request'
        $hits | Should -Be 2
    }

    It 'a failure is counted under its id and command' {
        Set-ScriptedReply $service '/token' @{ error = 'invalid_client' } 401
        try {
            Get-Failure { Get-AuthToken -Authority $service.Address -ClientId nightly -ClientSecret (New-Secret 'wrong') } | Should -Not -BeNullOrEmpty
            $counts = [AuthModuleCounts]::new()
            Get-Failure { Get-AuthToken -Authority $service.Address -ClientId nightly -ClientSecret (New-Secret 'wrong too') } | Should -Not -BeNullOrEmpty
            $counts.Values['authmodule.failures'] | Should -Be 1
        } finally {
            Set-ScriptedToken $service
        }
    }

    It 'the audit log says who did what, and holds no secret' {
        $table = . (Get-PageExample observability.md 'AUTHMODULE_AUDIT' $service) | Out-String
        $table | Should -Match 'token.acquired +done +nightly'
        $table | Should -Match 'token.revoked +done +nightly'
        $log = Get-Content $env:AUTHMODULE_AUDIT -Raw
        $log | Should -Not -Match 'canary|scripted-access-token'
        ($log -split "`n")[1] | ConvertFrom-Json | Select-Object -ExpandProperty access_token | Should -Be 'Confirmed'
    }
}
