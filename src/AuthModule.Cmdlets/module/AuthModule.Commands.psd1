@{
    # The loader runs first: it decides where the libraries of the cmdlets come from.
    NestedModules     = if ($PSEdition -eq 'Core') {
        'net8.0/AuthModule.Loader.dll', 'net8.0/AuthModule.Cmdlets.dll'
    } else {
        'netstandard2.0/AuthModule.Loader.dll', 'netstandard2.0/AuthModule.Cmdlets.dll'
    }
    ModuleVersion     = '0.1.0'
    GUID              = '0f2f7a52-5c8c-4a5c-8f0e-3a5a7c1b9d46'
    Author            = 'AuthModule contributors'
    Description       = 'The compiled part of AuthModule. Import AuthModule.'
    # No CmdletsToExport: AuthModule.psd1 says which of them users see.
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
