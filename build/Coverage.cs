#:property RestorePackagesWithLockFile=false
// dotnet run build/Coverage.cs -- FOLDER: from the newest coverage.cobertura.xml below FOLDER, how many lines of each folder of the sources ran.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

string? report = args is [{ } folder]
    ? Directory.EnumerateFiles(folder, "coverage.cobertura.xml", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)
    : null;
if (report is null)
{
    Console.Error.WriteLine("Give the folder that dotnet test --collect \"XPlat Code Coverage\" wrote its results to.");
    return 2;
}

XElement root = XElement.Load(report);
string[] sources = [.. root.Descendants("source").Select(source => source.Value)];
var lines = new Dictionary<(string File, string Line), bool>();
foreach (XElement type in root.Descendants("class"))
{
    // A line stands there once for each method, lambda or state machine that has a part of it.
    foreach (XElement line in type.Elements("lines").Elements("line"))
    {
        (string, string) key = ((string)type.Attribute("filename")!, (string)line.Attribute("number")!);
        lines[key] = lines.GetValueOrDefault(key) || (long)line.Attribute("hits")! > 0;
    }
}

foreach (IGrouping<string, bool> group in lines.GroupBy(line => FolderOf(line.Key.File), line => line.Value).OrderBy(group => group.Key, StringComparer.Ordinal))
{
    int ran = group.Count(hit => hit);
    Console.WriteLine($"{100.0 * ran / group.Count(),6:0.0} %  {ran,6} of {group.Count(),6}  {group.Key}");
}

return 0;

string FolderOf(string file)
{
    string whole = (sources.Select(source => Path.Combine(source, file)).FirstOrDefault(File.Exists) ?? file).Replace('\\', '/');
    int start = whole.LastIndexOf("/src/", StringComparison.Ordinal);
    string[] parts = (start < 0 ? whole : whole[(start + 1)..]).Split('/');
    return string.Join('/', parts.Take(Math.Min(3, parts.Length - 1)));
}
