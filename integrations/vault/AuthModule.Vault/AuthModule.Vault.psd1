# A vault module of its own: SecretManagement calls into a script module, and the module of the cmdlets is a library.
@{
    ModuleVersion        = '0.1.0'
    GUID                 = '5c0b7f54-3f0e-4d51-9d3f-6c0a9f1d2e48'
    Author               = 'AuthModule contributors'
    CompanyName          = 'AuthModule contributors'
    Copyright            = '(c) AuthModule contributors. MIT License.'
    Description          = 'A vault for SecretManagement whose secrets are fresh access tokens: a secret is a profile of AuthModule.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    NestedModules        = @('./AuthModule.Vault.Extension')
    FunctionsToExport    = @()
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{ PSData = @{ Tags = @('SecretManagement') } }
}
