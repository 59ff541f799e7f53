using System.Collections.Generic;

namespace AuthModule.Package;

/// <param name="ModuleFolder">The module as it is installed: out/AuthModule/VERSION.</param>
/// <param name="FileCount">How many files are in it.</param>
/// <param name="PackageFiles">Full paths of the .nupkg files.</param>
internal sealed record Packages(string ModuleFolder, int FileCount, IReadOnlyList<string> PackageFiles);
