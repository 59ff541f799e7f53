using System.Collections;
using AuthModule.Errors;
using AuthModule.Stores;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>A store as cmdlets take it: the name of one of ours, an object of the user's, or a hashtable of script blocks.</summary>
internal static class StoreArgument
{
    /// <summary>Null where it is a name, or nothing.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: script blocks that a store needs are not there.</exception>
    public static ITokenStore? Read(object? argument) => PipelineValue.Unwrap(argument) switch
    {
        null or string => null,
        ITokenStore own => own,
        IDictionary scripts => ScriptStore.From(scripts),
        var other => throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"-Store takes a name, an ITokenStore or a hashtable of script blocks, not a {other.GetType().Name}."),
    };
}
