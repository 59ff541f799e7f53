@{
    # A script chooses the libraries by edition. An expression here could not be read as data, and cmdlets of what is only nested get no
    # prefix from Import-Module -Prefix.
    RootModule           = 'lib/AuthModule.psm1'
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
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Get-AuthToken'
        'Update-AuthToken'
        'Revoke-AuthToken'
        'Test-AuthToken'
        'Get-AuthSession'
        'Remove-AuthSession'
        'Select-AuthSession'
        'Get-AuthProvider'
        'Register-AuthProvider'
        'Unregister-AuthProvider'
        'Test-AuthProvider'
        'Get-AuthProfile'
        'New-AuthProfile'
        'Set-AuthProfile'
        'Remove-AuthProfile'
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
        'Get-AuthUser'
        'New-AuthOtp'
        'New-AuthIssuer'
        'Get-AuthIssuer'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('OAuth', 'OAuth2', 'OpenIDConnect', 'OIDC', 'Token', 'Authentication', 'JWT', 'Keycloak', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'CHANGELOG.md in the folder of the module.'
        }
    }
}
