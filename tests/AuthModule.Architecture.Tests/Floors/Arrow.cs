namespace AuthModule.Architecture.Tests.Floors;

/// <summary>A file that uses another: at least one of its types names one of the other's.</summary>
/// <param name="From">Relative to the project, with forward slashes.</param>
/// <param name="To">The same.</param>
internal sealed record Arrow(string From, string To)
{
    /// <summary>The folder right under the project; "." is the project's own.</summary>
    public string FromFolder => FolderOf(From);

    public string ToFolder => FolderOf(To);

    public static string FolderOf(string file) => file.IndexOf('/') is var slash and > 0 ? file[..slash] : ".";

    public override string ToString() => $"{From} -> {To}";
}
