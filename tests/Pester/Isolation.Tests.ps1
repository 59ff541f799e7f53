BeforeDiscovery {
    $libraries = Join-Path $PSScriptRoot '../ForeignLibraries/bin/libraries'
    $notBuilt = if (-not (Test-Path $libraries)) { 'tests/ForeignLibraries is not built: dotnet build does it' }
}

BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    $modulePath = (Resolve-Path $modulePath).Path
}

Describe 'A session with other versions of the same libraries, <first> first' -Tag 'N14', 'D12' -ForEach @(
    @{ first = 'Foreign'; libraries = $libraries; notBuilt = $notBuilt }
    @{ first = 'Own'; libraries = $libraries; notBuilt = $notBuilt }
) {
    BeforeAll {
        if (-not $notBuilt) {
            $line = & $freshPowerShell -NoProfile -NonInteractive -File $PSScriptRoot/Support/Neighbours.ps1 -Module $modulePath -Libraries (Resolve-Path $libraries) -First $first
            $seen = $line | Select-Object -Last 1 | ConvertFrom-Json
            $times = if ($first -eq 'Foreign') { @{ foreign = 'before', 'between', 'after'; own = 'between', 'after' } } else { @{ foreign = 'between', 'after'; own = 'before', 'between', 'after' } }
        }
    }

    BeforeEach {
        if ($notBuilt) { Set-ItResult -Skipped -Because $notBuilt }
    }

    It 'lets the other module validate tokens with its IdentityModel, run its Polly and read with its System.Text.Json' {
        foreach ($when in $times.foreign) {
            $seen."$when foreign token" | Should -BeTrue -Because $when
            $seen."$when foreign forgery" | Should -BeFalse -Because $when
            $seen."$when foreign calls" | Should -Be 2 -Because $when
            $seen."$when foreign handler" | Should -Be 10 -Because $when
            $seen."$when foreign json" | Should -Be 1 -Because $when
        }
    }

    It 'lets this module test, sign and repeat with its own' {
        foreach ($when in $times.own) {
            $seen."$when own token" | Should -BeTrue -Because $when
            $seen."$when own forgery" | Should -BeFalse -Because $when
            $seen."$when own issued" | Should -Be 'bob' -Because $when
            $seen."$when own repeated" | Should -Be 'scripted-access-token' -Because $when
        }
    }

    It 'holds both versions, ours in a load context of their own' {
        $seen.loaded | Should -Contain 'Default Microsoft.IdentityModel.Tokens 6.8'
        $seen.loaded | Should -Contain 'Default Polly 7.2'
        $seen.loaded | Should -Contain 'Default Polly.Core 8.5'
        $seen.loaded | Should -Contain 'Default Microsoft.Extensions.Http.Polly 10.0'
        $seen.loaded | Should -Contain 'Neighbour System.Text.Json 9.0'
        $ours = $seen.loaded -like 'AuthModule *'
        $ours -replace ' \d+\.\d+$' | Sort-Object | Should -Be 'AuthModule AuthModule.Core', 'AuthModule Microsoft.Extensions.Http.Polly', 'AuthModule Microsoft.IdentityModel.JsonWebTokens', 'AuthModule Microsoft.IdentityModel.Tokens', 'AuthModule Polly', 'AuthModule Polly.Core'
        $ours | Where-Object { $_ -in ($seen.loaded -like 'Default *' -replace '^Default', 'AuthModule') } | Should -BeNullOrEmpty
    }
}

Describe 'The module in a session' -Tag 'N14', 'D5' {
    It 'puts none of its libraries into the session' {
        $names = Invoke-FreshPowerShell @'
            Import-Module $module
            $null = Get-AuthToken -Issuer (New-AuthIssuer -Store memory -TokenFormat Jwt) -Subject bob
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
'@
        $names -like 'AuthModule.*' | Sort-Object | Should -Be 'AuthModule.Cmdlets', 'AuthModule.Loader'
        $names -like 'Microsoft.IdentityModel.*' | Should -BeNullOrEmpty
    }

    It 'can be removed and imported again, and works each time' {
        Invoke-FreshPowerShell @'
            foreach ($i in 1..3) {
                Import-Module $module -Force
                (Get-AuthToken -Issuer (New-AuthIssuer -Store memory) -Subject bob).Subject
                Remove-Module AuthModule
            }
            if (Get-Command Get-AuthToken -ErrorAction Ignore) { 'still there' }
'@ | Should -Be 'bob', 'bob', 'bob'
    }

    It 'can be removed and imported again in a second runspace, while the first goes on' {
        Invoke-FreshPowerShell @'
            Import-Module $module
            $issuer = New-AuthIssuer -Store memory
            $second = [powershell]::Create().AddScript({
                param($module)
                foreach ($i in 1..2) {
                    Import-Module $module -Force
                    (Get-AuthToken -Issuer (New-AuthIssuer -Store memory) -Subject second).Subject
                    Remove-Module AuthModule
                }
            }).AddArgument($module)
            $second.Invoke()
            if ($second.HadErrors) { $second.Streams.Error }
            $second.Dispose()
            (Get-AuthToken -Issuer $issuer -Subject first).Subject
'@ | Should -Be 'second', 'second', 'first'
    }

    It 'makes its types known to scripts: <name>' -ForEach @(
        @{ name = 'as a literal'; script = '[AuthModule.AuthToken].Name' }
        @{ name = 'in the parameter of a function'; script = 'function Show([AuthModule.AuthToken] $Token) { $Token.GetType().Name }; Show (Get-AuthToken -Issuer (New-AuthIssuer -Store memory) -Subject bob)' }
        @{ name = 'in a class that is made after the import'; script = '. ([scriptblock]::Create(''class Holder { [AuthModule.AuthToken] $Token }; [Holder]::new().Token = $null; [Holder].GetProperty("Token").PropertyType.Name''))' }
        @{ name = 'in a conversion that fails as it should'; script = 'try { [AuthModule.AuthToken] 5 } catch { if ($_.Exception.Message -match "AuthModule.AuthToken") { "AuthToken" } }' }
        @{ name = 'in an attribute OutputType'; script = 'function Show { [OutputType([AuthModule.AuthToken])] param() }; (Get-Command Show).OutputType.Type.Name' }
    ) {
        Invoke-FreshPowerShell "Import-Module `$module; $script" | Should -Be 'AuthToken'
    }
}

# Windows PowerShell cannot run here. What it loads can: the same files, found by the same handler of AssemblyResolve.
Describe 'The files for Windows PowerShell, in this engine' -Tag 'N14', 'D6' {
    BeforeAll {
        $lane = Join-Path (Split-Path $modulePath) 'lib/netstandard2.0'
        $import = "Import-Module '$lane/AuthModule.Loader.dll'; Import-Module '$lane/AuthModule.Cmdlets.dll'; "
    }

    It 'work: a token is got, tested and gone' {
        Invoke-FreshPowerShell ($import + @'
            $issuer = New-AuthIssuer -Store memory
            $token = Get-AuthToken -Issuer $issuer -Subject bob
            $token.Subject
            Test-AuthToken $token -Issuer $issuer
            Revoke-AuthToken
            Test-AuthToken $token -Issuer $issuer
            [AuthModule.AuthToken].Assembly.Location
'@) | Should -Be 'bob', 'True', 'False', (Join-Path $lane 'engine/AuthModule.Core.dll')
    }

    It 'answer no request of others, though they hold the library' {
        Join-Path $lane 'engine/Polly.Core.dll' | Should -Exist
        Invoke-FreshPowerShell ($import + @'
            $null = Get-AuthToken -Issuer (New-AuthIssuer -Store memory) -Subject bob
            try { $null = [System.Reflection.Assembly]::Load('Polly.Core'); 'answered' } catch [System.IO.FileNotFoundException] { 'not answered' }
            Add-Type 'public static class Other { public static string Ask() { try { System.Reflection.Assembly.Load("QRCoder"); return "answered"; } catch (System.IO.FileNotFoundException) { return "not answered"; } } }'
            [Other]::Ask()
'@) | Should -Be 'not answered', 'not answered'
    }
}

Describe 'The module in each kind of installation of PowerShell' -Tag 'D11', 'D6' {
    It 'works the same where PowerShell is <Kind>' -ForEach @(
        @{ Kind = 'a program of its own'; Process = 'pwsh' }
        @{ Kind = 'a .NET tool, run by dotnet'; Process = 'dotnet' }
    ) {
        $script = @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$modulePath'
            (Get-Process -Id `$PID).ProcessName
            (Get-AuthToken -Issuer (New-AuthIssuer -Store memory) -Subject bob).Subject
            (Get-Command -Module AuthModule).Count
            [AuthModule.AuthToken].Assembly.Location
            (Get-Help Get-AuthToken).Synopsis
"@
        $tool = if ($env:AUTHMODULE_TEST_TOOL) { $env:AUTHMODULE_TEST_TOOL } else { Join-Path $PSHOME 'pwsh.dll' }
        $said = if ($Process -eq 'dotnet') {
            dotnet exec $tool -NoProfile -NonInteractive -Command $script
        } else {
            & $freshPowerShell -NoProfile -NonInteractive -Command $script
        }
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        $said[0] | Should -Be $(if ($Process -eq 'dotnet') { 'dotnet' } else { 'pwsh' })
        $said[1..4] | Should -Be 'bob', (Get-Command -Module AuthModule).Count, ([AuthModule.AuthToken].Assembly.Location), (Get-Help Get-AuthToken).Synopsis
    }
}
