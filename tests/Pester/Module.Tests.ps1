Describe 'The module of the clone' -Tag 'D4', 'D5' {
    BeforeAll {
        $manifestPath = if ($env:AUTHMODULE_TEST_MODULE) { $env:AUTHMODULE_TEST_MODULE } else { Join-Path $PSScriptRoot '../../AuthModule.psd1' }
        $manifest = & ([scriptblock]::Create((Get-Content $manifestPath -Raw)))
        $module = Import-Module $manifestPath -Force -PassThru
    }

    It 'is imported under its name, with the version of its manifest' {
        $module | Should -HaveCount 1
        $module.Name | Should -Be 'AuthModule'
        $module.Version | Should -Be $manifest.ModuleVersion
    }

    It 'exports the commands of its manifest, compiled, and nothing else' {
        $module.ExportedCommands.Keys | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        $module.ExportedCommands.Values.CommandType | Select-Object -Unique | Should -Be 'Cmdlet'
        $module.ExportedVariables.Keys | Should -BeNullOrEmpty
    }

    It 'uses approved verbs and one noun prefix' {
        $approved = (Get-Verb).Verb
        foreach ($command in $module.ExportedCommands.Values) {
            $command.Verb | Should -BeIn $approved -Because "of $($command.Name)"
            $command.Noun | Should -Match '^Auth[A-Z]' -Because "of $($command.Name)"
        }
    }

    It 'can be imported twice' {
        { Import-Module $manifestPath -Force -ErrorAction Stop } | Should -Not -Throw
    }
}
