Describe 'build.ps1' -Tag 'D7' {
    BeforeAll {
        $root = Resolve-Path "$PSScriptRoot/../.."
        $script = Join-Path $root 'build.ps1'
    }

    It 'has a door to each task' {
        (Get-Command $script).Parameters['Task'].Attributes.ValidValues | Should -Be 'Build', 'Test', 'Demo', 'Package', 'Bench'
    }

    It 'packs a module folder with nothing but what is needed, which imports by itself' -Tag 'D5', 'D6' {
        $said = & $script Package 2>&1
        $said | Select-Object -Last 1 | Should -BeLike 'The module is in *'
        $folder = Join-Path $root 'out/AuthModule'
        Get-ChildItem $folder -Recurse -File | Where-Object Extension -NotIn '.dll', '.psd1', '.psm1', '.ps1xml', '.md', '.xml', '.txt', '' | Should -BeNullOrEmpty
        foreach ($framework in 'netstandard2.0', 'net8.0') {
            "$folder/lib/$framework/AuthModule.Cmdlets.dll", "$folder/lib/$framework/engine/AuthModule.Core.dll" | Should -Exist
        }

        $count = pwsh -NoProfile -NonInteractive -Command "Import-Module '$folder/AuthModule.psd1'; (Get-Command -Module AuthModule).Count"
        [int] $count | Should -Be (Test-ModuleManifest (Join-Path $root 'AuthModule.psd1')).ExportedCmdlets.Count
    }
}
