# Calls Get-AuthToken, which has its token, or the cmdlet of the floor, as often as a line of the input says.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Floor,
    [Parameter(Mandatory)] [string] $TokenEndpoint
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module $Module, $Floor
$secret = [securestring]::new()
'secret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
$first = Get-AuthToken -Provider oauth2 -TokenEndpoint $TokenEndpoint -ClientId nightly -ClientSecret $secret -ClientAuthentication Post

function measured([int] $Count) {
    for ($i = 0; $i -lt $Count; $i++) { $token = Get-AuthToken }
    if (-not [object]::ReferenceEquals($token, $first)) { throw 'Get-AuthToken did not give the token of the session' }
}

function floor([int] $Count) {
    for ($i = 0; $i -lt $Count; $i++) { $token = Get-FloorAuthToken }
    if ($null -ne $token) { throw 'the floor is not empty' }
}

[Console]::Out.WriteLine('ready')
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $side, $count = -split $line
    try { & $side $count; [Console]::Out.WriteLine('done') } catch { [Console]::Out.WriteLine("$_") }
}
