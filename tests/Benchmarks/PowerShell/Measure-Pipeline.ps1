# Sends the tokens of a file, one per line, through one pipeline of Test-AuthToken, as often as a line of the input says.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $TokenFile,
    [Parameter(Mandatory)] [string] $Jwks,
    [Parameter(Mandatory)] [string] $Issuer,
    [Parameter(Mandatory)] [string] $Audience
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module $Module
$tokens = [IO.File]::ReadAllLines($TokenFile)

[Console]::Out.WriteLine('ready')
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $null, $count = -split $line
    try {
        for ($i = 0; $i -lt $count; $i++) {
            $results = $tokens | Test-AuthToken -Jwks $Jwks -Issuer $Issuer -Audience $Audience
            if ($results.Count -ne $tokens.Count -or $results -contains $false) { throw 'Test-AuthToken did not find every token good' }
        }

        [Console]::Out.WriteLine('done')
    } catch {
        [Console]::Out.WriteLine("$_")
    }
}
