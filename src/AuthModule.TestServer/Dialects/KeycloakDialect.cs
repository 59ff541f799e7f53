using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>Keycloak's realms, with and without <c>/auth</c>, and the <c>token-duration</c> that PX-Backup adds to the password grant.</summary>
internal static partial class KeycloakDialect
{
    private const string Protocol = "/protocol/openid-connect";

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        foreach (string path in new[] { "/auth/realms/{realm}", "/realms/{realm}" })
        {
            EndpointList.MapRealm(routes, state, RealmAt(path, state));
            routes.MapPost(path + Protocol + "/logout", Reply.OAuth(context => LogOutAsync(context, state)));
        }
    }

    private static Realm RealmAt(string path, ServerState state) => new(path)
    {
        Token = Protocol + "/token",
        Authorization = Protocol + "/auth",
        Jwks = Protocol + "/certs",
        Introspection = Protocol + "/token/introspect",
        Revocation = Protocol + "/revoke",
        UserInfo = Protocol + "/userinfo",
        DeviceAuthorization = Protocol + "/auth/device",
        PushedAuthorization = Protocol + "/ext/par/request",
        Backchannel = Protocol + "/ext/ciba/auth",
        WrongPasswordStatus = state.Options.Dialects.Variant == DialectVariant.Documented ? 401 : 400,
        Adjust = (grant, form) => Adjust(grant, form, state.Options.Dialects.MaximumTokenLifetime),
    };

    private static TokenGrant Adjust(TokenGrant grant, OAuthForm form, TimeSpan maximum)
    {
        TimeSpan? wish = form["token-duration"] is { } text ? ParseDuration(text) : null;
        return grant with
        {
            JwtType = "JWT",
            TokenLifetime = wish > maximum ? maximum : wish,
            Claims = new Dictionary<string, object?>(grant.Claims) { ["typ"] = "Bearer", ["azp"] = grant.ClientId },
        };
    }

    private static TimeSpan ParseDuration(string text)
    {
        Match match = Duration().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            throw OAuthRefusal.InvalidRequest("token-duration is not a number and one of s, m, h, d, w, y");
        }

        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(Math.Min(count, 36500)),
            "w" => TimeSpan.FromDays(Math.Min(count, 5200) * 7.0),
            _ => TimeSpan.FromDays(Math.Min(count, 100) * 365.0),
        };
    }

    private static async Task LogOutAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        state.ClientAuthentication.Authenticate(context, form);
        await state.Issuer.RevokeAsync(form.Require("refresh_token"), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    [GeneratedRegex(@"^(\d{1,9})([smhdwy])$")]
    private static partial Regex Duration();
}
