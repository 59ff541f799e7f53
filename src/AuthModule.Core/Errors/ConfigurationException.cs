using AuthModule.Errors;

namespace AuthModule;

/// <summary>The call, a provider description or a profile is not right; nothing was sent. <see cref="AuthException.Code"/> tells which.</summary>
public sealed class ConfigurationException : AuthException
{
    internal ConfigurationException(string code, string message, ErrorDetails details)
        : base(code, message, details)
    {
    }
}
