namespace AuthModule.Validation;

/// <summary>How many of the required scopes a token must have.</summary>
internal enum ScopeMatch
{
    All,
    Any,
}
