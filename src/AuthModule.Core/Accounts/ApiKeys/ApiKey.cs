using System;
using System.Security;
using AuthModule.Errors;
using AuthModule.Secrets;

namespace AuthModule;

/// <summary>An API key at a service. The key itself is known only when it is made or regenerated.</summary>
public sealed class ApiKey
{
    private readonly Secret? key;

    internal ApiKey(Secret? key) => this.key = key;

    /// <summary>What <c>Update-</c> and <c>Remove-AuthApiKey</c> take; null where the service knows its keys by the key itself.</summary>
    public string? Id => ServiceId is { } id ? VisibleText.OfValue(id) : null;

    /// <summary>The name it was made with.</summary>
    public string? Name { get; internal init; }

    /// <summary>The service's address.</summary>
    public string Authority { get; internal init; } = string.Empty;

    /// <summary>The key, as a read-only copy; null in a list: a service shows it once.</summary>
    public SecureString? Key => key?.ToSecureString();

    /// <summary>What it may do; empty where the service does not say.</summary>
    public string[] Scopes { get; internal init; } = [];

    /// <summary>When it was made; null when not told.</summary>
    public DateTimeOffset? CreatedOn { get; internal init; }

    /// <summary>When it ends; null when it does not, or when not told.</summary>
    public DateTimeOffset? ExpiresOn { get; internal init; }

    /// <summary>When it was last used; null when not told.</summary>
    public DateTimeOffset? LastUsedOn { get; internal init; }

    /// <summary>Whether it works; null when not told.</summary>
    public bool? IsActive { get; internal init; }

    /// <summary>What it is for; null when not told.</summary>
    public string? Description { get; internal init; }

    /// <summary>The id letter by letter.</summary>
    internal string? ServiceId { get; init; }

    /// <summary>What the service knows it by: the id, else the key itself, which is no id to show.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: neither is known.</exception>
    internal Secret Identifier => Secret.FromOptional(ServiceId) ?? key
        ?? throw AuthError.Missing("-Id", $"{Authority} gives its keys no id, and shows a key only when it is made; give the key itself");

    /// <summary>The key in plain text. Do not log it.</summary>
    /// <exception cref="InvalidOperationException">The service did not send it.</exception>
    public string ToPlainText() => key?.Reveal() ?? throw new InvalidOperationException("The service shows a key only when it is made.");

    /// <inheritdoc/>
    public override string ToString() => $"API key '{Name}' of {Authority}";
}
