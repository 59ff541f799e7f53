# Runs a PowerShell module of Ansible on Ansible's own Ansible.Basic, one run per line of JSON on stdin, one line of result each.
# What Ansible does on a Windows host besides, its connection and its wrapper, is not here.
param([string] $BasicSource, [string] $Module)

$references = @(Get-ChildItem "$PSHOME/ref/*.dll" | ForEach-Object FullName)
$references += 'Newtonsoft.Json', 'System.Diagnostics.EventLog', 'System.Management.Automation' | ForEach-Object { [System.Reflection.Assembly]::Load($_).Location }
Add-Type -TypeDefinition (Get-Content $BasicSource -Raw) -ReferencedAssemblies $references -CompilerOptions '/define:CORECLR', '/nowarn:CS1701,CS1702' -IgnoreWarnings

while ($null -ne ($line = [Console]::In.ReadLine())) {
    # A runspace of its own for each: Ansible starts a process for each.
    $shell = [powershell]::Create()
    $null = $shell.AddScript({
        param($Module, $Arguments)
        $said = [System.Collections.Generic.List[string]]::new()

        # A module ends its process when it has said its result; here it goes on, and only the first counts.
        [Ansible.Basic.AnsibleModule]::Exit = { param([int] $Code) $null = $Code }
        [Ansible.Basic.AnsibleModule]::WriteLine = { param([string] $Line) $said.Add($Line) }
        $complex_args = $Arguments
        & $Module
        $said[0]
    }.ToString()).AddArgument($Module).AddArgument(($line | ConvertFrom-Json -AsHashtable))
    $said = try { $shell.Invoke()[-1] } catch { ConvertTo-Json @{ msg = "No result: $_" } -Compress }
    [Console]::Out.WriteLine($said)
    $shell.Runspace.Dispose()
    $shell.Dispose()
}
