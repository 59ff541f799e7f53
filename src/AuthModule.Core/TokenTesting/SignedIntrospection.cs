using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.Text;
using AuthModule.Validation;

namespace AuthModule.TokenTesting;

/// <summary>Opens what a server answers about a token as a signed JWT (RFC 9701): by its issuer, for the client that asked.</summary>
internal sealed class SignedIntrospection(IIdTokenTester tester, TimeProvider clock)
{
    public const string MediaType = "application/" + TokenType;

    private const string TokenType = "token-introspection+jwt";
    private const string Member = "token_introspection";
    private const string Algorithms = "introspection_signing_alg_values_supported";

    /// <summary>Whether the server signs its answers for those who ask for it.</summary>
    public static bool IsOffered(ServerMetadata? published) => published?.List(Algorithms) is { Count: > 0 };

    public static bool IsSigned(WireReply reply) => reply.MediaType == MediaType;

    /// <exception cref="TokenValidationException">The first check that did not pass: nothing is known of the token then.</exception>
    /// <exception cref="AuthServiceException">MalformedResponse: a good signature, and no answer inside.</exception>
    public async Task<JsonElement> OpenAsync(
        WireReply reply, Service service, TokenRequest request, ServerMetadata? published, ICallLog log, CancellationToken cancellationToken)
    {
        string answer = Encoding.ASCII.GetString(reply.Body).Trim();
        ValidationRules rules = SignedByService.Rules(tester, service, request, published, Algorithms, clock) with
        {
            Use = TokenUse.Message,
            MessageType = TokenType,
            IsExpiryOptional = true,
            Decryption = NestedToken.IsEncrypted(answer) ? request.DecryptionKey?.Read() : null,
        };
        TokenTestResult result = await tester.TestAsync(answer, rules, log, cancellationToken).ConfigureAwait(false);
        if (result.FailedCheck is { } failed)
        {
            throw AuthError.Create(
                failed.Id!,
                $"The signed answer of {service.DisplayName} about the token is refused. {failed.Name}: {failed.Reason}.",
                new ErrorDetails { Service = service.DisplayName, CorrelationId = reply.Request.RequestId });
        }

        return result.Source.TryGetValue(Member, out object? member) && member is Dictionary<string, object?> told
            ? JsonText.Element(told)
            : throw JsonReply.Malformed(reply, $"a signed JWT without '{Member}'");
    }
}
