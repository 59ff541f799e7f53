using System.Security;
using AuthModule.Errors;
using AuthModule.Secrets;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>A token as cmdlets take it: an <see cref="AuthToken"/>, a session (its token), a <see cref="SecureString"/> or a string.</summary>
/// <param name="Value">The token itself.</param>
/// <param name="Owner">The token's object where it is one of this module; null for one from elsewhere.</param>
internal readonly record struct TokenArgument(Secret Value, AuthToken? Owner)
{
    /// <exception cref="TokenValidationException">TokenMalformed: something that is no token.</exception>
    /// <exception cref="ConfigurationException">NoSession: a session without a token.</exception>
    public static TokenArgument Read(object? argument) => PipelineValue.Unwrap(argument) switch
    {
        AuthToken token => new TokenArgument(token.Tokens.AccessToken, token),
        AuthSession session => OfSession(session),
        SecureString text => new TokenArgument(Secret.From(text)!, null),
        string text => new TokenArgument(Secret.From(text), null),
        var other => throw AuthError.Create(
            AuthErrorId.TokenMalformed,
            $"A token was expected, this is {(other is null ? "nothing" : "a " + other.GetType().Name)}.",
            "Pass an AuthToken, a SecureString or a string."),
    };

    public static TokenArgument OfSession(AuthSession session) => session.Token is { } token
        ? new TokenArgument(token.Tokens.AccessToken, token)
        : throw AuthError.Create(AuthErrorId.NoSession, $"Session {session.Id} at {session.Authority} holds no token.", new AuthModule.Errors.ErrorDetails { Service = session.Authority });
}
