using AuthModule.Errors;

namespace AuthModule;

/// <summary>A token or a reply did not pass a check. <see cref="AuthException.Code"/> tells which.</summary>
public sealed class TokenValidationException : AuthException
{
    internal TokenValidationException(string code, string message, ErrorDetails details)
        : base(code, message, details)
    {
    }
}
