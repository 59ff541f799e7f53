using AuthModule.Errors;
using AuthModule.Platform;

namespace AuthModule.Requests;

/// <summary>Environment variables that switch something on.</summary>
internal static class Switch
{
    /// <summary>False where the variable is not set. What is neither yes nor no is not guessed at: a job would wait for a person, or fail, without a word.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest: the value is neither; the variable is named.</exception>
    public static bool Read(IEnvironment environment, string variable)
    {
        string? text = environment.Get(variable)?.Trim();
        return text?.ToUpperInvariant() switch
        {
            null or "" or "0" or "FALSE" or "NO" or "OFF" => false,
            "1" or "TRUE" or "YES" or "ON" => true,
            _ => throw AuthError.Create(AuthErrorId.InvalidRequest, $"{variable} is '{text}', which is neither yes nor no.", $"Set {variable} to 1, true, yes or on, or to 0, false, no or off."),
        };
    }
}
