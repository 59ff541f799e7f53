using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>A session as a store lists it.</summary>
/// <param name="Id">The same in every process that opens the store; it says nothing of the session.</param>
/// <param name="Origin">What it was opened with.</param>
/// <param name="Tokens">What it has.</param>
internal sealed record StoredSession(string Id, SessionOrigin Origin, TokenSet Tokens);
