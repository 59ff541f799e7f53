# A person at the pages of the embedded server, by plain HTTP: keeps cookies, fills in forms, and stops where the server sends them away.
function New-PageWalk {
    $handler = [System.Net.Http.HttpClientHandler]@{ AllowAutoRedirect = $false }
    $http = [System.Net.Http.HttpClient]::new($handler)
    $http.DefaultRequestHeaders.Add('Accept', 'text/html')
    [pscustomobject]@{ Http = $http; Address = $null; Text = ''; Left = $null }
}

# Follows redirects within the server.
function Send-PageRequest($Walk, [System.Net.Http.HttpRequestMessage] $Request) {
    $origin = $Request.RequestUri.Authority
    $Walk.Left = $null
    foreach ($step in 1..20) {
        $reply = $Walk.Http.SendAsync($Request).GetAwaiter().GetResult()
        $Walk.Address = $Request.RequestUri
        $Walk.Text = $reply.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        if (-not $reply.Headers.Location) { return }
        $target = [uri]::new($Walk.Address, $reply.Headers.Location)
        if ($target.Authority -ne $origin) {
            $Walk.Left = $target.AbsoluteUri
            return
        }
        $Request = [System.Net.Http.HttpRequestMessage]::new('GET', $target)
    }
    throw 'the pages do not come to an end'
}

function Open-Page($Walk, [uri] $Address) { Send-PageRequest $Walk ([System.Net.Http.HttpRequestMessage]::new('GET', $Address)) }

# The first form of the page, with its hidden fields and these.
function Submit-Page($Walk, [hashtable] $Field = @{}) {
    if ($Walk.Text -notmatch '(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>') { throw "there is no form at $($Walk.Address): $($Walk.Text)" }
    $action, $form = $Matches[1], $Matches[2]
    $fields = [System.Collections.Generic.Dictionary[string, string]]::new()
    foreach ($hidden in [regex]::Matches($form, '<input type="hidden" name="([^"]*)" value="([^"]*)"')) { $fields[$hidden.Groups[1].Value] = $hidden.Groups[2].Value }
    foreach ($name in $Field.Keys) { $fields[$name] = $Field[$name] }
    $request = [System.Net.Http.HttpRequestMessage]::new('POST', [uri]::new($Walk.Address, [System.Net.WebUtility]::HtmlDecode($action)))
    $request.Content = [System.Net.Http.FormUrlEncodedContent]::new($fields)
    Send-PageRequest $Walk $request
}

# From the address that a client sends its person to, to the one that the server sends them back to.
function Invoke-AuthServerSignIn([uri] $Url, [string] $Name, [string] $Password, [string] $Answer = 'allow') {
    $walk = New-PageWalk
    try {
        Open-Page $walk $Url
        Submit-Page $walk @{ username = $Name; password = $Password; answer = 'sign-in' }

        # What was allowed before is not asked again.
        if (-not $walk.Left) { Submit-Page $walk @{ answer = $Answer } }
        $walk.Left
    } finally {
        $walk.Http.Dispose()
    }
}

# What a person does with a code that a device shows. The heading of the last page.
function Confirm-AuthServerDevice([uri] $Address, [string] $Code, [string] $Name, [string] $Password, [string] $Answer = 'allow') {
    $walk = New-PageWalk
    try {
        Open-Page $walk $Address
        Submit-Page $walk @{ user_code = $Code }
        Submit-Page $walk @{ username = $Name; password = $Password; answer = 'sign-in' }
        Submit-Page $walk @{ answer = $Answer }
        [regex]::Match($walk.Text, '<h1>(.*?)</h1>').Groups[1].Value
    } finally {
        $walk.Http.Dispose()
    }
}
