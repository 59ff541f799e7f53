namespace AuthModule.Package;

/// <summary>What a package says of its licence.</summary>
/// <param name="Kind"><c>expression</c>, <c>file</c> or <c>url</c>, as in a nuspec.</param>
/// <param name="Text">The whole text of a licence file; null for the other kinds.</param>
internal sealed record License(string Kind, string Value, string? Text);
