# The pages of docs/en-US, as the tests read them: dot-source it.
$helpPages = Join-Path $PSScriptRoot '../../../docs/en-US'

# The text of a page with what it includes.
function Get-HelpPageText([string] $File) {
    $text = [System.IO.File]::ReadAllText($File).Replace("`r`n", "`n")
    [regex]::Replace($text, '(?m)^<!-- include (\S+)(?: from .+)? -->$', { param($match) Get-HelpPageText (Join-Path (Split-Path $File) $match.Groups[1].Value) })
}

# The examples of a page: title, code, the output that the page shows, and why it cannot be run where the page says so.
function Get-HelpPageExample([System.IO.FileInfo] $Page) {
    $title = $Page.BaseName
    $examples = @{}
    foreach ($part in [regex]::Matches((Get-HelpPageText $Page.FullName), '(?ms)^#{2,4} (?<title>[^\n]+)|^```powershell\n(?<code>.*?)\n```(?:\n\n```text\n(?<output>.*?)\n```)?(?:\n\nNot run by the tests: (?<reason>[^\n]+))?')) {
        if ($part.Groups['title'].Success) { $title = $part.Groups['title'].Value; continue }
        $examples[$title] = 1 + $examples[$title]
        @{
            Page = $Page.BaseName
            Title = if ($examples[$title] -gt 1) { "$title, $($examples[$title])" } else { $title }
            Code = $part.Groups['code'].Value
            Output = $part.Groups['output'].Value
            Reason = $part.Groups['reason'].Value
        }
    }
}
