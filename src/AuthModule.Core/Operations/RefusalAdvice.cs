using System;
using System.Linq;
using System.Text;
using AuthModule.Http;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Providers;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>What to do next, where a refusal's own advice would leave out the likely cause.</summary>
internal static class RefusalAdvice
{
    /// <summary>Null where the id's own advice is right.</summary>
    public static string? For(string id, WireReply reply, OperationCall call, string? code)
    {
        if ((id is AuthErrorId.InvalidClient or AuthErrorId.InvalidCredentials or AuthErrorId.InvalidRequest or AuthErrorId.AccessDenied) && IsChangedByEncoding(reply, call))
        {
            return "Encoding changed the client id or the secret before they were sent, as RFC 6749, section 2.3.1, has it, and some servers do not decode them: try -ClientAuthentication BasicPlain, or Post. Else check both.";
        }

        if (id == AuthErrorId.AccessDenied && code is null && reply.Status == 403 && call.Operation.Credential != OperationCredential.Token)
        {
            return "Check the password and the secret first: some services answer a wrong one with a bare 403. If they are right, ask the service's administrator to allow this to the account or client, and whether the address of this machine is allowed.";
        }

        return id == AuthErrorId.InteractionRequired && !IsStandard(code)
            ? "Sign in on the service's own page: a person has to act there first, such as changing an expired password."
            : null;
    }

    private static bool IsStandard(string? code) => code is not null && ReplyErrors.KnownId(code) is not null;

    // The pair that went out is that of the encoded form: of the plain one nobody need be told.
    private static bool IsChangedByEncoding(WireReply reply, OperationCall call)
    {
        if (call.ClientId is not { } id || call.Client.Secret is not { } secret)
        {
            return false;
        }

        string plain = secret.Reveal();
        string sent = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FormText.Encode(id)}:{FormText.Encode(plain)}"));
        return BasicAuthentication.Changes(id, plain) && reply.Request.Headers.Any(header => header.Key == "Authorization" && header.Value == sent);
    }
}
