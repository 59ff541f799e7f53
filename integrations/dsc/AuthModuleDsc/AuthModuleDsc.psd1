@{
    RootModule           = 'AuthModuleDsc.psm1'
    RequiredModules      = @('AuthModule')
    DscResourcesToExport = @('StoredAuthToken')
    ModuleVersion        = '0.1.0'
    GUID                 = 'c1f5a1d2-6a3b-4f0e-9d0c-2b8f4f6f7a35'
    Author               = 'AuthModule contributors'
    CompanyName          = 'AuthModule contributors'
    Copyright            = '(c) AuthModule contributors. MIT License.'
    Description          = 'The DSC resource StoredAuthToken: a token of an OAuth or OpenID server, or of a JSON login service, held ready in a store.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @()
    CmdletsToExport      = @()
    VariablesToExport    = @()
    # No AliasesToExport, though there are none: where all exports are spelled out PowerShell looks for no resource in the scripts.
    PrivateData          = @{
        PSData = @{
            Tags = @('DSC', 'DSCResource', 'OAuth', 'OpenIDConnect', 'Token', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
