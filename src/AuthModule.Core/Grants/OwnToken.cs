using System;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A token that is made here, as some services want it at each call: a JWT that the client signs, or a name and password in one. Nothing is sent.</summary>
internal static class OwnToken
{
    /// <exception cref="ConfigurationException">MissingParameter, InvalidKey, InvalidCertificate.</exception>
    public static TokenSet Make(GrantContext context, OperationCall call, ReplyDescription reply)
    {
        string token = context.Runner.Make(call, call.Operation.Token!)
            ?? throw AuthError.Create(AuthErrorId.MissingParameter, $"What the token of {context.Service.DisplayName} is made of was left out.", new ErrorDetails { Service = context.Service.DisplayName });
        if (context.Carried(call.Operation).Count == 0)
        {
            context.WarnOfScope();
        }

        DecodedToken? decoded = JwtDecoder.TryDecode(token, out _);
        DateTimeOffset now = context.Clock.GetUtcNow();
        TimeSpan lifetime = TokenLifetime.Of(decoded, reply, now);
        return new TokenSet(context.Clock, context.Clock.GetTimestamp())
        {
            AccessToken = Secret.From(token),
            TokenType = reply.TokenTypes.TryGetValue(string.Empty, out string? mapped) ? mapped : "Bearer",
            Scopes = context.Carried(call.Operation),
            Subject = context.Request.Input.UserName,
            IssuedOn = now,
            ExpiresOn = lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : now + lifetime,
            Lifetime = lifetime,
            SignInGrant = call.Name,
        };
    }
}
