using AuthModule.Platform;

namespace AuthModule.Benchmarks.Rows;

/// <summary>No environment variable has any say in what is measured, but those that a benchmark sets itself.</summary>
internal sealed class BareEnvironment(params (string Name, string Value)[] variables) : IEnvironment
{
    public string? Get(string name)
    {
        foreach ((string known, string value) in variables)
        {
            if (known == name)
            {
                return value;
            }
        }

        return null;
    }
}
