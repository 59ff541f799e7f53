BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $server = Start-AuthServer
    $port = ([uri] $server.issuer).Port
    $nightly = @{ Authority = $server.issuer; ClientId = 'nightly'; ClientSecret = $server.nightlySecret; Scope = 'orders.read' }

    # Our ends of connections to the server; those that only wait for their time to pass are closed.
    function Get-Connection {
        @([System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections() |
                Where-Object { $_.RemoteEndPoint.Port -eq $port -and $_.State -eq 'Established' })
    }
}

AfterAll {
    Import-Module $modulePath
    Stop-AuthServer $server
}

Describe 'Removing the module' -Tag 'D2', 'D5' {
    It 'closes its connections and forgets its sessions, and a later import starts anew' {
        $token = Get-AuthToken @nightly
        $null = Invoke-AuthRestMethod $server.sample_api
        Get-Connection | Should -Not -BeNullOrEmpty
        $session = Get-AuthSession
        $engine = [AuthModule.AuthToken].Assembly

        Remove-Module AuthModule

        # The system closes them a moment later.
        $end = [datetime]::UtcNow.AddSeconds(30)
        while ((Get-Connection) -and [datetime]::UtcNow -lt $end) { Start-Sleep -Milliseconds 50 }
        Get-Connection | Should -BeNullOrEmpty
        Get-Command Get-AuthToken -ErrorAction Ignore | Should -BeNullOrEmpty

        Import-Module $modulePath
        Get-AuthSession | Should -BeNullOrEmpty
        [AuthModule.AuthToken].Assembly | Should -Be $engine

        (Get-AuthToken @nightly).ToPlainText() | Should -Not -BeExactly $token.ToPlainText()

        # A session that a script still holds is the script's.
        (Get-AuthToken -Session $session).ToPlainText() | Should -BeExactly $token.ToPlainText()
    }

    It 'leaves other runspaces theirs' {
        $other = [powershell]::Create()
        try {
            $null = $other.AddScript('param($path, $call) Import-Module $path; Get-AuthToken @call').AddArgument($modulePath).AddArgument($nightly).Invoke()
            $other.Commands.Clear()

            Remove-Module AuthModule

            $sessions = $other.AddScript('(Get-AuthSession).State; (Get-AuthToken).ToPlainText()').Invoke()
            $other.HadErrors | Should -BeFalse
            $sessions[0] | Should -Be 'Fresh'
            $sessions[1] | Should -Not -BeNullOrEmpty
        } finally {
            $other.Dispose()
            Import-Module $modulePath
        }
    }

    It 'can be done again and again without leaving threads behind' {
        $null = Get-AuthToken @nightly
        $before = [System.Diagnostics.Process]::GetCurrentProcess().Threads.Count
        foreach ($round in 1..20) {
            Remove-Module AuthModule
            Import-Module $modulePath
            $null = Get-AuthToken @nightly
        }
        [System.Diagnostics.Process]::GetCurrentProcess().Threads.Count | Should -BeLessThan ($before + 15)
        (Get-Connection).Count | Should -BeLessOrEqual 2
    }
}
