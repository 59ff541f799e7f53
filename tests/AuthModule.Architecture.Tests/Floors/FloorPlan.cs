using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Architecture.Tests.Floors;

/// <summary>The floors of a project from top to bottom. A folder uses only what is on a floor below its own.</summary>
/// <param name="Project">Its folder in the clone.</param>
/// <param name="Assembly">The name of its assembly.</param>
/// <param name="Framework">The build that is read.</param>
/// <param name="Floors">The folders of each floor, with spaces between; "." is what lies beside them.</param>
internal sealed record FloorPlan(string Project, string Assembly, string Framework, params string[] Floors)
{
    public static FloorPlan Engine { get; } = new(
        "src/AuthModule.Core",
        "AuthModule.Core",
        "net8.0",
        ".",
        "Guide",
        "ServiceChecks",
        "Rest Accounts TokenTesting",
        "Sessions",
        "Profiles",
        "Grants",
        "Operations",
        "AssertionSources",
        "Resolution",
        "Requests",
        "Tokens",
        "Validation",
        "Issuing",
        "Jose",
        "Stores",
        "Discovery",
        "Interaction",
        "Http",
        "Providers",
        "Telemetry",
        "Platform",
        "Cryptography",
        "Json",
        "Concurrency",
        "Secrets",
        "Errors",
        "Text",
        "Polyfills") { MaxUp = 41 };

    public static FloorPlan Cmdlets { get; } = new(
        "src/AuthModule.Cmdlets",
        "AuthModule.Cmdlets",
        "net8.0",
        ".",
        "Commands",
        "Completion",
        "Rest",
        "Arguments",
        "AssertionSources Stores",
        "Runspaces",
        "Secrets",
        "Pipeline",
        "Reporting");

    public static FloorPlan CommandLine { get; } = new(
        "src/AuthModule.Cli",
        "authmodule",
        "net10.0",
        ".",
        "Commands",
        "Demo Dsc Manual",
        "Helpers Sessions",
        "Arguments",
        "Output",
        "Terminal") { MaxUp = 33 };

    /// <summary>
    /// How many arrows still run up, from branches that were merged after the floors were laid. It may only become smaller; at 0, circles fail too.
    /// </summary>
    public int MaxUp { get; init; }

    public static IReadOnlyList<FloorPlan> All { get; } = [Engine, Cmdlets, CommandLine];

    /// <summary>Larger is further down; null for a folder that has no floor.</summary>
    public int? FloorOf(string folder)
    {
        int floor = Floors.ToList().FindIndex(each => each.Split(' ').Contains(folder));
        return floor < 0 ? null : floor;
    }

    public override string ToString() => Project;
}
