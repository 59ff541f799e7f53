using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Tokens that the store did not take, and those in it that they were made from (null: it had none).</summary>
internal sealed record UnsavedTokens(TokenSet Tokens, TokenSet? MadeFrom);
