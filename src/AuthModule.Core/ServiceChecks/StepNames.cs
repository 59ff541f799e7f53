namespace AuthModule.ServiceChecks;

/// <summary>What <see cref="ServiceCheck.Name"/> can be. Scripts depend on these.</summary>
internal static class StepNames
{
    public const string Way = nameof(Way);
    public const string Address = nameof(Address);
    public const string Secrets = nameof(Secrets);
    public const string Name = nameof(Name);
    public const string Proxy = nameof(Proxy);
    public const string Connection = nameof(Connection);
    public const string Tls = nameof(Tls);
    public const string Http = nameof(Http);
    public const string Clock = nameof(Clock);
    public const string Discovery = nameof(Discovery);
    public const string Keys = nameof(Keys);
    public const string Grant = nameof(Grant);
    public const string ClientAuthentication = nameof(ClientAuthentication);
    public const string Scopes = nameof(Scopes);
    public const string Duration = nameof(Duration);
    public const string SignIn = nameof(SignIn);
    public const string SignOut = nameof(SignOut);
    public const string Access = nameof(Access);
    public const string Version = nameof(Version);
    public const string Role = nameof(Role);
    public const string Rights = nameof(Rights);
    public const string Scripts = nameof(Scripts);
    public const string Key = nameof(Key);
    public const string Lifetime = nameof(Lifetime);
}
