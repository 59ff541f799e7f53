using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialects;

/// <summary>The envelope <c>{data, meta, error}</c>, its errors, and times in the notation that was chosen.</summary>
internal static class MosaiaReply
{
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    public static Task DataAsync(HttpContext context, Dictionary<string, object?> data) => Reply.JsonAsync(
        context,
        new Dictionary<string, object?> { ["data"] = data, ["meta"] = new Dictionary<string, object?>(), ["error"] = Null });

    /// <summary>Documented: by status. As coded: 200 with <c>error</c> in the envelope.</summary>
    public static Task ErrorAsync(HttpContext context, ServerState state, int status, string code, string message)
    {
        var error = new Dictionary<string, object?> { ["message"] = message, ["code"] = code, ["status"] = status };
        return state.Options.Dialects.Variant == DialectVariant.Documented
            ? Reply.JsonAsync(context, error, status)
            : Reply.JsonAsync(context, new Dictionary<string, object?> { ["data"] = Null, ["meta"] = Null, ["error"] = error });
    }

    public static Dictionary<string, object?> Tokens(ServerState state, IssuedTokens tokens) => new()
    {
        ["access_token"] = tokens.AccessToken.Reveal(),
        ["refresh_token"] = tokens.RefreshToken?.Reveal(),
        ["token_type"] = tokens.TokenType,
        ["sub"] = tokens.Grant.Subject,
        ["iat"] = Time(state, tokens.IssuedOn),
        ["exp"] = Time(state, tokens.ExpiresOn),
    };

    private static object Time(ServerState state, DateTimeOffset time) => state.Options.Dialects.Times switch
    {
        TimeNotation.Milliseconds => time.ToUnixTimeMilliseconds(),
        TimeNotation.MillisecondsText => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        TimeNotation.SecondsText => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => time.ToUnixTimeSeconds(),
    };
}
