using AuthModule.Errors;

namespace AuthModule;

/// <summary>Something that was valid has run out: a token, a code, a request. <see cref="AuthException.Code"/> tells which.</summary>
public sealed class TokenExpiredException : AuthException
{
    internal TokenExpiredException(string code, string message, ErrorDetails details)
        : base(code, message, details)
    {
    }
}
