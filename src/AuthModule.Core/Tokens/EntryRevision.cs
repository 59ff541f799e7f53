namespace AuthModule.Tokens;

/// <summary>
/// Which of the entries that a session has had in its store: a line begins with a sign-in that found none, and each entry that
/// is made from another one counts up in its line. No clock takes part, as those of machines differ.
/// </summary>
internal sealed record EntryRevision(string Line, long Number);
