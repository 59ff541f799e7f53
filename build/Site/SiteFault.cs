namespace AuthModule.Site;

/// <summary>What keeps the site from being built, as editors and MSBuild read it.</summary>
/// <param name="File">Relative to the clone.</param>
/// <param name="Line">From 1.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record SiteFault(string File, int Line, string Message)
{
    public override string ToString() => $"{File}({Line}): error: {Message}";
}
