@{
    # The cmdlets have a manifest of their own: PowerShell 7 finds no resource in a module that names a library itself.
    NestedModules        = @('lib/AuthModule.Commands.psd1', 'integrations/dsc/AuthToken.psm1')
    DscResourcesToExport = @('AuthToken')
    ModuleVersion        = '0.1.0'
    GUID                 = '7d1f3d0a-4a3e-4a0c-9a53-0f5f0d3c8b61'
    Author               = 'AuthModule contributors'
    CompanyName          = 'AuthModule contributors'
    Copyright            = '(c) AuthModule contributors. MIT License.'
    Description          = 'Gets, keeps, renews, tests and revokes access tokens of OAuth and OpenID servers and of JSON login services.'
    PowerShellVersion    = '5.1'
    # Windows PowerShell only: the first that has all of .NET Standard 2.0.
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions = @('Desktop', 'Core')
    FormatsToProcess     = @('lib/AuthModule.Format.ps1xml')
    TypesToProcess       = @('lib/AuthModule.Types.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    # No AliasesToExport, though there are none: where all exports are spelled out PowerShell looks for no resource in the scripts.
    CmdletsToExport      = @(
        'Get-AuthToken'
        'Update-AuthToken'
        'Revoke-AuthToken'
        'Test-AuthToken'
        'Get-AuthSession'
        'Remove-AuthSession'
        'Get-AuthProvider'
        'Register-AuthProvider'
        'Unregister-AuthProvider'
        'Test-AuthProvider'
        'Get-AuthProfile'
        'New-AuthAuthorizationRequest'
        'Invoke-AuthRestMethod'
        'ConvertFrom-AuthToken'
        'Test-AuthService'
        'New-AuthApiKey'
        'Get-AuthApiKey'
        'Update-AuthApiKey'
        'Remove-AuthApiKey'
        'Register-AuthMfa'
        'Confirm-AuthMfa'
        'Get-AuthMfa'
        'New-AuthOtp'
        'New-AuthIssuer'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('OAuth', 'OAuth2', 'OpenIDConnect', 'OIDC', 'Token', 'Authentication', 'JWT', 'Keycloak', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
