using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Core.Tests.Support;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Stores.Redis;
using AuthModule.Telemetry;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>Texts: what users type, what browsers bring, tokens.</summary>
internal static class TextTargets
{
    private const string Redirect = "http://127.0.0.1:54321/callback";

    private static readonly AuthorizationRequest Authorization = NewAuthorization();

    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfText("duration", ["7d", "30m", "12h", "1y"], static text => Duration.Parse(text, "-TokenDuration"), AuthErrorId.InvalidDuration),
        FuzzTarget.OfText(
            "address",
            ["id.contoso.com", "https://id.contoso.com:8443/realms/a", " HTTP://[::1]:80//auth/ ", "b\u00fccher.example"],
            static text => RequireUsable(AddressReader.Normalize(text, ["/auth"])),
            AuthErrorId.InvalidUrl,
            AuthErrorId.MissingParameter),
        FuzzTarget.OfText("Redis address", ["redis://user:pass@host:6379/3?prefix=a:", "rediss://[::1]", "redis:"], static text => RedisAddress.Parse(text, new TestEnvironment()), AuthErrorId.InvalidUrl, AuthErrorId.InvalidCertificate),
        FuzzTarget.OfText(
            "callback",
            [$"{Redirect}?code=abc&state={Authorization.State}", $"{Redirect}?error=access_denied&error_description=no+way&state={Authorization.State}#x", $"code=abc&state={Authorization.State}&iss=https://api.mosaia.ai"],
            static text =>
            {
                try
                {
                    CallbackReader.ReadCode(text, Authorization, metadata: null);
                }
                catch (AuthException denied) when (denied.OAuthError == "access_denied")
                {
                    // The seed that is a refusal.
                }
            },
            [.. typeof(AuthErrorId).GetFields().Select(static id => id.Name)]),
        FuzzTarget.OfText("JWT", [Jwt.Unsigned(new ManualTimeProvider().GetUtcNow()), "a.b.c"], static text =>
        {
            if (JwtDecoder.TryDecode(text, out _) is null && text != "a.b.c")
            {
                throw AuthError.Create(AuthErrorId.TokenMalformed, "It is no JWT.");
            }
        }, AuthErrorId.TokenMalformed),
        FuzzTarget.OfText("otpauth address", ["otpauth://totp/x:ann?secret=JBSWY3DPEHPK3PXP&issuer=x&digits=8&period=60&algorithm=SHA256"], static text =>
        {
            if (!OtpauthUri.TryParse(text, out _))
            {
                throw AuthError.Create(AuthErrorId.InvalidRequest, "It is none.");
            }
        }, AuthErrorId.InvalidRequest),
    ];

    // What was taken as an address can be asked.
    private static void RequireUsable(string address) => _ = (new System.Uri(address).AbsoluteUri, AuthModule.Discovery.MetadataSource.Addresses(address).Count);

    private static AuthorizationRequest NewAuthorization() => new EngineHost().Engine.CreateAuthorizationRequestAsync(
        new TokenRequest { Provider = "mosaia", ClientId = "c1", Input = new GrantInput { RedirectUri = Redirect } }, NoLog.Instance, CancellationToken.None).GetAwaiter().GetResult();
}
