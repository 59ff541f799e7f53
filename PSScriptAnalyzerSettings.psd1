# For every script but the tests, which have their own. All default rules apply but those that are named here, each with its reason.
@{
    ExcludeRules = @(
        'PSDSCDscTestsPresent' # The tests of the resource are with all others, in tests/Pester.
    )
    Rules        = @{
        PSAvoidUsingPositionalParameters = @{
            CommandAllowList = @('Invoke-DotNet') # Passes its arguments on to dotnet as they are.
        }
    }
}
