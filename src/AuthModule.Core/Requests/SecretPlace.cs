namespace AuthModule.Requests;

/// <summary>The secrets that a profile can refer to.</summary>
internal enum SecretPlace
{
    ClientSecret,
    ClientKeyPassword,
    Password,
    ApiKey,

    /// <summary>An entry of <c>parameter</c>.</summary>
    Parameter,
}
