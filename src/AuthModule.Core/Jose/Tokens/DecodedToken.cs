using System;
using System.Collections.Generic;
using AuthModule.Errors;
using AuthModule.Validation;

namespace AuthModule;

/// <summary>
/// A JWT taken apart for reading. Nothing in it was verified: anybody can write such a token. Characters that would steer a
/// terminal are escaped as in JSON (<c>\u001b</c>).
/// </summary>
public sealed class DecodedToken
{
    internal DecodedToken(IReadOnlyDictionary<string, object?> header, IReadOnlyDictionary<string, object?> claims)
    {
        Header = header;
        Claims = claims;
    }

    /// <summary>The header as plain values (string, long, double, bool, null, arrays, dictionaries; decimal for whole numbers that no long holds).</summary>
    public IReadOnlyDictionary<string, object?> Header { get; }

    /// <summary>The claims as plain values; empty when the token is encrypted.</summary>
    public IReadOnlyDictionary<string, object?> Claims { get; }

    /// <summary>The claims are inside an encrypted part (RFC 7516) and could not be read.</summary>
    public bool IsEncrypted { get; internal init; }

    /// <summary>The <c>alg</c> of the header; null when there is none.</summary>
    public string? Algorithm { get; internal init; }

    /// <summary>The <c>kid</c> of the header; null when there is none.</summary>
    public string? KeyId { get; internal init; }

    /// <summary><c>iss</c>; null when there is none.</summary>
    public string? Issuer { get; internal init; }

    /// <summary><c>sub</c>; null when there is none.</summary>
    public string? Subject { get; internal init; }

    /// <summary><c>aud</c>, one or several; empty when there is none.</summary>
    public IReadOnlyList<string> Audience { get; internal init; } = [];

    /// <summary>From <c>exp</c>; null when it is missing or not a number of seconds.</summary>
    public DateTimeOffset? ExpiresOn { get; internal init; }

    /// <summary>From <c>iat</c>; null when it is missing or not a number of seconds.</summary>
    public DateTimeOffset? IssuedOn { get; internal init; }

    /// <summary>From <c>nbf</c>; null when it is missing or not a number of seconds.</summary>
    public DateTimeOffset? NotBefore { get; internal init; }

    /// <summary>Always false: decoding proves nothing. Use Test-AuthToken to verify.</summary>
#pragma warning disable CA1822 // A property of the object in PowerShell, not of the class.
    public bool Verified => false;
#pragma warning restore CA1822

    /// <summary>The same as it can be shown.</summary>
    internal DecodedToken Visible() => new(VisibleValues.Of(Header), VisibleValues.Of(Claims))
    {
        IsEncrypted = IsEncrypted,
        Algorithm = VisibleOrNull(Algorithm),
        KeyId = VisibleOrNull(KeyId),
        Issuer = VisibleOrNull(Issuer),
        Subject = VisibleOrNull(Subject),
        Audience = VisibleText.OfValues(Audience),
        ExpiresOn = ExpiresOn,
        IssuedOn = IssuedOn,
        NotBefore = NotBefore,
    };

    private static string? VisibleOrNull(string? text) => text is null ? null : VisibleText.OfValue(text);
}
