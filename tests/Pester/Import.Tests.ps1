# Every form of Import-Module exports everything, and the types are those of the module. Each in a PowerShell of its own.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    $path = (Resolve-Path $modulePath).Path
    $expected = (Import-PowerShellDataFile $path).CmdletsToExport.Count

    function Invoke-Apart([string] $Script) { pwsh -NoProfile -NonInteractive -Command $Script 2>&1 }
}

Describe 'Importing the module' -Tag 'U3' {
    It 'exports every cmdlet: <Form>' -ForEach @(
        @{ Form = 'Import-Module $path' }
        @{ Form = 'Import-Module $path -Prefix My' }
        @{ Form = 'Import-Module $path; Import-Module $path -Force' }
        @{ Form = 'Import-Module $path -Prefix My; Import-Module $path -Prefix My -Force' }
        @{ Form = '& { Import-Module $path -Scope Local; (Get-Command -Module AuthModule).Count }; return' }
    ) {
        "$(Invoke-Apart "`$path = '$path'; $Form; (Get-Command -Module AuthModule).Count")" | Should -Be "$expected"
    }

    It 'gives the commands the prefix' {
        $script = "Import-Module '$path' -Prefix My; (Get-MyAuthProvider oidc).Name; (Get-Command Get-AuthProvider -ErrorAction Ignore).Name"
        "$(Invoke-Apart $script)".Trim() | Should -Be 'oidc'
    }

    It 'exports the cmdlets that are asked for' {
        "$(Invoke-Apart "Import-Module '$path' -Cmdlet Get-AuthToken; (Get-Command -Module AuthModule).Name")" | Should -Be 'Get-AuthToken'
    }

    It 'has its own types with "using module"' {
        $file = Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid).ps1"
        Set-Content $file "using module '$path'`n[AuthModule.AuthToken].Assembly.GetName().Name; (Get-Command -Module AuthModule).Count"
        try { $said = pwsh -NoProfile -NonInteractive -File $file 2>&1 } finally { Remove-Item $file }
        $said | Should -Be 'AuthModule.Core', "$expected"
    }

    It 'exports no resource, function or alias' {
        $said = Invoke-Apart "Import-Module '$path'; `$module = Get-Module AuthModule; `$module.ExportedFunctions.Count; `$module.ExportedAliases.Count; @(`$module.ExportedDscResources).Count"
        $said | Should -Be '0', '0', '0'
    }
}
