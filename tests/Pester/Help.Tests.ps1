# What Get-Help shows, in the engine itself.
BeforeDiscovery {
    . $PSScriptRoot/Support/TestModule.ps1
    $commands = (Get-Module AuthModule).ExportedCmdlets.Keys
    $topics = (Get-ChildItem (Join-Path $PSScriptRoot '../../docs/en-US/about_*.md')).BaseName
}

BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    $module = Get-Module AuthModule
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters

    function Get-Text($Paragraphs) { ($Paragraphs | ForEach-Object { "$($_.Text)" }) -join "`n" }
}

Describe 'Get-Help <_>' -Tag 'D1', 'N9' -ForEach $commands {
    BeforeAll {
        $command = Get-Command $_
        $help = Get-Help $_ -Full
        $ours = $command.Parameters.Values | Where-Object { $_.Name -notin $common }
    }

    It 'has a synopsis and a description' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$' -Because 'without a page it is the syntax'
        Get-Text $help.Description | Should -Match '\.$'
        $help.ModuleName | Should -Be 'AuthModule'
    }

    It 'describes each parameter, and no other' {
        $described = @($help.parameters.parameter | Where-Object name -notin 'WhatIf', 'Confirm')
        @($described.name | Sort-Object) | Should -Be @($ours.Name | Sort-Object)
        foreach ($parameter in $described) {
            Get-Text $parameter.Description | Should -Not -BeNullOrEmpty -Because "of -$($parameter.name)"
            $one = Get-Help $command.Name -Parameter $parameter.name
            $one.name | Should -Be $parameter.name
        }
    }

    It 'says of each parameter what the command says' {
        foreach ($parameter in $ours) {
            $shown = $help.parameters.parameter | Where-Object name -eq $parameter.Name
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
            $sets = $parameter.ParameterSets.Values
            $shown.type.name | Should -Be $type.Name -Because "of -$($parameter.Name)"
            $shown.required | Should -Be "$($sets.IsMandatory -notcontains $false)" -Because "of -$($parameter.Name)"
            ($shown.aliases -split ', ' | Where-Object { $_ -ne 'none' }) -join ' ' | Should -Be ($parameter.Aliases -join ' ') -Because "of -$($parameter.Name)"
            "$($shown.pipelineInput -match 'ByValue')" | Should -Be "$($sets.ValueFromPipeline -contains $true)" -Because "of -$($parameter.Name)"
            "$($shown.pipelineInput -match 'ByPropertyName')" | Should -Be "$($sets.ValueFromPipelineByPropertyName -contains $true)" -Because "of -$($parameter.Name)"
            $position = @($sets | Where-Object Position -GE 0)[0].Position ?? 'named'
            $shown.position | Should -Be $position -Because "of -$($parameter.Name)"
        }
    }

    It 'has a syntax line for each parameter set, with the parameters of the set' {
        $lines = @($help.syntax.syntaxItem)
        $lines | Should -HaveCount $command.ParameterSets.Count
        $shown = foreach ($line in $lines) { ($line.parameter.name | Where-Object { $_ -notin 'WhatIf', 'Confirm' } | Sort-Object) -join ' ' }
        $real = foreach ($set in $command.ParameterSets) { ($set.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' ' }
        $shown | Sort-Object | Should -Be ($real | Sort-Object)
    }

    It 'says that it can ask and only show, where it can' {
        $shown = @($help.parameters.parameter.name) -contains 'WhatIf'
        $shown | Should -Be $command.Parameters.ContainsKey('WhatIf')
    }

    It 'has examples with a title, code and room between them' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $number = 0
        foreach ($example in $help.examples.example) {
            $number++
            $example.title | Should -Match "^-+ Example ${number}: .+ -+$"
            $example.code | Should -Match $command.Noun
        }
        Get-Help $command.Name -Examples | Out-String | Should -Match 'Example 2: '
    }

    It 'says what comes out, which errors there are, and where more is' {
        @($help.returnValues.returnValue) | Should -Not -BeNullOrEmpty
        $declared = @($command.OutputType.Name | Sort-Object -Unique)
        @($help.returnValues.returnValue.type.name | Where-Object { $_ -ne 'None' } | Sort-Object) | Should -Be $declared
        Get-Text $help.alertSet.alert | Should -Match 'rrors|failure'
        $links = @($help.relatedLinks.navigationLink.linkText)
        $links | Should -Not -BeNullOrEmpty
        $links | Where-Object { $_ -notin @($module.ExportedCmdlets.Keys) -and $_ -notlike 'about_AuthModule*' } | Should -BeNullOrEmpty
    }

    It 'names only error ids that there are' {
        $known = [AuthModule.AuthToken].Assembly.GetType('AuthModule.Errors.ErrorCatalog').GetProperty('Ids', [System.Reflection.BindingFlags] 'Static, Public, NonPublic').GetValue($null)
        $page = Get-Content (Join-Path $PSScriptRoot "../../docs/en-US/$($command.Name).md") -Raw
        $named = [regex]::Matches([regex]::Match($page, '(?s)## NOTES(.*)').Value, '`([A-Z]\w+(?:Failure|Failed|Session|Mismatch|Expired|Denied|Client|Credentials|Limited|Provider|Profile|Url|Key|Scope|Request|Grant|Required|Otp|Locked|Malformed|Invalid|NotAllowed|NotFound|NotYetValid|Inactive|Reused|Parameter|Duration|Certificate|Unavailable|Corrupt|Error|Refused|Response))`').ForEach({ $_.Groups[1].Value })
        $named | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe 'Get-Help <_>' -Tag 'D1', 'N9' -ForEach $topics {
    It 'is found, with its sections' {
        $text = Get-Help $_ | Out-String
        $text | Should -Match "(?m)^TOPIC\s+$_\s"
        $text | Should -Match '(?m)^SHORT DESCRIPTION\r?\n    [A-Z].*\.'
        $text | Should -Match '(?m)^LONG DESCRIPTION'
    }

    It 'shows no Markdown' {
        Get-Help $_ | Out-String | Should -Not -Match '```|\*\*|\]\(|<!--'
    }
}

Describe 'Help topics' -Tag 'N9' {
    It 'of errors have every id' {
        $text = Get-Help about_AuthModule_Errors | Out-String
        $ids = [AuthModule.AuthToken].Assembly.GetType('AuthModule.Errors.ErrorCatalog').GetProperty('Ids', [System.Reflection.BindingFlags] 'Static, Public, NonPublic').GetValue($null)
        foreach ($id in $ids) { $text | Should -Match "(?m)^    $id\r?$" }
    }

    It 'of providers have every built-in one' {
        $text = Get-Help about_AuthModule_Providers | Out-String
        foreach ($name in (Get-AuthProvider | Where-Object IsBuiltIn).Name) { $text | Should -Match "(?m)^    $name\r?$" }
    }

    It 'of the module name every cmdlet' {
        $text = Get-Help about_AuthModule | Out-String
        foreach ($name in $module.ExportedCmdlets.Keys) { $text | Should -Match "\b$name\b" }
    }
}

Describe 'Where help lies' -Tag 'D4', 'D5' {
    It 'is en-US beside the manifest, and found before the module is imported' {
        # The root module lies in lib; the manifest is above it.
        $base = if ((Split-Path $module.ModuleBase -Leaf) -eq 'lib') { Split-Path $module.ModuleBase } else { $module.ModuleBase }
        $folder = Join-Path $base 'en-US'
        $topics = (Get-ChildItem (Join-Path $PSScriptRoot '../../docs/en-US/about_*.md')).BaseName | ForEach-Object { "$_.help.txt" }
        (Get-ChildItem $folder -File).Name | Sort-Object | Should -Be ($topics + 'AuthModule.Cmdlets.dll-Help.xml' | Sort-Object)
        $installed = Join-Path $TestDrive 'AuthModule'
        $null = New-Item -ItemType Directory $installed
        foreach ($name in 'AuthModule.psd1', 'en-US', 'lib') { Copy-Item (Join-Path $base $name) $installed -Recurse }
        $script = '$env:PSModulePath = ''{0}''; (Get-Help about_AuthModule_Stores | Out-String) -match ''SHORT DESCRIPTION''; (Get-Help Get-AuthToken).Synopsis' -f $TestDrive
        $said = & $freshPowerShell -NoProfile -NonInteractive -Command $script
        $said | Should -Be 'True', (Get-Help Get-AuthToken).Synopsis
    }
}
