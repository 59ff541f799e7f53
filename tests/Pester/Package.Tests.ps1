BeforeAll {
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $version = (& ([scriptblock]::Create((Get-Content (Join-Path $root 'AuthModule.psd1') -Raw)))).ModuleVersion

    # dotnet test makes them before the tests, as people do, by build.ps1; where Pester runs alone, they are made here.
    $out = Join-Path $root 'out'
    $log = Join-Path $out 'test-results/package.txt'
    $said = if (Test-Path $log) { Get-Content $log } else { & (Join-Path $root 'build.ps1') Package }
    $folder = Join-Path $out "AuthModule/$version"
    $package = Join-Path $out "AuthModule.$version.nupkg"
    $manifest = & ([scriptblock]::Create((Get-Content (Join-Path $folder 'AuthModule.psd1') -Raw)))

    # As an installer does: the package's files without those that only describe the package.
    $installed = Join-Path $TestDrive "modules/AuthModule/$version"
    [System.IO.Compression.ZipFile]::ExtractToDirectory($package, $installed)
    $nuspec = [xml] (Get-Content (Join-Path $installed 'AuthModule.nuspec') -Raw)
    foreach ($name in 'AuthModule.nuspec', '[Content_Types].xml', '_rels', 'package') { Remove-Item -LiteralPath (Join-Path $installed $name) -Recurse -Force }

    function Get-Files([string] $Folder) {
        Get-ChildItem $Folder -Recurse -File -Force | ForEach-Object { [System.IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') } | Sort-Object -CaseSensitive
    }

    # Read, not loaded: an image of another platform cannot be.
    function Get-ModuleVersionId([string] $Path) {
        $image = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.File]::OpenRead($Path))
        try {
            $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
            $metadata.GetGuid($metadata.GetModuleDefinition().Mvid)
        } finally {
            $image.Dispose()
        }
    }

    function Get-Sha256([string] $Path) { (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant() }
}

Describe 'The packed module' -Tag 'D7', 'D5' {
    It 'is made through build.ps1, which names what it made with its hash' {
        $said | Should -Contain "$(Get-Sha256 $package)  $([System.IO.Path]::GetRelativePath($root, $package))"
    }

    It 'names its files in the list of hashes, not in the manifest, where each would be resolved at every import' {
        $manifest.FileList | Should -BeNullOrEmpty
        (Get-Content (Join-Path $folder 'AuthModule.psd1') -Raw).Length | Should -BeLessThan 5000
        Get-Content (Join-Path $folder 'SHA256SUMS') | ForEach-Object { ($_ -split '  ', 2)[1] } | Sort-Object -CaseSensitive |
            Should -Be @(Get-Files $folder | Where-Object { $_ -ne 'SHA256SUMS' })
    }

    It 'brings its page, the site, examples, schemas, the DSC resource and the vault extension' -Tag 'U2', 'U13' {
        $files = Get-Files $folder
        foreach ($file in 'README.md', 'CHANGELOG.md', 'docs/index.html', 'docs/profiles.html', 'docs/site.css', 'examples/nightly-job.ps1', 'examples/providers/zoom.json',
            'schemas/provider.schema.json', 'schemas/profile.schema.json', 'AuthModuleDsc/AuthModuleDsc.psd1', 'AuthModule.Vault/AuthModule.Vault.psd1',
            'AuthModule.Vault/AuthModule.Vault.Extension/AuthModule.Vault.Extension.psm1') { $files | Should -Contain $file }
    }

    It 'refers to what it brings: each link of its page and each schema is there' -Tag 'U2' {
        foreach ($page in 'README.md', 'examples/README.md') {
            $at = Split-Path (Join-Path $folder $page)
            foreach ($link in [regex]::Matches((Get-Content (Join-Path $folder $page) -Raw), '\]\(([^)#\s]+)').ForEach{ $_.Groups[1].Value } | Where-Object { $_ -notmatch '^https?:' }) {
                Join-Path $at $link | Should -Exist -Because "$page links to it"
            }
        }
        foreach ($description in Get-ChildItem "$folder/examples/providers/*.json") {
            Join-Path $description.DirectoryName (Get-Content $description -Raw | ConvertFrom-Json).'$schema' | Should -Exist
        }
    }

    It 'writes the address of its schema into a new profile file' -Tag 'U7' {
        $file = Join-Path $TestDrive 'new-profiles.json'
        $null = Invoke-FreshPowerShell "`$env:AUTHMODULE_CONFIG = '$file'; Import-Module '$installed/AuthModule.psd1'; New-AuthProfile p -ClientId a -Authority id.contoso.com"
        ([uri] (Get-Content $file -Raw | ConvertFrom-Json).'$schema').LocalPath | Should -Be (Join-Path $installed 'schemas/profile.schema.json')
    }

    It 'holds nothing that nobody needs' {
        $files = Get-Files $folder
        $files | Where-Object { $_ -match '\.(pdb|deps\.json|csproj|md)$' -and $_ -notmatch '^(examples/)?README\.md$|^CHANGELOG\.md$' } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -match '\.xml$' -and $_ -notmatch '-Help\.xml$' } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -match 'System\.Management\.Automation|PowerShellStandard|System\.Drawing' } | Should -BeNullOrEmpty
    }

    It 'brings what Get-Help reads, beside its manifest' {
        $files = Get-Files $folder
        $files | Should -Contain 'en-US/AuthModule.Cmdlets.dll-Help.xml'
        foreach ($topic in (Get-ChildItem (Join-Path $root 'docs/en-US/about_*.md')).BaseName) { $files | Should -Contain "en-US/$topic.help.txt" }
    }

    It 'says by name what it exports, and that it is for both editions' {
        foreach ($exports in 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $manifest[$exports] | Should -Not -Match '\*' -Because $exports
        }
        $manifest.CmdletsToExport | Should -Contain 'Get-AuthToken'
        $manifest.CompatiblePSEditions | Sort-Object | Should -Be 'Core', 'Desktop'
        $manifest.PowerShellVersion | Should -Be '5.1'
        $data = $manifest.PrivateData.PSData
        foreach ($tag in 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS') { $data.Tags | Should -Contain $tag }
        $data.ReleaseNotes | Should -Match 'CHANGELOG\.md'
    }

    It 'passes Test-ModuleManifest' {
        $complaints = $null
        $null = Test-ModuleManifest (Join-Path $folder 'AuthModule.psd1') -ErrorAction SilentlyContinue -ErrorVariable complaints
        $complaints | Should -BeNullOrEmpty
    }
}

Describe 'The package for the PowerShell Gallery' -Tag 'D7' {
    It 'brings the files of the module''s folder, unchanged' {
        Get-Files $installed | Should -Be (Get-Files $folder)
        foreach ($file in Get-Files $folder) { Get-Sha256 (Join-Path $installed $file) | Should -Be (Get-Sha256 (Join-Path $folder $file)) -Because $file }
    }

    It 'describes itself as the Gallery wants it' {
        $about = $nuspec.package.metadata
        $about.id | Should -BeExactly 'AuthModule'
        $about.version | Should -Be $version
        $about.license.type | Should -Be 'expression'
        $about.license.'#text' | Should -Be 'MIT'
        $about.releaseNotes | Should -Match '### Added'
        $about.SelectSingleNode("*[local-name()='dependencies']") | Should -BeNullOrEmpty
        $about.SelectSingleNode("*[local-name()='projectUrl']") | Should -BeNullOrEmpty
        $tags = $about.tags -split ' '
        foreach ($tag in 'PSModule', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'PSIncludes_Cmdlet') { $tags | Should -Contain $tag }
        $tags -like 'PSCmdlet_*' | Sort-Object | Should -Be ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_" } | Sort-Object)
    }

    It 'imports by name from a clean module path, and gets a token' -Tag 'D6' {
        Invoke-FreshPowerShell @"
            `$env:PSModulePath = '$TestDrive/modules'
            `$loaded = Import-Module AuthModule -PassThru
            `$loaded.ModuleBase
            (Get-Command -Module AuthModule).Count
            (Get-AuthToken -Issuer (New-AuthIssuer -Store memory) -Subject bob).Subject
"@ | Should -Be $installed, "$($manifest.CmdletsToExport.Count + @($manifest.FunctionsToExport).Count)", 'bob'
    }

    It 'runs images that are compiled for the platform, where it has them, and the same code' {
        $platform = ([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)
        $image = Join-Path $installed "lib/net8.0/engine/$platform/AuthModule.Core.dll"
        $plain = Join-Path $installed 'lib/net8.0/engine/AuthModule.Core.dll'
        $used = Invoke-FreshPowerShell "Import-Module '$installed/AuthModule.psd1'; [AuthModule.AuthToken].Assembly.Location"
        $used | Should -Be $(if (Test-Path $image) { $image } else { $plain })
        foreach ($compiled in Get-ChildItem "$installed/lib/net8.0/engine/*/AuthModule.Core.dll") {
            $ids = $plain, $compiled.FullName | ForEach-Object { Get-ModuleVersionId $_ }
            $ids | Select-Object -Unique | Should -HaveCount 1 -Because "$($compiled.Directory.Name) is made of the very file that lies beside it"
        }
    }

    # The whole suite: AUTHMODULE_TEST_MODULE=out/AuthModule/VERSION/AuthModule.psd1 dotnet test tests/Pester
    It 'passes the tests of <_> as it is installed' -ForEach 'Module', 'MainJob', 'Runspaces', 'Isolation' {
        $result = Join-Path $TestDrive "$_.json"
        $before = $env:AUTHMODULE_TEST_MODULE
        $env:AUTHMODULE_TEST_MODULE = Join-Path $installed 'AuthModule.psd1'
        try {
            Invoke-FreshPowerShell @"
                Import-Module '$((Get-Module Pester).Path)'
                `$run = Invoke-Pester '$PSScriptRoot/$_.Tests.ps1' -PassThru -Output None
                @{ Passed = `$run.PassedCount; Failed = @(`$run.Failed | ForEach-Object ExpandedPath) + @(`$run.FailedContainers | ForEach-Object { "`$(`$_.Item)" }); Module = (Get-Module AuthModule).ModuleBase } | ConvertTo-Json | Set-Content '$result'
"@
        } finally {
            $env:AUTHMODULE_TEST_MODULE = $before
        }
        $seen = Get-Content $result -Raw | ConvertFrom-Json
        $seen.Failed | Should -BeNullOrEmpty
        $seen.Passed | Should -BeGreaterThan 0
        $seen.Module | Should -Be $installed
    }
}

Describe 'What a user verifies of a package' -Tag 'D7' {
    It 'has a SHA-256 of each file but the list of them' {
        $lines = Get-Content (Join-Path $installed 'SHA256SUMS')
        $lines | ForEach-Object { ($_ -split '  ', 2)[1] } | Sort-Object -CaseSensitive | Should -Be @(Get-Files $installed | Where-Object { $_ -ne 'SHA256SUMS' })
        foreach ($line in $lines) {
            $hash, $file = $line -split '  ', 2
            Get-Sha256 (Join-Path $installed $file) | Should -Be $hash -Because $file
        }
    }

    It 'has a bill of materials with each library of others that is in it, and nothing else' {
        $bill = Get-Content (Join-Path $installed 'sbom.cdx.json') -Raw | ConvertFrom-Json
        $bill.bomFormat | Should -Be 'CycloneDX'
        $foreign = Get-Files $installed | Where-Object { $_ -like '*.dll' -and (Split-Path $_ -Leaf) -notlike 'AuthModule.*' }
        $foreign | Should -Not -BeNullOrEmpty
        $bill.components.components.name | Sort-Object -CaseSensitive | Should -Be $foreign
        foreach ($component in $bill.components) {
            $component.purl | Should -Be "pkg:nuget/$($component.name)@$($component.version)"
            $component.hashes.content | Should -Match '^[0-9a-f]{128}$'
            $component.licenses | Should -Not -BeNullOrEmpty -Because $component.name
            $component.components | Should -Not -BeNullOrEmpty -Because $component.name
            foreach ($file in $component.components) { Get-Sha256 (Join-Path $installed $file.name) | Should -Be $file.hashes.content -Because $file.name }
        }
        $bill.dependencies.dependsOn | Should -Be $bill.components.purl
    }

    It 'has the hashes that the lock file of the sources demands' {
        $lock = (Get-Content (Join-Path $root 'src/AuthModule.Cmdlets/packages.lock.json') -Raw | ConvertFrom-Json -AsHashtable).dependencies
        $bill = Get-Content (Join-Path $installed 'sbom.cdx.json') -Raw | ConvertFrom-Json
        foreach ($component in $bill.components) {
            $locked = foreach ($framework in $lock.Values) { $framework.Values | Where-Object { $_.resolved -eq $component.version -and $_.contentHash -and $framework[$component.name] -eq $_ } }
            $locked.contentHash | Select-Object -Unique | ForEach-Object { [Convert]::ToHexStringLower([Convert]::FromBase64String($_)) } | Should -Be $component.hashes.content -Because $component.name
        }
    }

    It 'names the licence of each library' {
        $notices = Get-Content (Join-Path $installed 'THIRD-PARTY-NOTICES.txt') -Raw
        foreach ($component in (Get-Content (Join-Path $installed 'sbom.cdx.json') -Raw | ConvertFrom-Json).components) {
            $notices | Should -Match ([regex]::Escape("$($component.name) $($component.version)"))
        }
        $notices | Should -Not -Match 'not stated'
    }

    It 'holds no path of the machine that made it' {
        $paths = $root, $HOME, $TestDrive | ForEach-Object { [System.Text.Encoding]::UTF8.GetBytes($_), [System.Text.Encoding]::Unicode.GetBytes($_) }
        $texts = $paths | ForEach-Object { [System.Text.Encoding]::Latin1.GetString($_) }
        foreach ($file in Get-ChildItem $installed -Recurse -File) {
            $content = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName))
            foreach ($text in $texts) { $content.Contains($text, [StringComparison]::Ordinal) | Should -BeFalse -Because "$($file.Name) is searched for $text" }
        }
    }
}

Describe 'The command line as a .NET tool' -Tag 'D7', 'N13' {
    It 'installs from its package and runs' {
        $tools = Join-Path $TestDrive 'tools'
        $report = dotnet tool install AuthModule.Cli --tool-path $tools --source $out --version $version 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($report -join "`n")
        & (Join-Path $tools 'authmodule') --version | Should -Match "^$([regex]::Escape($version))"
        $LASTEXITCODE | Should -Be 0
    }
}
