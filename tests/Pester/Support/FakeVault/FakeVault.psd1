@{
    ModuleVersion     = '1.0.0'
    GUID              = 'b1c8a6f0-6f5b-4a57-9d6a-3b0f2f9f7c11'
    Author            = 'AuthModule contributors'
    Description       = 'A vault for tests: its secrets are the members of a JSON file, and it keeps count of its readings.'
    NestedModules     = @('./FakeVault.Extension')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
    PrivateData       = @{ PSData = @{ Tags = @('SecretManagement') } }
}
