namespace AuthModule.Cli.Terminal;

/// <summary>Colours for a terminal, and nothing where there are none.</summary>
internal sealed class Paint(CliContext context)
{
    public string Bold(string text) => With("1", text);

    public string Dim(string text) => With("2", text);

    public string Good(string text) => With("32", text);

    public string Warning(string text) => With("33", text);

    public string Bad(string text) => With("31", text);

    /// <summary>A session's state, or what stands for one.</summary>
    public string State(string word, string text) => word switch
    {
        nameof(SessionState.Fresh) or "ok" => Good(text),
        nameof(SessionState.Stale) => Warning(text),
        nameof(SessionState.Expired) or nameof(SessionState.Failed) or "FAIL" => Bad(text),
        _ => text,
    };

    private string With(string code, string text) => context.HasColours && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
