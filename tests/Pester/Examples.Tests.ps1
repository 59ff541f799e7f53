BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $examples = Join-Path $PSScriptRoot '../../examples'
    $server = Start-AuthServer
    $authority = $server.issuer
    function Get-Header([string] $Scope) {
        (Get-AuthToken -Authority $authority -ClientId nightly -ClientSecret $server.nightlySecret -Scope $Scope -AsHeader).Authorization
    }
    $reader = Get-Header orders.read
    $writer = Get-Header orders.write

    # A port that nobody listens on. Below those that systems give out by themselves, so that nobody is given it meanwhile.
    function Get-FreePort {
        while ($true) {
            $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, (Get-Random -Minimum 20000 -Maximum 30000))
            try { $probe.Start(); return $probe.LocalEndpoint.Port } catch [System.Net.Sockets.SocketException] { continue } finally { $probe.Stop() }
        }
    }
}

AfterAll {
    Remove-AuthSession -All
    Stop-AuthServer $server
}

Describe 'examples/endpoint-listener.ps1' -Tag 'C13', 'D10', 'G11' {
    BeforeAll {
        function Start-Endpoint([string] $Authority, [int] $RequestCount) {
            $prefix = "http://127.0.0.1:$(Get-FreePort)/"
            $shell = [powershell]::Create()
            $null = $shell.AddScript('param($Module, $Script, $Argument) Import-Module $Module; & $Script @Argument')
            $null = $shell.AddParameters(@{
                Module = $modulePath
                Script = Join-Path $examples 'endpoint-listener.ps1'
                Argument = @{ Authority = $Authority; Prefix = $prefix; RequestCount = $RequestCount; Verbose = $true }
            })
            $running = $shell.BeginInvoke()

            # It says when it listens. A connection made to find out could meet HttpListener while it starts, and break it.
            while (-not ($shell.Streams.Verbose.ReadAll().Message -like 'Listening on *')) {
                if ($running.IsCompleted) { $null = $shell.EndInvoke($running); throw "The endpoint ended at once: $($shell.Streams.Error)" }
                Start-Sleep -Milliseconds 20
            }
            @{ Shell = $shell; Running = $running; Prefix = $prefix }
        }

        function Stop-Endpoint($Endpoint) {
            $Endpoint.Shell.Stop()
            try { $Endpoint.Shell.EndInvoke($Endpoint.Running) } catch [System.Management.Automation.PipelineStoppedException] { Write-Verbose "Stopped: $_" }
            $Endpoint.Shell.Dispose()
        }

        function Invoke-Endpoint([string] $Path, [string] $Method = 'GET', [string] $Header) {
            $request = @{ Uri = $endpoint.Prefix + $Path; Method = $Method; SkipHttpErrorCheck = $true; NoProxy = $true }
            if ($Header) { $request.Headers = @{ Authorization = $Header } }
            Invoke-WebRequest @request
        }

        $endpoint = Start-Endpoint $authority 0
    }

    AfterAll { Stop-Endpoint $endpoint }

    It 'answers a good token' {
        $reply = Invoke-Endpoint orders -Header $reader
        $reply.StatusCode | Should -Be 200
        ($reply.Content | ConvertFrom-Json).orders[0].article | Should -Be 'bolt'
    }

    It 'refuses a request without a token and tells no error' {
        $reply = Invoke-Endpoint orders
        $reply.StatusCode | Should -Be 401
        $reply.Headers['WWW-Authenticate'] | Should -Be 'Bearer scope="orders.read"'
    }

    It 'refuses a changed token' {
        $reply = Invoke-Endpoint orders -Header ($reader.Substring(0, $reader.Length - 4) + 'AAAA')
        $reply.StatusCode | Should -Be 401
        "$($reply.Headers['WWW-Authenticate'])" | Should -BeLike 'Bearer error="invalid_token",*'
    }

    It 'refuses a good token that allows too little, and says what is missing' {
        $reply = Invoke-Endpoint orders -Method POST -Header $reader
        $reply.StatusCode | Should -Be 403
        "$($reply.Headers['WWW-Authenticate'])" | Should -BeLike 'Bearer error="insufficient_scope",*scope="orders.write"'
        (Invoke-Endpoint orders -Method POST -Header $writer).StatusCode | Should -Be 200
    }

    It 'knows no other request' {
        (Invoke-Endpoint orders -Method DELETE -Header $reader).StatusCode | Should -Be 404
    }

    It 'lets nobody in when the issuer cannot be reached' {
        $own = $endpoint
        $endpoint = Start-Endpoint "http://127.0.0.1:$(Get-FreePort)" 1
        try {
            $reply = Invoke-WebRequest ($endpoint.Prefix + 'orders') -Headers @{ Authorization = $reader } -SkipHttpErrorCheck -NoProxy
            $reply.StatusCode | Should -Be 503
            $reply.Headers['Retry-After'] | Should -Be '30'
        } finally {
            Stop-Endpoint $endpoint
            $endpoint = $own
        }
    }
}

Describe 'examples/azure-function/run.ps1' -Tag 'C13', 'D10' {
    BeforeAll {
        # What the Functions host brings.
        if (-not ('HttpResponseContext' -as [type])) {
            Add-Type 'public class HttpResponseContext { public System.Net.HttpStatusCode StatusCode { get; set; } public System.Collections.Hashtable Headers { get; set; } public object Body { get; set; } }'
        }

        $bound = @{}
        function Push-OutputBinding($Name, $Value) { $bound.Name, $bound.Value = $Name, $Value }
        function Invoke-Function([hashtable] $Header) {
            $bound.Clear()
            & (Join-Path $examples 'azure-function/run.ps1') -Request @{ Method = 'GET'; Headers = $Header } -TriggerMetadata @{}
            $bound.Name | Should -Be 'Response'
            $bound.Value
        }
    }

    BeforeEach {
        $env:ORDERS_AUTHORITY = $authority
        $env:ORDERS_AUDIENCE = 'orders'
    }

    AfterAll { Remove-Item Env:ORDERS_AUTHORITY, Env:ORDERS_AUDIENCE -ErrorAction Ignore }

    It 'answers a good token' {
        $reply = Invoke-Function @{ Authorization = $reader }
        [int] $reply.StatusCode | Should -Be 200
        $reply.Body.orders[0].article | Should -Be 'bolt'
    }

    It 'answers <Status> to <What>' -ForEach @(
        @{ What = 'no header'; Header = @{}; Status = 401 }
        @{ What = 'another scheme'; Header = @{ Authorization = 'Basic YTpi' }; Status = 401 }
        @{ What = 'no token'; Header = @{ Authorization = 'Bearer not.a.token' }; Status = 401 }
    ) {
        $reply = Invoke-Function $Header
        [int] $reply.StatusCode | Should -Be $Status
        $reply.Headers['WWW-Authenticate'] | Should -BeLike 'Bearer *'
    }

    It 'refuses a token that allows too little' {
        [int] (Invoke-Function @{ Authorization = $writer }).StatusCode | Should -Be 403
    }

    It 'refuses a token that is meant for another API' {
        $env:ORDERS_AUDIENCE = 'stock'
        [int] (Invoke-Function @{ Authorization = $reader }).StatusCode | Should -Be 401
    }

    It 'lets nobody in when the issuer cannot be reached' {
        $env:ORDERS_AUTHORITY = "http://127.0.0.1:$(Get-FreePort)"
        [int] (Invoke-Function @{ Authorization = $reader }).StatusCode | Should -Be 503
    }
}
