using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Accounts.SecondFactors;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>Second factors: set up and confirmed by code, with backup codes. Messages go to the server's outbox.</summary>
internal sealed partial class PynomalyMfa(ServerState state, PynomalyGate gate)
{
    private const string DefaultApp = "Pynomaly";
    private const string DefaultIssuer = "Pynomaly Security";

    public void Map(IEndpointRouteBuilder routes)
    {
        const string Path = PynomalyDialect.Path + "/mfa";
        routes.MapPost(Path + "/totp/setup", gate.For(SetUpTotpAsync));
        routes.MapPost(Path + "/totp/verify", gate.For((context, user) => VerifyAsync(context, user, "totp", "totp_code")));
        routes.MapPost(Path + "/sms/setup", gate.For(SetUpSmsAsync));
        routes.MapPost(Path + "/sms/verify", gate.For((context, user) => VerifyAsync(context, user, "sms", "sms_code")));
        routes.MapPost(Path + "/email/setup", gate.For(SetUpEmailAsync));
        routes.MapPost(Path + "/email/verify", gate.For((context, user) => VerifyAsync(context, user, "email", "email_code")));
        routes.MapPost(Path + "/verify", gate.For(VerifyAnyAsync));
        routes.MapPost(Path + "/recovery", gate.For(RecoverAsync));
        routes.MapGet(Path + "/status", gate.For(StatusAsync));
        routes.MapGet(Path + "/backup-codes", gate.For((context, user) => SendCodesAsync(context, state.SecondFactorsOf(user).BackupCodes)));
        routes.MapPost(Path + "/backup-codes/regenerate", gate.For((context, user) => SendCodesAsync(context, state.SecondFactorsOf(user).RenewBackupCodes())));
    }

    private async Task SetUpTotpAsync(HttpContext context, ServerUser user)
    {
        JsonBody? body = await JsonBody.ReadAsync(context);
        SecondFactors factors = state.SecondFactorsOf(user);
        string secret = factors.SetUpTotp();
        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["secret"] = secret,
            ["qr_code_url"] = new OtpauthUri(body?["issuer"] ?? DefaultIssuer, user.Email, secret).ToUriString(),
            ["manual_entry_key"] = string.Join(' ', secret.Chunk(4).Select(static part => new string(part))),
            ["app_name"] = body?["app_name"] ?? DefaultApp,
            ["backup_codes"] = factors.BackupCodes,
        });
    }

    private async Task SetUpSmsAsync(HttpContext context, ServerUser user)
    {
        string? phone = (await JsonBody.ReadAsync(context))?["phone_number"];
        string plain = phone?.Replace(" ", string.Empty, System.StringComparison.Ordinal).Replace("-", string.Empty, System.StringComparison.Ordinal) ?? string.Empty;
        if (!Phone().IsMatch(plain))
        {
            await PynomalyReply.UnfitAsync(context, "body", "phone_number");
            return;
        }

        await SendAsync(context, user, "sms", plain);
    }

    private async Task SetUpEmailAsync(HttpContext context, ServerUser user)
    {
        string address = (await JsonBody.ReadAsync(context))?["email_address"] ?? user.Email;
        if (!address.Contains('@', System.StringComparison.Ordinal))
        {
            await PynomalyReply.UnfitAsync(context, "body", "email_address");
            return;
        }

        await SendAsync(context, user, "email", address);
    }

    private Task SendAsync(HttpContext context, ServerUser user, string channel, string to)
    {
        SecondFactors factors = state.SecondFactorsOf(user);
        factors.SetUpByMessage(channel, to);
        return Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["message"] = $"Verification code sent by {channel}",
            ["backup_codes"] = factors.BackupCodes,
        });
    }

    private async Task VerifyAsync(HttpContext context, ServerUser user, string method, string field)
    {
        string? code = (await JsonBody.ReadAsync(context))?[field];
        if (code is null || !SixDigits().IsMatch(code))
        {
            await PynomalyReply.UnfitAsync(context, "body", field);
            return;
        }

        await AnswerAsync(context, state.SecondFactorsOf(user).Confirm(method, code));
    }

    private async Task VerifyAnyAsync(HttpContext context, ServerUser user)
    {
        JsonBody? body = await JsonBody.ReadAsync(context);
        if (body?["method_type"] is not ("totp" or "sms" or "email") || body["verification_code"] is not { } code)
        {
            await PynomalyReply.UnfitAsync(context, "body", "method_type", "verification_code");
            return;
        }

        await AnswerAsync(context, state.SecondFactorsOf(user).Confirm(body["method_type"]!, code));
    }

    private async Task RecoverAsync(HttpContext context, ServerUser user)
    {
        string? code = (await JsonBody.ReadAsync(context))?["backup_code"];
        if (code is null)
        {
            await PynomalyReply.UnfitAsync(context, "body", "backup_code");
            return;
        }

        await AnswerAsync(context, state.SecondFactorsOf(user).UseBackupCode(code));
    }

    private Task AnswerAsync(HttpContext context, bool right) => right
        ? Reply.JsonAsync(context, new Dictionary<string, object?> { ["message"] = "Verified", ["verified"] = true })
        : PynomalyReply.ErrorAsync(context, state, 400, "Invalid verification code");

    private Task StatusAsync(HttpContext context, ServerUser user)
    {
        SecondFactors factors = state.SecondFactorsOf(user);
        return Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["mfa_enabled"] = factors.Methods.Count > 0,
            ["active_methods"] = factors.Methods,
            ["backup_codes_remaining"] = factors.BackupCodes.Count,
        });
    }

    private static Task SendCodesAsync(HttpContext context, IReadOnlyList<string> codes) =>
        Reply.JsonAsync(context, new Dictionary<string, object?> { ["backup_codes"] = codes });

    [GeneratedRegex(@"^\+?1?\d{9,15}$")]
    private static partial Regex Phone();

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex SixDigits();
}
