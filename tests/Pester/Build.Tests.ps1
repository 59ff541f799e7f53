Describe 'build.ps1' -Tag 'D7' {
    BeforeAll {
        $script = Join-Path $PSScriptRoot '../../build.ps1'
    }

    It 'has a door to each task' {
        (Get-Command $script).Parameters['Task'].Attributes.ValidValues | Should -Be 'Build', 'Test', 'Demo', 'Package', 'Bench'
    }
}
