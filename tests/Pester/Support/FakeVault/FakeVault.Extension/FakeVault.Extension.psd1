@{
    ModuleVersion     = '1.0.0'
    GUID              = '0f6a2a0e-2b3c-4f0e-9f11-6a3d5f6f7d22'
    RootModule        = 'FakeVault.Extension.psm1'
    FunctionsToExport = @('Get-Secret', 'Get-SecretInfo', 'Set-Secret', 'Remove-Secret', 'Test-SecretVault')
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
