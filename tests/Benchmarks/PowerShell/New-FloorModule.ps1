<#
.SYNOPSIS
    Compiles an empty module with as many cmdlets as AuthModule and the same parameters: the floor that the module is measured against.

.DESCRIPTION
    Each cmdlet of the module has a namesake with 'Floor' before its noun, with the same parameter sets, positions and aliases and an
    empty body. It validates nothing, completes nothing, brings no formats and loads no library, so it is as light as a compiled module
    of this shape can be. Types of AuthModule's own are taken as object.

    Two modules are made of the same assembly: Plain, and WithFormats, which brings a format file and a type file of one entry each:
    PowerShell takes long for the first file of a kind, whatever is in it.
#>
[CmdletBinding()]
param(
    # The manifest of the module that is measured.
    [Parameter(Mandatory)] [string] $Module,

    # Where the floors are written: Plain/Floor.psd1 and WithFormats/Floor.psd1.
    [Parameter(Mandatory)] [string] $Folder
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Get-TypeName([type] $Type) {
    if ($Type.FullName -like 'AuthModule*') { return 'object' }
    if ($Type.IsArray) { return (Get-TypeName $Type.GetElementType()) + '[]' }
    if ($Type.IsGenericType) {
        $name = $Type.GetGenericTypeDefinition().FullName -replace '`.*'
        $arguments = $Type.GetGenericArguments() | ForEach-Object { Get-TypeName $_ }
        return "global::$name<$($arguments -join ', ')>"
    }

    'global::' + $Type.FullName.Replace('+', '.')
}

function Get-ParameterSource([Reflection.PropertyInfo] $Property) {
    foreach ($attribute in $Property.GetCustomAttributes([Parameter], $true)) {
        $named = @()
        if ($attribute.ParameterSetName -ne '__AllParameterSets') { $named += "ParameterSetName = `"$($attribute.ParameterSetName)`"" }
        if ($attribute.Mandatory) { $named += 'Mandatory = true' }
        if ($attribute.Position -ge 0) { $named += "Position = $($attribute.Position)" }
        if ($attribute.ValueFromPipeline) { $named += 'ValueFromPipeline = true' }
        if ($attribute.ValueFromPipelineByPropertyName) { $named += 'ValueFromPipelineByPropertyName = true' }
        "    [Parameter($($named -join ', '))]"
    }

    foreach ($attribute in $Property.GetCustomAttributes([Alias], $true)) {
        $names = $attribute.AliasNames | ForEach-Object { '"' + $_ + '"' }
        "    [Alias($($names -join ', '))]"
    }

    "    public $(Get-TypeName $Property.PropertyType) $($Property.Name) { get; set; }"
}

function Get-CmdletSource([Management.Automation.CmdletInfo] $Command) {
    $cmdlet = [Attribute]::GetCustomAttribute($Command.ImplementingType, [Management.Automation.CmdletAttribute])
    $named = @()
    if ($cmdlet.DefaultParameterSetName) { $named += ", DefaultParameterSetName = `"$($cmdlet.DefaultParameterSetName)`"" }
    if ($cmdlet.SupportsShouldProcess) { $named += ', SupportsShouldProcess = true' }
    "[Cmdlet(`"$($cmdlet.VerbName)`", `"Floor$($cmdlet.NounName)`"$($named -join ''))]"
    "public sealed class $($cmdlet.VerbName)Floor$($cmdlet.NounName) : PSCmdlet"
    '{'
    foreach ($property in $Command.ImplementingType.GetProperties() | Where-Object { $_.GetCustomAttributes([Parameter], $true) }) {
        Get-ParameterSource $property
    }

    '    protected override void ProcessRecord() { }'
    '}'
}

$commands = @((Import-Module $Module -PassThru).ExportedCmdlets.Values)
$source = @('using System.Management.Automation;') + @($commands | ForEach-Object { Get-CmdletSource $_ })

if (Test-Path $Folder) { Remove-Item $Folder -Recurse }
$plain = (New-Item (Join-Path $Folder 'Plain') -ItemType Directory).FullName
$withFormats = (New-Item (Join-Path $Folder 'WithFormats') -ItemType Directory).FullName
Add-Type -TypeDefinition ($source -join "`n") -OutputAssembly (Join-Path $plain 'Floor.dll') -WarningAction Ignore
Copy-Item (Join-Path $plain 'Floor.dll') $withFormats

$manifest = @{
    RootModule        = 'Floor.dll'
    ModuleVersion     = '1.0.0'
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport   = @()
    CmdletsToExport   = @($commands | ForEach-Object { $_.Name -replace '-', '-Floor' })
}
New-ModuleManifest (Join-Path $plain 'Floor.psd1') @manifest
New-ModuleManifest (Join-Path $withFormats 'Floor.psd1') @manifest -FormatsToProcess 'Floor.Format.ps1xml' -TypesToProcess 'Floor.Types.ps1xml'
Set-Content (Join-Path $withFormats 'Floor.Format.ps1xml') @'
<Configuration><ViewDefinitions><View><Name>Floor</Name><ViewSelectedBy><TypeName>Floor</TypeName></ViewSelectedBy><TableControl>
<TableHeaders><TableColumnHeader /></TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem>
<PropertyName>Name</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>
'@
Set-Content (Join-Path $withFormats 'Floor.Types.ps1xml') @'
<Types><Type><Name>Floor</Name><Members><AliasProperty><Name>Id</Name><ReferencedMemberName>Name</ReferencedMemberName></AliasProperty></Members></Type></Types>
'@
"$($commands.Count) cmdlets"
