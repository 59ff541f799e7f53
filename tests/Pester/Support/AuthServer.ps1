# The embedded authorization server for a test file: start it in BeforeAll, stop it in AfterAll.
# With -ReadsMessages the codes that it sends can be read: Read-AuthServerCode.
function Start-AuthServer([string[]] $Argument = @(), [switch] $ReadsMessages) {
    $program = if ($env:AUTHMODULE_TEST_CLI) { $env:AUTHMODULE_TEST_CLI } else { Join-Path $PSScriptRoot '../../../src/AuthModule.Cli/bin/Debug/net10.0/authmodule.dll' }
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $program, 'serve', '--until-stdin-closes' + $Argument | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    if (-not $ReadsMessages) { $process.BeginErrorReadLine() }
    $line = $process.StandardOutput.ReadLine()
    if (-not $line) { throw "authmodule serve did not start: $program" }
    $server = $line | ConvertFrom-Json
    $server | Add-Member Process $process
    foreach ($client in $server.clients | Where-Object client_secret) {
        $client | Add-Member Secret (ConvertTo-SecureString $client.client_secret -AsPlainText -Force)
        $server | Add-Member "$($client.client_id)Secret" $client.Secret
    }
    foreach ($user in $server.users) {
        $server | Add-Member "$($user.username)Credential" ([pscredential]::new($user.username, (ConvertTo-SecureString $user.password -AsPlainText -Force)))
    }
    $server
}

# The next code that the server sent to a phone or mailbox.
function Read-AuthServerCode($Server, [string] $To) {
    while ($null -ne ($line = $Server.Process.StandardError.ReadLine())) {
        if ($line.Contains(" to ${To}: ")) { return ($line -split ': ')[-1] }
    }
    throw "The server ended and sent nothing to $To."
}

# It ends by itself when its standard input closes, so that not even a crash of the tests leaves it behind.
function Stop-AuthServer($Server) {
    if (-not $Server) { return }
    $Server.Process.StandardInput.Close()
    if (-not $Server.Process.WaitForExit(10000)) { $Server.Process.Kill($true) }
    $Server.Process.Dispose()
}
