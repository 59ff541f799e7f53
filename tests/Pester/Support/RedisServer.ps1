# A redis-server of the test's own on a free port: dot-source it in BeforeAll. It ends with this process, however that ends.
function Find-RedisServer {
    (Get-Command redis-server -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source
}

# Null where this machine has none.
function Start-RedisServer {
    $program = Find-RedisServer
    if (-not $program) { return }
    foreach ($attempt in 1..5) {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()

        # The shell ends the server when its own input ends.
        $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
        '-c', '"$@" </dev/null & server=$!; cat >/dev/null; kill $server 2>/dev/null', 'redis', $program, '--bind', '127.0.0.1', '--port', "$port", '--save', '', '--appendonly', 'no' |
            ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $guard = [System.Diagnostics.Process]::Start($start)
        while ($null -ne ($line = $guard.StandardOutput.ReadLine())) {
            if ($line -match 'Ready to accept connections') {
                $null = $guard.StandardOutput.ReadToEndAsync()
                return [pscustomobject]@{ Port = $port; Guard = $guard }
            }
            if ($line -match 'Failed listening|exit') { break }
        }
        $guard.StandardInput.Close()
    }
    throw 'redis-server does not start.'
}

function Stop-RedisServer($Redis) {
    if (-not $Redis) { return }
    $Redis.Guard.StandardInput.Close()
    $Redis.Guard.WaitForExit()
    $Redis.Guard.Dispose()
}

# The raw answer to one command, asked without the code under test.
function Invoke-Redis($Redis, [string] $Command) {
    $client = [System.Net.Sockets.TcpClient]::new('127.0.0.1', $Redis.Port)
    try {
        $stream = $client.GetStream()
        $stream.Write([Text.Encoding]::ASCII.GetBytes("$Command`r`nQUIT`r`n"))
        [System.IO.StreamReader]::new($stream, [Text.Encoding]::Latin1).ReadToEnd()
    } finally { $client.Dispose() }
}
