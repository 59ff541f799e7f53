# The scripts of examples/, run as a user runs them: against the embedded server, or a service whose replies the test decides.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $examples = Join-Path $PSScriptRoot '../../examples'
    $server = Start-AuthServer
    $client = $server.clients | Where-Object client_id -EQ nightly
    $variables = 'AUTHMODULE_CLIENT_SECRET', 'AUTHMODULE_USERNAME', 'AUTHMODULE_PASSWORD', 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_REF_NAME'
    $saved = @{}
    foreach ($name in $variables) { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }
}

AfterAll { Stop-AuthServer $server }

Describe 'examples' -Tag 'D10' {
    BeforeEach {
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $null) }
        $service = Start-ScriptedService
    }

    AfterEach {
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
        Remove-AuthSession -All
        $service.Dispose()
    }

    Context 'nightly-job.ps1' {
        BeforeAll { $job = Join-Path $examples 'nightly-job.ps1' }

        It 'reads the orders, signs out and ends with 0' {
            $env:AUTHMODULE_CLIENT_SECRET = $client.client_secret
            & $job -Authority $server.issuer -Api $server.sample_api | Should -BeLike 'There are * orders.'
            $LASTEXITCODE | Should -Be 0
            Get-AuthSession | Should -BeNullOrEmpty
        }

        It 'takes the secret from a vault where one is named' {
            function global:Get-Secret([string] $Name, [string] $Vault) { if ("$Vault/$Name" -eq 'Jobs/nightly') { $server.nightlySecret } }
            try {
                & $job -Authority $server.issuer -Api $server.sample_api -Vault Jobs | Should -BeLike 'There are * orders.'
            } finally { Remove-Item function:global:Get-Secret }
        }

        It 'ends with <Code> where <What>' -ForEach @(
            @{ Code = 3; What = 'the service refuses the client'; Secret = 'wrong'; Authority = { $server.issuer } }
            @{ Code = 4; What = 'the service fails'; Secret = 'any'; Authority = { Set-ScriptedReply $service '/token' @{} 503; $service.Address } }
            @{ Code = 2; What = 'the address is none'; Secret = 'any'; Authority = { 'ftp://id.contoso.com' } }
        ) {
            $env:AUTHMODULE_CLIENT_SECRET = $Secret
            $said = & $job -Authority (& $Authority) -Api $server.sample_api 3>&1
            $LASTEXITCODE | Should -Be $Code
            $said | Should -HaveCount 2
        }
    }

    Context 'parallel-targets.ps1' {
        It 'asks all with one token request, and one that fails does not end the others' {
            Set-ScriptedToken $service
            1..6 | ForEach-Object { Set-ScriptedReply $service "/target/$_" @{ number = $_ } }
            $env:AUTHMODULE_CLIENT_SECRET = 'canary-secret'
            $targets = 1..7 | ForEach-Object { "$($service.Address)/target/$_" }
            $answers = & (Join-Path $examples 'parallel-targets.ps1') -Authority $service.Address -Target $targets
            $answers | Should -HaveCount 7
            $answers.Reply.number | Sort-Object | Should -Be (1..6)
            ($answers | Where-Object Error).Target | Should -Be $targets[6]
            $service.CountOf('/token') | Should -Be 1
        }
    }

    Context 'device-sign-in.ps1' {
        BeforeEach {
            Set-ScriptedReply $service '/.well-known/openid-configuration' @{
                issuer = $service.Address; token_endpoint = "$($service.Address)/token"; jwks_uri = "$($service.Address)/jwks"; device_authorization_endpoint = "$($service.Address)/device"
            }
            Set-ScriptedReply $service '/device' @{ device_code = 'canary-device-code'; user_code = 'WDJB-MJHT'; verification_uri = "$($service.Address)/activate"; expires_in = 600; interval = 1 }
            $signIn = Join-Path $examples 'device-sign-in.ps1'
        }

        It 'shows address and code and gives the headers' {
            Set-ScriptedToken $service
            $header = & $signIn -Authority $service.Address -ClientId console -Scope orders.read -InformationVariable shown 6>$null
            $header.Authorization | Should -Be 'Bearer scripted-access-token'
        }

        It 'says that the person did not agree' {
            Set-ScriptedReply $service '/token' @{ error = 'access_denied' } 400
            { & $signIn -Authority $service.Address -ClientId console -Scope orders.read 6>$null } | Should -Throw 'The person did not agree*'
        }

        It 'lets the person start again when the code ran out' {
            Set-ScriptedReply $service '/token' @{ error = 'expired_token' } 400
            { & $signIn -Authority $service.Address -ClientId console -Scope orders.read -Attempt 2 6>$null 3>$null } | Should -Throw 'Nobody signed in.'
            $service.CountOf('/device') | Should -Be 2
        }
    }

    Context 'rotate-api-key.ps1' -Tag 'Y5' {
        BeforeAll {
            $rotate = Join-Path $examples 'rotate-api-key.ps1'
            function Get-NamedKey { $null = Get-AuthToken @account; Get-AuthApiKey | Where-Object Name -EQ 'exporter' }
        }

        BeforeEach { $account = @{ Provider = 'pynomaly'; Authority = $server.issuer; Credential = $server.aliceCredential } }

        It 'replaces the old key by a new one that works' {
            $null = Get-AuthToken @account
            $old = New-AuthApiKey exporter
            $kept = @{}
            $done = & $rotate -Authority $server.issuer -Name exporter -Credential $server.aliceCredential -Save { param($Key) $kept.Key = $Key } -Confirm:$false
            $done.Removed | Should -Be 1
            (Get-NamedKey).Id | Should -Be $done.Id
            $done.Id | Should -Not -Be $old.Id
            $header = Get-AuthToken -Provider pynomaly -Authority $server.issuer -ApiKey $kept.Key -AsHeader
            (Invoke-RestMethod "$($server.issuer)/api/v1/auth/me" -Headers $header).username | Should -Be 'alice'
        }

        It 'leaves the old key alone, and no new one behind, when saving fails' {
            Get-NamedKey | ForEach-Object { Remove-AuthApiKey -Id $_.Id -Confirm:$false }
            $old = New-AuthApiKey exporter
            { & $rotate -Authority $server.issuer -Name exporter -Credential $server.aliceCredential -Save { throw 'The vault is closed.' } -Confirm:$false } | Should -Throw 'The vault is closed.'
            @(Get-NamedKey).Id | Should -Be $old.Id
        }

        It 'changes nothing with -WhatIf' {
            $before = @(Get-NamedKey).Id
            & $rotate -Authority $server.issuer -Name exporter -Credential $server.aliceCredential -Save { throw 'Not reached.' } -WhatIf | Should -BeNullOrEmpty
            @(Get-NamedKey).Id | Should -Be $before
        }
    }

    Context 'azure-automation.ps1' -Tag 'R19' {
        BeforeEach {
            $runbook = @{ Resource = 'https://management.azure.com/'; Api = "$($service.Address)/subscriptions?api-version=2022-12-01" }
            $env:IDENTITY_ENDPOINT = "$($service.Address)/msi/token"
            $env:IDENTITY_HEADER = 'canary-identity-header'
        }

        It 'signs in as the managed identity' {
            Set-ScriptedReply $service '/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com%2F' @{ access_token = 'managed-token'; expires_on = "$([DateTimeOffset]::UtcNow.AddHours(1).ToUnixTimeSeconds())"; token_type = 'Bearer' }
            Set-ScriptedReply $service '/subscriptions?api-version=2022-12-01' @{ value = @(@{ displayName = 'Production' }) }
            (& (Join-Path $examples 'azure-automation.ps1') @runbook).displayName | Should -Be 'Production'
            $service.HeadsOf('/subscriptions?api-version=2022-12-01') | Should -BeLike '*Authorization: Bearer managed-token*'
        }

        It 'says where it has to run' {
            $env:IDENTITY_ENDPOINT = $null
            { & (Join-Path $examples 'azure-automation.ps1') @runbook } | Should -Throw 'No managed identity is here*'
        }
    }

    Context 'github-actions.ps1' -Tag 'R18' {
        BeforeEach {
            $step = @{ Authority = $service.Address; ClientId = 'deploy'; Api = "$($service.Address)/releases"; Audience = 'api://deploy' }
            Set-ScriptedReply $service '/github?api-version=2.0&audience=api%3A%2F%2Fdeploy' @{ value = 'canary.workflow.token' }
            Set-ScriptedReply $service '/releases' @{ released = 'v1.2.3' }
            $env:ACTIONS_ID_TOKEN_REQUEST_URL = "$($service.Address)/github?api-version=2.0"
            $env:ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'canary-request-token'
            $env:GITHUB_REF_NAME = 'v1.2.3'
        }

        It 'signs in as the workflow' {
            Set-ScriptedToken $service
            (& (Join-Path $examples 'github-actions.ps1') @step).released | Should -Be 'v1.2.3'
            $service.BodiesOf('/token') | Should -BeLike '*client_assertion=canary.workflow.token*'
            $service.BodiesOf('/releases') | Should -BeLike '*v1.2.3*'
        }

        It 'shows an error at the job, without a secret' {
            Set-ScriptedReply $service '/token' @{ error = 'invalid_client'; error_description = 'canary.workflow.token is not trusted' } 401
            $said = & (Join-Path $examples 'github-actions.ps1') @step
            $LASTEXITCODE | Should -Be 1
            $said | Should -BeLike '::error title=InvalidClient::*'
            $said | Should -Not -BeLike '*canary*'
        }

        It 'has a workflow that may ask for the token and calls the script with parameters that it has' {
            $workflow = Get-Content (Join-Path $examples 'github-actions.yml') -Raw
            $workflow | Should -Match '(?m)^  id-token: write'
            $parameters = (Get-Command (Join-Path $examples 'github-actions.ps1')).Parameters.Keys
            [regex]::Matches($workflow, '(?m)^ {10}-(\w+) ').ForEach({ $_.Groups[1].Value }) | ForEach-Object { $_ | Should -BeIn $parameters }
        }
    }

    Context 'px-backup-job.ps1' -Tag 'P1' {
        BeforeEach {
            Set-ScriptedReply $service '/v1/backup/default' @{ backups = @(@{ name = 'nightly' }) }
            $run = @{ Authority = $server.issuer; Api = "$($service.Address)/v1/backup/default" }
        }

        It 'signs in, asks the API and signs out' {
            $env:AUTHMODULE_USERNAME = 'alice'
            $env:AUTHMODULE_PASSWORD = ($server.users | Where-Object username -EQ alice).password
            (& (Join-Path $examples 'px-backup-job.ps1') @run).backups.name | Should -Be 'nightly'
            Get-AuthSession | Should -BeNullOrEmpty
        }

        It 'says that <What>' -ForEach @(
            @{ What = 'the password is wrong'; More = { @{ Credential = [pscredential]::new('alice', (New-Secret 'canary-wrong')) } }; Message = 'PX-Central does not take this user name and password*' }
            @{ What = 'the duration is none'; More = { @{ Credential = $server.aliceCredential; TokenDuration = '7 days' } }; Message = '-TokenDuration is a number*' }
            @{ What = 'there is no account'; More = { @{} }; Message = 'Pass -Credential*' }
        ) {
            $more = & $More
            { & (Join-Path $examples 'px-backup-job.ps1') @run @more } | Should -Throw $Message
        }
    }

    It 'are all in the README, and each is run by a test' {
        $readme = Get-Content (Join-Path $examples 'README.md') -Raw
        $tests = (Get-Content $PSCommandPath -Raw) + (Get-Content (Join-Path $PSScriptRoot 'Examples.Tests.ps1') -Raw)
        foreach ($file in Get-ChildItem $examples -File -Filter *.ps1) {
            $readme | Should -BeLike "*]($($file.Name))*"
            $tests | Should -BeLike "*$($file.Name)*"
        }
    }
}
