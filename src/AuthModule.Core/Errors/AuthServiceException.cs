using AuthModule.Errors;

namespace AuthModule;

/// <summary>The service, the network or a store did not do its part. <see cref="AuthException.Code"/> tells which.</summary>
public sealed class AuthServiceException : AuthException
{
    internal AuthServiceException(string code, string message, ErrorDetails details)
        : base(code, message, details)
    {
    }
}
