using System;
using System.Net.Http;
using AuthModule.Errors;

namespace AuthModule.Rest;

/// <summary>Reads <c>-Method</c>.</summary>
internal static class RestMethod
{
    /// <exception cref="AuthenticationException">InvalidRequest: not the name of a method.</exception>
    public static HttpMethod Read(string? name)
    {
        if (name is null || string.Equals(name, "Default", StringComparison.OrdinalIgnoreCase))
        {
            return HttpMethod.Get;
        }

        try
        {
            return new HttpMethod(name.ToUpperInvariant());
        }
        catch (FormatException cause)
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Method '{name}' is not the name of a method.", new ErrorDetails { Action = "Use Get, Post, Put, Patch, Delete or another one that the API knows.", Cause = cause });
        }
    }
}
