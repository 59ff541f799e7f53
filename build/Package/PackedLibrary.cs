using System.Collections.Generic;

namespace AuthModule.Package;

/// <summary>A package of which a file is in the module.</summary>
/// <param name="Sha512">Of the package as the registry gave it, in hexadecimal.</param>
/// <param name="License">Null when the package says nothing.</param>
/// <param name="Copyright">Null when the package says nothing.</param>
/// <param name="Authors">As the package names them.</param>
/// <param name="Files">Its files in the module, relative, with slashes.</param>
internal sealed record PackedLibrary(string Name, string Version, string Sha512, License? License, string? Copyright, string? Authors, IReadOnlyList<string> Files);
