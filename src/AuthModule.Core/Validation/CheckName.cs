namespace AuthModule.Validation;

/// <summary>The names under which checks appear in a result. Scripts may look for them.</summary>
internal static class CheckName
{
    public const string Header = nameof(Header);
    public const string Shape = nameof(Shape);
    public const string Encryption = nameof(Encryption);
    public const string Critical = nameof(Critical);
    public const string Algorithm = nameof(Algorithm);
    public const string Key = nameof(Key);
    public const string Signature = nameof(Signature);
    public const string Active = nameof(Active);
    public const string TokenUse = nameof(TokenUse);
    public const string Issuer = nameof(Issuer);
    public const string Audience = nameof(Audience);
    public const string Client = nameof(Client);
    public const string Lifetime = nameof(Lifetime);
    public const string Nonce = nameof(Nonce);
    public const string Authentication = nameof(Authentication);
    public const string Hashes = nameof(Hashes);
    public const string Binding = nameof(Binding);
    public const string Scopes = nameof(Scopes);
    public const string Groups = nameof(Groups);
    public const string Claims = nameof(Claims);
    public const string Condition = nameof(Condition);

    /// <summary>Asks what the token allows, not whether it is good.</summary>
    public static bool IsPermission(string name) => name is Scopes or Groups or Claims or Condition;
}
