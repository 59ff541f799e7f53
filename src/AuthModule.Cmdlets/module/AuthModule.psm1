# The libraries of this edition. The loader is first: it decides where the libraries of the cmdlets come from.
$libraries = Join-Path $PSScriptRoot $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' })
Import-Module (Join-Path $libraries 'AuthModule.Loader.dll'), (Join-Path $libraries 'AuthModule.Cmdlets.dll')
