using System.Collections.Generic;

namespace AuthModule;

/// <summary>Who the person of a session is, as the service tells it (OpenID Connect Core, section 5.3).</summary>
public sealed class AuthUser
{
    internal AuthUser(string subject, IReadOnlyDictionary<string, object?> claims)
    {
        Subject = subject;
        Claims = claims;
    }

    /// <summary>The person's identifier at the service (<c>sub</c>): never another person's there, and never reused.</summary>
    public string Subject { get; }

    /// <summary>The full name (<c>name</c>); null where the service does not tell it.</summary>
    public string? Name { get; internal init; }

    /// <summary>What the person wants to be called by (<c>preferred_username</c>); null where the service does not tell it. It need not be unique.</summary>
    public string? UserName { get; internal init; }

    /// <summary>The address (<c>email</c>); null where the service does not tell it.</summary>
    public string? Email { get; internal init; }

    /// <summary>Whether the service has found the address to be the person's (<c>email_verified</c>); null where it does not tell.</summary>
    public bool? IsEmailVerified { get; internal init; }

    /// <summary>Everything that the service told: texts, numbers, booleans, lists and dictionaries, by the names of the claims.</summary>
    public IReadOnlyDictionary<string, object?> Claims { get; }

    /// <summary>Whether <see cref="Subject"/> was compared with that of a validated ID token; false for a session that has none.</summary>
    public bool IsSubjectCompared { get; internal init; }

    /// <summary>Whether the reply was signed, and the signature found good.</summary>
    public bool IsSigned { get; internal init; }

    /// <summary>Whether the reply came encrypted to this client.</summary>
    public bool IsEncrypted { get; internal init; }

    /// <summary>The address of the service.</summary>
    public string Authority { get; internal init; } = string.Empty;

    /// <summary>Who it is.</summary>
    public override string ToString() => UserName ?? Subject;
}
