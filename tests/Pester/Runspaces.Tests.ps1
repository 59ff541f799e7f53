BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1

    $initial = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $initial.ImportPSModule((Resolve-Path $modulePath).Path)

    function New-Runspace {
        $runspace = [runspacefactory]::CreateRunspace($initial)
        $runspace.Open()
        $runspace
    }

    function Invoke-In($Runspace, [scriptblock] $Script, $Argument) {
        $shell = [powershell]::Create($Runspace)
        try { $shell.AddScript($Script.ToString()).AddArgument($Argument).Invoke() } finally { $shell.Dispose() }
    }

    # The tables that the cmdlets keep, by runspace; internal, so that only a test looks at it.
    $sessionsOf = (Get-Command Get-AuthToken).ImplementingType.Assembly.GetType('AuthModule.Runspaces.RunspaceSessions').GetMethod('Of')
    function Get-Table($Runspace) { $sessionsOf.Invoke($null, @($Runspace)) }
}

Describe 'Sessions and runspaces' -Tag 'D2', 'N2' {
    BeforeAll {
        $service = Start-ScriptedService
        Set-ScriptedToken $service
        $arguments = @{ Authority = $service.Address; ClientId = 'nightly'; ClientSecret = New-Secret 'a secret' }
    }

    AfterAll { ${service}?.Dispose() }

    BeforeEach {
        $one = New-Runspace
        $two = New-Runspace
    }

    AfterEach {
        $one.Dispose()
        $two.Dispose()
        Remove-AuthSession -All
    }

    It 'each runspace has its own current session' {
        $null = Invoke-In $one { $a = $args[0]; Get-AuthToken @a -Scope one } $arguments
        $null = Invoke-In $two { $a = $args[0]; Get-AuthToken @a -Scope two } $arguments
        (Invoke-In $one { (Get-AuthToken).SessionId }) | Should -Not -Be (Invoke-In $two { (Get-AuthToken).SessionId })
        Invoke-In $one { (Get-AuthSession).Scopes } | Should -Be 'one'
        Invoke-In $two { (Get-AuthSession).Scopes } | Should -Be 'two'
        Get-AuthSession | Should -BeNullOrEmpty
    }

    It 'what one forgets, the other keeps' {
        $null = Invoke-In $one { $a = $args[0]; Get-AuthToken @a } $arguments
        $null = Invoke-In $two { $a = $args[0]; Get-AuthToken @a } $arguments
        Invoke-In $one { Remove-AuthSession -All }
        Invoke-In $one { Get-AuthSession } | Should -BeNullOrEmpty
        Invoke-In $two { Get-AuthSession } | Should -HaveCount 1
    }

    It 'two runspaces with the same credential ask the server once' -Tag 'N3' {
        $before = $service.CountOf('/token')
        $null = Invoke-In $one { $a = $args[0]; Get-AuthToken @a -Scope shared } $arguments
        $null = Invoke-In $two { $a = $args[0]; Get-AuthToken @a -Scope shared } $arguments
        $service.CountOf('/token') | Should -Be ($before + 1)
    }

    It 'a session that is handed over is shared, not copied' {
        Set-ScriptedToken $service -More @{ refresh_token = 'one and only' }
        $null = Get-AuthToken @arguments -Scope handed
        $session = Get-AuthSession
        (Invoke-In $one { (Update-AuthToken -Session $args[0]).SessionId } $session) | Should -Be $session.Id
        (Invoke-In $one { [object]::ReferenceEquals((Get-AuthSession), $args[0]) } $session) | Should -BeTrue
        $results = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            (Get-AuthToken -Session $using:session).SessionId
        }
        $results | Should -HaveCount 4
        $results | Select-Object -Unique | Should -Be $session.Id
    }

    It 'a closed runspace frees its sessions' {
        $null = Invoke-In $one { $a = $args[0]; Get-AuthToken @a } $arguments
        Get-Table $one | Should -Not -BeNullOrEmpty
        $one.Close()
        Get-Table $one | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C' -Tag 'D1' {
    It 'ends a request at once and leaves no error' {
        $service = Start-ScriptedService
        $runspace = New-Runspace
        $shell = [powershell]::Create($runspace)
        try {
            $service.Hang('/token')
            $null = $shell.AddScript({
                $a = $args[0]
                Get-AuthToken @a -TimeoutSec 300
            }.ToString()).AddArgument(@{ Authority = $service.Address; ClientId = 'nightly'; ClientSecret = New-Secret 'x' })
            $call = $shell.BeginInvoke()
            [System.Threading.SpinWait]::SpinUntil({ $service.CountOf('/token') -eq 1 }, 30000) | Should -BeTrue
            $stop = $shell.BeginStop($null, $null)
            $stop.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue -Because 'the request would take 300 seconds'
            $call.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
            $service.Dispose()
        }
    }
}
