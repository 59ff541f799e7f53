# SecretManagement calls the functions of the extension; here they are called as it does, in a runspace of their own.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $server = Start-AuthServer
    $nightly = $server.clients | Where-Object client_id -EQ nightly
    $formerConfig = $env:AUTHMODULE_CONFIG
    $env:AUTHMODULE_CONFIG = Join-Path $TestDrive 'profiles.json'
    $env:AUTHMODULE_TEST_NIGHTLY = $nightly.client_secret
    @{ profiles = @{
            nightly  = @{ description = 'The nightly job'; authority = $server.issuer; clientId = 'nightly'; clientSecret = @{ env = 'AUTHMODULE_TEST_NIGHTLY' }; scope = 'orders.read' }
            personal = @{ authority = $server.issuer; clientId = 'desktop'; interactive = $true }
            bad      = @{ autority = 'id' }
        }
    } | ConvertTo-Json -Depth 6 | Set-Content $env:AUTHMODULE_CONFIG

    # Of SecretManagement, which is not here: what the extension makes.
    if (-not ('Microsoft.PowerShell.SecretManagement.SecretInformation' -as [type])) {
        Add-Type -TypeDefinition @'
namespace Microsoft.PowerShell.SecretManagement
{
    public enum SecretType { Unknown, ByteArray, String, SecureString, PSCredential, Hashtable }

    public class SecretInformation
    {
        public SecretInformation(string name, SecretType type, string vaultName, System.Collections.ObjectModel.ReadOnlyDictionary<string, object> metadata)
        {
            Name = name; Type = type; VaultName = vaultName; Metadata = metadata;
        }

        public string Name { get; }
        public SecretType Type { get; }
        public string VaultName { get; }
        public System.Collections.ObjectModel.ReadOnlyDictionary<string, object> Metadata { get; }
    }
}
'@
    }
    $vault = Import-Module (Join-Path (Resolve-Path "$PSScriptRoot/../..") 'integrations/vault/AuthModule.Vault/AuthModule.Vault.psd1') -PassThru -Force

    # As SecretManagement calls: in the module of the vault, by the name of the extension.
    function Invoke-Vault([string] $Command, [hashtable] $Params) { & $vault "AuthModule.Vault.Extension\$Command" @Params }
    function Get-Call([hashtable] $More, [hashtable] $Parameters = @{}) { $More + @{ VaultName = 'AuthModule'; AdditionalParameters = $Parameters } }
}

AfterAll {
    Remove-AuthSession -All
    Remove-Module AuthModule.Vault -ErrorAction Ignore
    $env:AUTHMODULE_CONFIG = $formerConfig
    $env:AUTHMODULE_TEST_NIGHTLY = $null
    Stop-AuthServer $server
}

Describe 'The vault of fresh tokens' -Tag 'U13' {
    It 'hides its functions from everybody but SecretManagement' {
        $vault.ExportedCommands.Count | Should -Be 0
        Get-Command Get-Secret -ErrorAction Ignore | Where-Object Source -Like 'AuthModule*' | Should -BeNullOrEmpty
    }

    It 'gives the token of a profile as a SecureString, the same as long as it is fresh' {
        $secret = Invoke-Vault Get-Secret (Get-Call @{ Name = 'nightly' })
        $secret | Should -BeOfType [securestring]
        $plain = [System.Net.NetworkCredential]::new('', $secret).Password
        Test-AuthToken $plain -Authority $server.issuer -Audience orders -RequiredScope orders.read | Should -BeTrue
        [System.Net.NetworkCredential]::new('', (Invoke-Vault Get-Secret (Get-Call @{ Name = 'nightly' }))).Password | Should -BeExactly $plain
        Remove-AuthSession -All
        $kept = Invoke-Vault Get-Secret (Get-Call @{ Name = 'nightly' } @{ MinimumLifetime = '5m'; Store = "file:$TestDrive/store" })
        [System.Net.NetworkCredential]::new('', $kept).Password | Should -Not -BeExactly $plain
        (Get-AuthSession -Store "file:$TestDrive/store").ClientId | Should -Be 'nightly'
    }

    It 'has no secret where there is no profile, and an error where a profile cannot be used' {
        Invoke-Vault Get-Secret (Get-Call @{ Name = 'nosuch' }) | Should -BeNullOrEmpty
        Invoke-Vault Get-Secret (Get-Call @{ Name = 'night' }) | Should -BeNullOrEmpty
        { Invoke-Vault Get-Secret (Get-Call @{ Name = 'bad' }) } | Should -Throw '*autority*'
        { Invoke-Vault Get-Secret (Get-Call @{ Name = 'personal' }) } | Should -Throw '*-NonInteractive*'
    }

    It 'lists the profiles that can be used, without secrets' -Tag 'N10' {
        $listed = Invoke-Vault Get-SecretInfo (Get-Call @{ Filter = '*' })
        $listed.Name | Sort-Object | Should -Be 'nightly', 'personal'
        $one = Invoke-Vault Get-SecretInfo (Get-Call @{ Filter = 'night*' })
        $one.Type | Should -Be 'SecureString'
        $one.VaultName | Should -Be 'AuthModule'
        $one.Metadata['Description'] | Should -Be 'The nightly job'
        $one.Metadata['Scope'] | Should -Be 'orders.read'
        ($listed | ConvertTo-Json -Depth 5) | Should -Not -Match ([regex]::Escape($nightly.client_secret))
    }

    It 'takes nothing and gives nothing away, and says what to do instead' {
        { Invoke-Vault Set-Secret (Get-Call @{ Name = 'x'; Secret = 'hunter2-hunter2' }) } | Should -Throw '*New-AuthProfile*'
        { Invoke-Vault Remove-Secret (Get-Call @{ Name = 'nightly' }) } | Should -Throw '*Revoke-AuthToken -Profile ''nightly''*'
        "$($global:Error)" | Should -Not -Match 'hunter2'
    }

    It 'tests itself: parameters and profiles' {
        Invoke-Vault Test-SecretVault (Get-Call @{ ErrorAction = 'SilentlyContinue' }) | Should -BeFalse
        $good = Join-Path $TestDrive 'good.json'
        Set-Content $good '{ "profiles": { "p": { "clientId": "a" } } }'
        $before = $env:AUTHMODULE_CONFIG
        $env:AUTHMODULE_CONFIG = $good
        try {
            Invoke-Vault Test-SecretVault (Get-Call @{} @{ Store = 'memory' }) | Should -BeTrue
            Invoke-Vault Test-SecretVault (Get-Call @{ ErrorAction = 'SilentlyContinue' } @{ Stroe = 'memory' }) | Should -BeFalse
        } finally {
            $env:AUTHMODULE_CONFIG = $before
        }
    }
}
