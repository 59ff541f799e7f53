Describe 'The scripts of the project' {
    BeforeAll {
        $hasAnalyzer = [bool](Get-Module -ListAvailable PSScriptAnalyzer)
        $root = (Resolve-Path "$PSScriptRoot/../..").Path
        $built = [regex] '[\\/](bin|obj|out|lib|node_modules|\.git)[\\/]'
        $scripts = Get-ChildItem $root -Recurse -File -Include *.ps1, *.psm1, *.psd1 | Where-Object { -not $built.IsMatch($_.FullName.Substring($root.Length)) }
    }

    It 'give PSScriptAnalyzer nothing to say in <Part>' -ForEach @(
        @{ Part = 'the tests'; Tests = $true; Settings = 'tests/Pester/PSScriptAnalyzerSettings.psd1' }
        @{ Part = 'everything else'; Tests = $false; Settings = 'PSScriptAnalyzerSettings.psd1' }
    ) {
        if (-not $hasAnalyzer) { Set-ItResult -Skipped -Because 'there is no PSScriptAnalyzer' }
        $own = $scripts | Where-Object { ($_.FullName -like "$PSScriptRoot*") -eq $Tests }
        $own.Count | Should -BeGreaterThan 5
        $said = foreach ($file in $own) { Invoke-ScriptAnalyzer -Path $file.FullName -Settings (Join-Path $root $Settings) }
        $said | ForEach-Object { "$($_.RuleName) $($_.ScriptPath):$($_.Line) $($_.Message)" } | Should -BeNullOrEmpty
    }

    It 'leave out no rule without a reason: <_>' -ForEach 'PSScriptAnalyzerSettings.psd1', 'tests/Pester/PSScriptAnalyzerSettings.psd1' {
        $file = Join-Path $root $_
        $named = (Import-PowerShellDataFile $file).ExcludeRules
        foreach ($rule in $named) { Get-Content $file | Where-Object { $_ -match "^\s+'$rule' # .{20,}" } | Should -HaveCount 1 -Because "of $rule" }
    }
}
