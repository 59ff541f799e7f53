@{
    ModuleVersion     = '0.1.0'
    GUID              = 'e2f6f0d3-7f33-4b5d-8c5d-2f3a0f6b9c17'
    Author            = 'AuthModule contributors'
    Description       = 'What SecretManagement calls.'
    RootModule        = 'AuthModule.Vault.Extension.psm1'
    FunctionsToExport = @('Get-Secret', 'Get-SecretInfo', 'Set-Secret', 'Remove-Secret', 'Test-SecretVault')
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
