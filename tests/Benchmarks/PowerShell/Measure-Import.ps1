# Says how many nanoseconds the import of a module takes in this new process, and how many cmdlets it brought.
param([Parameter(Mandatory)] [string] $Module)

$watch = [Diagnostics.Stopwatch]::StartNew()
Import-Module $Module
$watch.Stop()
'{0:0} {1}' -f $watch.Elapsed.TotalNanoseconds, @(Get-Command -Module ([IO.Path]::GetFileNameWithoutExtension($Module))).Count
