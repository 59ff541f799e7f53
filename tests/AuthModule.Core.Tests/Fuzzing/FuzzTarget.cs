using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>A parser that eats bytes from outside, with inputs that it takes and the ways in which it may refuse one.</summary>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], Task> Feed)
{
    /// <summary>The ids that a refusal may have.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The documented exception of a parser that is not reached from outside by itself: its caller turns it into an id.</summary>
    public Type? Documented { get; init; }

    /// <summary>Inputs of one run, as a part of what the run gives each parser. Slow ones get fewer.</summary>
    public double Share { get; init; } = 1;

    public static FuzzTarget OfText(string name, string[] seeds, Action<string> feed, params string[] ids) =>
        OfBytes(name, [.. seeds.Select(Encoding.UTF8.GetBytes)], bytes => feed(Encoding.UTF8.GetString(bytes)), ids);

    public static FuzzTarget OfBytes(string name, byte[][] seeds, Action<byte[]> feed, params string[] ids) => new(name, seeds, bytes =>
    {
        feed(bytes);
        return Task.CompletedTask;
    })
    {
        Ids = ids,
    };

    public override string ToString() => Name;
}
