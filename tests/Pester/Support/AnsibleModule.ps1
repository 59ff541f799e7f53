# Runs a PowerShell module of Ansible on Ansible's own Ansible.Basic, one run per line of JSON on stdin, one line of result each.
# What Ansible does on a Windows host besides, its connection and its wrapper, is not here.
param([string] $BasicSource, [string] $Module)

$references = @(Get-ChildItem "$PSHOME/ref/*.dll" | ForEach-Object FullName)
$references += 'Newtonsoft.Json', 'System.Diagnostics.EventLog', 'System.Management.Automation' | ForEach-Object { [System.Reflection.Assembly]::Load($_).Location }
Add-Type -TypeDefinition (Get-Content $BasicSource -Raw) -ReferencedAssemblies $references -CompilerOptions '/define:CORECLR', '/nowarn:CS1701,CS1702' -IgnoreWarnings

# A module ends its process when it has said its result; here it goes on, and only the first counts.
[Ansible.Basic.AnsibleModule]::Exit = { param([int] $Code) $null = $Code }
[Ansible.Basic.AnsibleModule]::WriteLine = { param([string] $Line) if (-not $script:said) { $script:said = $Line } }

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $script:said = $null
    $global:complex_args = $line | ConvertFrom-Json -AsHashtable
    if (Get-Module AuthModule) { Remove-AuthSession -All }
    $failed = try { & $Module } catch { "$_ $($_.ScriptStackTrace)" }
    [Console]::Out.WriteLine($(if ($script:said) { $script:said } else { ConvertTo-Json @{ msg = "No result: $failed" } -Compress }))
}
