# The examples of a page of docs/ as they stand there, for a test that runs them: dot-source it in BeforeAll.

# The one PowerShell block of the page that holds the text; its hosts are those of a service on loopback.
function Get-PageExample([string] $Page, [string] $Text, $Service) {
    $content = Get-Content (Join-Path $PSScriptRoot "../../../docs/$Page") -Raw
    $blocks = [regex]::Matches($content, '(?ms)^```powershell\r?\n(.*?)^```').ForEach({ $_.Groups[1].Value })
    $found = @($blocks | Where-Object { $_.Contains($Text) })
    if ($found.Count -ne 1) { throw "docs/$Page has $($found.Count) examples with $Text" }
    [scriptblock]::Create($found[0].Replace('https://api.contoso.com', $Service.Address).Replace('id.contoso.com', $Service.Address))
}
