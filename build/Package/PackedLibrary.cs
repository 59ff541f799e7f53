using System.Collections.Generic;

namespace AuthModule.Package;

/// <summary>A package of which a file is in the module.</summary>
/// <param name="Sha512">Of the package as the registry gave it, in hexadecimal.</param>
/// <param name="License">An SPDX expression, the name of a licence file in the package, or an address; null when the package says nothing.</param>
/// <param name="Copyright">Null when the package says nothing.</param>
/// <param name="Files">Its files in the module, relative, with slashes.</param>
internal sealed record PackedLibrary(string Name, string Version, string Sha512, License? License, string? Copyright, string? Authors, IReadOnlyList<string> Files);

/// <param name="Kind"><c>expression</c>, <c>file</c> or <c>url</c>, as in a nuspec.</param>
/// <param name="Text">The whole text of a licence file; null for the other kinds.</param>
internal sealed record License(string Kind, string Value, string? Text);
