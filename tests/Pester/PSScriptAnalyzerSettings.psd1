# For the tests. All default rules apply but those that are named here, each with its reason.
@{
    ExcludeRules = @(
        'PSUseDeclaredVarsMoreThanAssignments' # What BeforeAll sets, It uses: the rule looks at each block alone.
        'PSReviewUnusedParameter' # For the same reason: a script's parameter is used in its functions.
        'PSAvoidUsingPositionalParameters' # Cmdlets are called as people type them: that is what is tested.
        'PSAvoidUsingConvertToSecureStringWithPlainText' # The secrets are made up.
        'PSAvoidUsingPlainTextForPassword' # For the same reason: pages and forms of test servers take texts.
        'PSAvoidUsingWriteHost' # What it shows is tested for secrets.
        'PSAvoidUsingAllowUnencryptedAuthentication' # The servers are on loopback.
        'PSUseShouldProcessForStateChangingFunctions' # Helpers of tests change nothing that is not the test's own.
        'PSUseSingularNouns' # So do they say how many they give.
        'PSUseBOMForUnicodeEncodedFile' # The tests need PowerShell 7, which reads UTF-8.
    )
}
