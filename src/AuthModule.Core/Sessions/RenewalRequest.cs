using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>One wish for a token, as the first of those who share it brought it.</summary>
/// <param name="Requirement">What the token must be good for.</param>
/// <param name="Seen">What the session had when it was found wanting; null for nothing.</param>
/// <param name="Begun">The session's <see cref="AuthSession.Generation"/> at that moment.</param>
/// <param name="IsBackground">Nobody waits, and the token at hand still serves.</param>
internal sealed record RenewalRequest(TokenRequirement Requirement, TokenSet? Seen, int Begun, bool IsBackground);
