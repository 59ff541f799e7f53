using System.Collections.Generic;
using AuthModule.Secrets;

namespace AuthModule.TestServer.Users;

/// <summary>A person who can sign in to the embedded server.</summary>
internal sealed record ServerUser(string Name, Secret Password)
{
    public ServerUser(string name, string password)
        : this(name, Secret.From(password))
    {
    }

    /// <summary>The scopes that this person may grant to a client.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public string Email => Name.Contains('@', System.StringComparison.Ordinal) ? Name : $"{Name}@example.com";
}
