using System.Threading;
using System.Threading.Tasks;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Profiles.Secrets;

/// <summary>An environment variable: <c>{"env":"NAME"}</c>.</summary>
internal sealed class EnvironmentReference(string variable) : ISecretReference
{
    public const string Field = "env";

    public string Name => "env:" + variable;

    public bool NeedsCaller => false;

    public static ISecretReference Read(LocatedObject source, ProfileFolder folder) => new EnvironmentReference(source.RequiredText(Field));

    public string? Absence(SecretQuery query) => query.Environment.Get(variable) is null ? $"the environment variable {variable} is not set" : null;

    public ValueTask<Secret> ReadAsync(SecretQuery query, CancellationToken cancellationToken) =>
        new(Secret.FromOptional(query.Environment.Get(variable))
            ?? throw new SecretReferenceException("that variable is not set or empty", $"Set the environment variable {variable} for this process."));
}
