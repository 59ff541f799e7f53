BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/ScriptedServer.ps1
    $service = Start-ScriptedService
    $elsewhere = [AuthModule.Pester.ScriptedServer]::new()
    $api = $service.Address
    $nightly = @{ Authority = $service.Address; ClientId = 'nightly'; ClientSecret = New-Secret 'a secret' }

    # What replies look like, from the most to the least orderly.
    $bodies = @{
        '/object' = 'application/json', '{"id":1,"when":"2024-01-01T00:00:00Z","deep":{"list":[1,[2]]}}'
        '/list'   = 'application/json', '[{"id":1},{"id":2}]'
        '/one'    = 'application/json', '[{"id":1}]'
        '/none'   = 'application/json', '[]'
        '/null'   = 'application/json', 'null'
        '/text'   = 'application/json', '"words"'
        '/empty'  = 'application/json', ''
        '/broken' = 'application/json', '{broken'
        '/named'  = 'application/problem+json; charset=utf-8', '{"title":"ü"}'
        '/plain'  = 'text/plain; charset=utf-8', 'wörds'
        '/latin'  = 'text/plain; charset=iso-8859-1', 'words'
        '/number' = 'text/plain', '123'
        '/untold' = 'text/plain', '{"id":1}'
        '/xml'    = 'application/xml', '<order id="1"><line>2</line></order>'
        '/feed'   = 'application/rss+xml', '<rss><channel><title>all</title><item><title>a</title></item><item><title>b</title></item></channel></rss>'
        '/html'   = 'text/html', '<p>not closed'
    }
    foreach ($path in $bodies.Keys) { $service.Reply($path, 200, $bodies[$path][0], $bodies[$path][1]) }

    # A value with everything that tells two apart, in one text.
    function Get-Shape($Value) {
        if ($null -eq $Value) { return 'null' }
        if ($Value -is [System.Xml.XmlNode]) { return "$($Value.GetType().Name) $($Value.OuterXml)" }
        "$($Value.GetType().Name) $(ConvertTo-Json -InputObject $Value -Compress -Depth 8)"
    }
}

AfterAll {
    ${service}?.Dispose()
    ${elsewhere}?.Dispose()
}

Describe 'Invoke-AuthRestMethod' -Tag 'N1', 'C5' {
    BeforeEach {
        Get-AuthSession | Remove-AuthSession
        Set-ScriptedToken $service
        $null = Get-AuthToken @nightly
    }

    It 'gives <_> as Invoke-RestMethod does' -ForEach '/object', '/list', '/one', '/none', '/null', '/text', '/empty', '/broken', '/named', '/plain', '/latin', '/number', '/untold', '/xml', '/feed', '/html' {
        $theirs = [System.Collections.Generic.List[string]]::new()
        Invoke-RestMethod "$api$_" | ForEach-Object { $theirs.Add((Get-Shape $_)) }
        $ours = [System.Collections.Generic.List[string]]::new()
        Invoke-AuthRestMethod "$api$_" | ForEach-Object { $ours.Add((Get-Shape $_)) }
        $ours | Should -BeExactly $theirs
        $ours.Count | Should -BeGreaterThan 0
    }

    It 'gives an object or the text, whatever an API has for JSON' -Tag 'N9' {
        # A fixed seed: a failure repeats.
        $random = [Random]::new(20261122)
        $seeds = @(
            $bodies['/object'][1], $bodies['/list'][1], '{"a":1,"A":2,"":3,"$ref":"#","__type":"x"}', ('[' * 2000 + ']' * 2000), '{"n":1e999,"m":-0,"d":"0000-00-00T00:00:00Z","u":"\ud800"}',
            '[{"a":[null,true,-1.5e3]},"\u0000",{}]', "{'a':/*x*/1,}"
        )
        $letters = '{}[]",:\/0123456789eE+-.tfnu$ ' + "`t`n"
        foreach ($i in 0..299) {
            $body = [System.Text.StringBuilder]::new($seeds[$i % $seeds.Count])
            if ($i -ge $seeds.Count) {
                foreach ($j in 0..$random.Next(3)) { $body[$random.Next($body.Length)] = $letters[$random.Next($letters.Length)] }
                if ($i % 3 -eq 0) { $body.Length = $random.Next($body.Length + 1) }
            }
            $service.Reply('/any', 200, 'application/json', "$body")
            try { $null = Invoke-AuthRestMethod "$api/any" -ErrorAction Stop } catch { throw "Round ${i}: $_ for $body" }
        }
    }

    It 'sends the token, and nothing else that is secret' {
        $null = Invoke-AuthRestMethod "$api/object"
        $head = $service.HeadsOf('/object')[-1]
        $head | Should -Match '(?m)^GET /object '
        $head | Should -Match '(?m)^Authorization: Bearer scripted-access-token$'
    }

    It 'sends bodies as Invoke-RestMethod does: <Name>' -ForEach @(
        @{ Name = 'hashtable'; Given = @{ Method = 'Post'; Body = @{ name = 'a b&c' } } }
        @{ Name = 'JSON'; Given = @{ Method = 'Put'; Body = '{"a":"ü"}'; ContentType = 'application/json' } }
        @{ Name = 'bytes'; Given = @{ Method = 'Patch'; Body = [byte[]](104, 105); ContentType = 'application/octet-stream' } }
        @{ Name = 'content type among the headers'; Given = @{ Method = 'Post'; Body = '<a />'; Headers = @{ 'Content-Type' = 'application/xml'; 'X-Part' = 1 } } }
        @{ Name = 'nothing'; Given = @{ Method = 'Delete' } }
    ) {
        $service.Reply('/sent', 200, 'application/json', '{}')
        $null = Invoke-RestMethod "$api/sent" @Given
        $null = Invoke-AuthRestMethod "$api/sent" @Given
        $service.BodiesOf('/sent')[-1] | Should -BeExactly $service.BodiesOf('/sent')[-2]
        foreach ($pattern in '^\S+', '(?m)^Content-Type: .*$', '(?m)^X-Part: .*$') {
            [regex]::Match($service.HeadsOf('/sent')[-1], $pattern).Value | Should -BeExactly ([regex]::Match($service.HeadsOf('/sent')[-2], $pattern).Value)
        }
    }

    It 'puts a hashtable into the address of a GET' {
        $service.Reply('/find?a=1&q=x%20y', 200, 'application/json', '{"found":true}')
        (Invoke-AuthRestMethod "$api/find?a=1" -Body @{ q = 'x y' }).found | Should -BeTrue
    }

    It 'takes a body and a session through the pipeline' {
        $service.Reply('/piped', 200, 'application/json', '{"ok":true}')
        ('{"n":1}' | Invoke-AuthRestMethod "$api/piped" -Method Post -ContentType application/json).ok | Should -BeTrue
        $service.BodiesOf('/piped')[-1] | Should -BeExactly '{"n":1}'
        $session = Get-AuthSession
        Set-ScriptedToken $service 'another-token'
        $null = Get-AuthToken @nightly -Scope other
        ($session | Invoke-AuthRestMethod "$api/piped").ok | Should -BeTrue
        $service.HeadsOf('/piped')[-1] | Should -Match 'Bearer scripted-access-token'
        $null = Invoke-AuthRestMethod "$api/piped"
        $service.HeadsOf('/piped')[-1] | Should -Match 'Bearer another-token'
        $null = Invoke-AuthRestMethod "$api/piped" -Session $session
        $service.HeadsOf('/piped')[-1] | Should -Match 'Bearer scripted-access-token'
    }

    It 'reads and writes files' {
        $upload = Join-Path $TestDrive 'upload.bin'
        [System.IO.File]::WriteAllText($upload, 'x' * 300000)
        $service.Reply('/upload', 200, 'text/plain', 'taken')
        Invoke-AuthRestMethod "$api/upload" -Method Put -InFile $upload -ContentType application/octet-stream | Should -Be 'taken'
        $service.BodiesOf('/upload')[-1].Length | Should -Be 300000
        $service.Reply('/download', 200, 'application/json', '{"kept":"as it came"}')
        Push-Location $TestDrive
        try { Invoke-AuthRestMethod "$api/download" -OutFile download.json | Should -BeNullOrEmpty } finally { Pop-Location }
        Get-Content (Join-Path $TestDrive 'download.json') -Raw | Should -BeExactly '{"kept":"as it came"}'
    }

    It 'sets the variables that are named' {
        $service.Reply('/made', 201, 'application/json', '{}', 'X-Page: 2')
        $null = Invoke-AuthRestMethod "$api/made" -StatusCodeVariable status -ResponseHeadersVariable headers
        $status | Should -Be 201
        $headers['X-Page'] | Should -Be '2'
    }

    It 'renews once on 401 and repeats' -Tag 'N4' {
        $before = $service.CountOf('/token')
        Set-ScriptedToken $service 'renewed-token'
        $service.ReplyFirst('/guarded', 401, 'application/json', '{}', 'WWW-Authenticate: Bearer error="invalid_token"')
        $service.Reply('/guarded', 200, 'application/json', '{"ok":true}')
        (Invoke-AuthRestMethod "$api/guarded" -Method Post -Body 'again').ok | Should -BeTrue
        $service.CountOf('/token') | Should -Be ($before + 1)
        $service.HeadsOf('/guarded')[0] | Should -Match 'Bearer scripted-access-token'
        $service.HeadsOf('/guarded')[1] | Should -Match 'Bearer renewed-token'
        $service.BodiesOf('/guarded') | Should -Be 'again', 'again'
    }

    It 'gives up after the second 401' {
        $service.Reply('/closed', 401, 'application/json', '{}', 'WWW-Authenticate: Bearer error="invalid_token"')
        $failure = Get-Failure { Invoke-AuthRestMethod "$api/closed" }
        $failure.Exception.StatusCode | Should -Be 401
        $failure.FullyQualifiedErrorId | Should -BeLike '*,AuthModule.Commands.InvokeAuthRestMethodCommand'
        $service.CountOf('/closed') | Should -Be 2
        "$failure $($failure.Exception)" | Should -Not -Match 'scripted-access-token'
    }

    It 'gives a refusal as a reply when it is told to' {
        $service.Reply('/missing', 404, 'application/json', '{"title":"no such order"}')
        (Invoke-AuthRestMethod "$api/missing" -SkipHttpErrorCheck -StatusCodeVariable status).title | Should -Be 'no such order'
        $status | Should -Be 404
        (Get-Failure { Invoke-AuthRestMethod "$api/missing" }).Exception.StatusCode | Should -Be 404
    }

    It 'comes back when it is asked to' {
        $service.ReplyFirst('/busy', 503, 'text/plain', '', 'Retry-After: 0')
        $service.ReplyFirst('/busy', 429, 'text/plain', '', 'Retry-After: 0')
        $service.Reply('/busy', 200, 'application/json', '{"ok":true}')
        (Invoke-AuthRestMethod "$api/busy").ok | Should -BeTrue
        $service.CountOf('/busy') | Should -Be 3
    }

    It 'follows a redirect of the same origin only' {
        $service.Reply('/moved', 302, 'text/plain', '', 'Location: /object')
        (Invoke-AuthRestMethod "$api/moved").id | Should -Be 1
        $elsewhere.Reply('/object', 200, 'application/json', '{}')
        $service.Reply('/away', 302, 'text/plain', '', "Location: $($elsewhere.Address)/object")
        foreach ($check in @{}, @{ SkipHttpErrorCheck = $true }) {
            (Get-Failure { Invoke-AuthRestMethod "$api/away" @check }).Exception.Code | Should -Be 'RedirectRefused'
        }
        $elsewhere.Count | Should -Be 0
    }

    It 'sends nothing with a second credential: <Name>' -ForEach @(
        @{ Name = 'header'; Given = @{ Headers = @{ authorization = 'Bearer mine' } } }
        @{ Name = 'name in the address'; Given = @{ Uri = 'https://me:secret@127.0.0.1:1/x' } }
    ) {
        $before = $service.CountOf('/object')
        if (-not $Given.Uri) { $Given.Uri = "$api/object" }
        $failure = Get-Failure { Invoke-AuthRestMethod @Given }
        $failure.Exception.Code | Should -BeIn 'InvalidRequest', 'InvalidUrl'
        "$failure" | Should -Not -Match 'mine|secret@'
        $service.CountOf('/object') | Should -Be $before
    }

    It 'sends no token in clear text to another machine' {
        (Get-Failure { Invoke-AuthRestMethod http://api.example.test/orders }).Exception.Code | Should -Be 'InsecureUrl'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'an object for a body'; Given = @{ Method = 'Post'; Body = [pscustomobject]@{ a = 1 } } }
        @{ Name = 'a header with a line break'; Given = @{ Headers = @{ 'X-A' = "a`r`nX-B: b" } } }
        @{ Name = 'a header with other letters than ASCII'; Given = @{ Headers = @{ 'X-Name' = "Ren$([char] 0xe9)e" } } }
        @{ Name = 'a method with a space'; Given = @{ Method = 'GET /' } }
        @{ Name = 'a content type that is none'; Given = @{ Method = 'Post'; Body = 'x'; ContentType = 'json' } }
        @{ Name = 'a file that is not there'; Given = @{ Method = 'Post'; InFile = 'no-such-file' } }
        @{ Name = 'two bodies'; Given = @{ Method = 'Post'; InFile = 'a'; Body = 'b' } }
    ) {
        $before = $service.CountOf('/object')
        (Get-Failure { Invoke-AuthRestMethod "$api/object" @Given }).Exception.Code | Should -Be 'InvalidRequest'
        $service.CountOf('/object') | Should -Be $before
    }

    It 'refuses a proxy that is no http(s) address: <_>' -Tag 'P3' -ForEach 'proxy.contoso.invalid:8080', 'proxy', '127.0.0.1:1' {
        $failure = Get-Failure { Invoke-AuthRestMethod "$api/object" -Proxy $_ }
        $failure.Exception.Code | Should -Be 'InvalidUrl'
        $failure.Exception.Message | Should -BeLike "-Proxy '$_'*"
    }

    It 'says that there is no session' {
        Get-AuthSession | Remove-AuthSession
        (Get-Failure { Invoke-AuthRestMethod "$api/object" }).FullyQualifiedErrorId | Should -Be 'NoSession,AuthModule.Commands.InvokeAuthRestMethodCommand'
    }

    It 'sends an API key in the header of its service' -Tag 'Y4' {
        $null = Get-AuthToken -Provider pynomaly -Authority $service.Address -ApiKey (New-Secret 'key-of-mine')
        Get-AuthToken -Verbose 4>&1 | Out-String | Should -Match 'it does not end'
        $null = Invoke-AuthRestMethod "$api/object"
        $head = $service.HeadsOf('/object')[-1]
        $head | Should -Match '(?m)^X-API-Key: key-of-mine$'
        $head | Should -Not -Match '(?m)^Authorization:'
    }
}
