using AuthModule.Errors;

namespace AuthModule;

/// <summary>The service, or the sign-in itself, refused: who asks, with what, or what is asked for. <see cref="AuthException.Code"/> tells which.</summary>
public sealed class AuthenticationException : AuthException
{
    internal AuthenticationException(string code, string message, ErrorDetails details)
        : base(code, message, details)
    {
    }
}
