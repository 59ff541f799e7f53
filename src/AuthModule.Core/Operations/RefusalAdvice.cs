using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AuthModule.Http;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>What to do next, where a refusal's own advice would leave out the likely cause.</summary>
internal static class RefusalAdvice
{
    /// <summary>What RFC 6749, section 4.1.2.1, and RFC 8628, section 3.5, call a refusal by whoever was asked.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>Where a person was asked: it was that person, not a rule for the client, in most cases.</summary>
    public const string OfPerson =
        "Whoever was asked pressed Deny, or closed the question: sign in again and allow it. If nobody did, the service's rules refuse this account or client: ask its administrator.";

    private static readonly string[] AskedPerson = [GrantNames.DeviceCode, GrantNames.Backchannel];

    /// <summary>Null where the id's own advice is right.</summary>
    public static string? For(string id, WireReply reply, OperationCall call, string? code)
    {
        if (code == AccessDenied && AskedPerson.Contains(call.Name))
        {
            return OfPerson;
        }

        if (IsWithoutProof(id, call))
        {
            string[] variables = [RequestDefaults.Prefix + "CLIENT_SECRET", .. call.Service.Description.Environment.GetValueOrDefault("clientSecret") ?? []];
            return $"Give -ClientSecret, -ClientKey or -ClientCertificate, or set {string.Join(" or ", variables)}. If the client is a public one, it has to sign in another way, with a person.";
        }

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

    /// <summary>A client that proved itself with nothing was refused: no secret was wrong, none was given.</summary>
    public static bool IsWithoutProof(string id, OperationCall call) =>
        id is AuthErrorId.InvalidClient or AuthErrorId.MissingParameter
        && call.Name == GrantNames.ClientCredentials && !call.Client.IsPresent && call.Operation.Credential == OperationCredential.Client;

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
