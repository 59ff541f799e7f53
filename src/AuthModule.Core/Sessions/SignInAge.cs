using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>When the person behind tokens signed in, as their ID token says it.</summary>
internal static class SignInAge
{
    /// <summary>Whether a call that wants a recent sign-in can be served with these tokens: not with those that do not say it.</summary>
    public static bool IsWithin(TokenSet tokens, TimeSpan most, DateTimeOffset now) =>
        tokens is { IsIdTokenVerified: true, IdToken: { } idToken }
        && JwtDecoder.TryReadClaims(idToken.Reveal()) is { } claims
        && NumericDate.ReadOptional(claims, "auth_time") is { } signedInOn
        && now - signedInOn <= most;
}
