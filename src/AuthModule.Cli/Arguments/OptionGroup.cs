using System.Collections.Generic;
using System.CommandLine;

namespace AuthModule.Cli.Arguments;

/// <summary>Options that belong together: declared together, read together, and one paragraph of the help.</summary>
internal abstract class OptionGroup(string title)
{
    private readonly List<Option> options = [];

    public string Title { get; } = title;

    public IReadOnlyList<Option> Options => options;

    protected T Add<T>(T option)
        where T : Option
    {
        options.Add(option);
        return option;
    }
}
