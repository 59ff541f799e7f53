using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.TestKit.Files;

namespace AuthModule.Architecture.Tests.Floors;

/// <summary>The floors of docs and ARCHITECTURE.md, read from what the compiler bound. What still runs up is counted, and its number may only fall.</summary>
public sealed class FloorTests(ITestOutputHelper output)
{
    private const int MaxFiles = 40;

    public static TheoryData<string> Projects => [.. FloorPlan.All.Select(plan => plan.Project)];

    [Theory]
    [MemberData(nameof(Projects))]
    [Trait("Feature", "A1")]
    public void No_folder_uses_one_that_is_not_below_it(string project)
    {
        FloorPlan plan = FloorPlan.All.Single(each => each.Project == project);
        CompiledProject compiled = CompiledProject.Read(plan.Project, plan.Assembly, plan.Framework);
        Arrow[] between = [.. compiled.Arrows.Where(arrow => arrow.FromFolder != arrow.ToFolder)];
        Arrow[] up = [.. between.Where(arrow => plan.FloorOf(arrow.ToFolder) <= plan.FloorOf(arrow.FromFolder)).OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal)];
        IReadOnlyCollection<string> circles = Circles.Of(compiled.Arrows);
        output.WriteLine($"{project}: {compiled.Arrows.Count} arrows between files, {between.Length} between folders, {up.Length} up, {circles.Count} folders in a circle");
        foreach (Arrow arrow in up)
        {
            output.WriteLine($"up: {arrow}");
        }

        Assert.InRange(up.Length, 0, plan.MaxUp);
        Assert.True(plan.MaxUp > 0 || circles.Count == 0, string.Join(", ", circles));
        Assert.True(compiled.Arrows.Count > 50, "Almost nothing was read: the test sees no symbols.");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    [Trait("Feature", "A1")]
    public void Each_folder_has_its_floor_and_each_floor_its_folder(string project)
    {
        FloorPlan plan = FloorPlan.All.Single(each => each.Project == project);
        IEnumerable<string> folders = Directory.GetDirectories(RepositoryFiles.PathOf(project))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj"));
        Assert.Equal(folders.Order(StringComparer.Ordinal), plan.Floors.SelectMany(floor => floor.Split(' ')).Where(name => name != ".").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Feature", "A1")]
    public void No_folder_of_the_engine_is_too_full_to_be_read()
    {
        IEnumerable<string> full = Directory.EnumerateDirectories(RepositoryFiles.PathOf(FloorPlan.Engine.Project), "*", SearchOption.AllDirectories)
            .Where(folder => !folder.Contains($"{Path.DirectorySeparatorChar}obj", StringComparison.Ordinal) && Directory.GetFiles(folder, "*.cs").Length > MaxFiles);
        Assert.Empty(full);
    }

    [Fact]
    [Trait("Feature", "A1")]
    public void The_engine_has_no_type_of_PowerShell()
    {
        CompiledProject engine = CompiledProject.Read(FloorPlan.Engine.Project, FloorPlan.Engine.Assembly, FloorPlan.Engine.Framework);
        Assert.DoesNotContain(engine.ForeignTypes, name => name.StartsWith("System.Management.Automation", StringComparison.Ordinal));
        Assert.Contains("System.Object", engine.ForeignTypes);
    }

    [Fact]
    [Trait("Feature", "A1")]
    public void An_arrow_up_and_a_circle_would_be_seen()
    {
        Arrow[] arrows = [new("A/One.cs", "B/Two.cs"), new("B/Two.cs", "C/Three.cs"), new("C/Three.cs", "A/One.cs"), new("D/Four.cs", "A/One.cs")];
        Assert.Equal(["A", "B", "C"], Circles.Of(arrows));
        Assert.Empty(Circles.Of(arrows.Take(2)));
        Assert.Equal(0, FloorPlan.Engine.FloorOf("."));
        Assert.Null(FloorPlan.Engine.FloorOf("Nowhere"));
    }
}
