using System.Collections.Generic;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Stores;

/// <summary>Environment variables of a test's own.</summary>
internal sealed class TestEnvironment(params (string Name, string Value)[] variables) : IEnvironment
{
    private readonly Dictionary<string, string> values = [];

    public string? Get(string name)
    {
        foreach ((string known, string value) in variables)
        {
            values[known] = value;
        }

        return values.GetValueOrDefault(name);
    }
}
