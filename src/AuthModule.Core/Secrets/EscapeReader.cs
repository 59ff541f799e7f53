namespace AuthModule.Secrets;

/// <summary>One way to write letters by others.</summary>
/// <param name="Mark">What each of its escapes begins with.</param>
/// <param name="At">The letters that the escape at a mark stands for and its length; null letters where it is none.</param>
internal sealed record EscapeReader(char Mark, EscapeReader.Reading At)
{
    public delegate (string? Letters, int Length) Reading(string text, int at);
}
