using System.Runtime.CompilerServices;
using AuthModule;

// The engine lives in a load context of its own, where PowerShell does not look for types. This assembly is where it looks, so
// [AuthModule.AuthToken] in a script finds the type by these lines. A test keeps the list complete.
[assembly: TypeForwardedTo(typeof(AuthenticationException))]
[assembly: TypeForwardedTo(typeof(AuthErrorId))]
[assembly: TypeForwardedTo(typeof(AuthException))]
[assembly: TypeForwardedTo(typeof(AuthIssuer))]
[assembly: TypeForwardedTo(typeof(AuthProvider))]
[assembly: TypeForwardedTo(typeof(AuthServiceException))]
[assembly: TypeForwardedTo(typeof(AuthSession))]
[assembly: TypeForwardedTo(typeof(AuthToken))]
[assembly: TypeForwardedTo(typeof(ConfigurationException))]
[assembly: TypeForwardedTo(typeof(DecodedToken))]
[assembly: TypeForwardedTo(typeof(IStoreLock))]
[assembly: TypeForwardedTo(typeof(ITokenStore))]
[assembly: TypeForwardedTo(typeof(RateLimit))]
[assembly: TypeForwardedTo(typeof(RevocationOutcome))]
[assembly: TypeForwardedTo(typeof(RevocationResult))]
[assembly: TypeForwardedTo(typeof(SessionState))]
[assembly: TypeForwardedTo(typeof(TokenAdvice))]
[assembly: TypeForwardedTo(typeof(TokenCheck))]
[assembly: TypeForwardedTo(typeof(TokenExpiredException))]
[assembly: TypeForwardedTo(typeof(TokenFormat))]
[assembly: TypeForwardedTo(typeof(TokenTestResult))]
[assembly: TypeForwardedTo(typeof(TokenUsageEventArgs))]
[assembly: TypeForwardedTo(typeof(TokenValidationException))]
