using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Text;
using AuthModule.Validation;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>
/// Opens the answer to an authorization request that comes as one signed JWT (JARM): by its issuer, for this client, in its time, with a
/// good signature. Who asked for a signed answer takes no other one.
/// </summary>
internal sealed class SignedAnswerReader(IIdTokenTester tester, EndpointResolver endpoints, TimeProvider clock)
{
    private const string Response = "response";

    /// <summary>The answer as an address with its fields; as it came where no signed one was asked for.</summary>
    /// <exception cref="TokenValidationException">The first check that did not pass.</exception>
    /// <exception cref="AuthenticationException">InvalidRequest: there is no signed answer.</exception>
    public async Task<string> OpenAsync(GrantContext context, AuthorizationRequest authorization, string callback, CancellationToken cancellationToken)
    {
        if (!ResponseModes.IsSigned(authorization.ResponseMode))
        {
            return callback;
        }

        string[] given = [.. CallbackReader.Fields(callback).Where(static field => field.Key == Response).Select(static field => field.Value)];
        if (given.Length != 1)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidRequest,
                $"The callback address holds no signed answer of {authorization.Authority}, although one was asked for (response_mode {DisplayText.Text(authorization.ResponseMode!)}); it is not used.",
                new ErrorDetails { Service = authorization.Authority });
        }

        TokenTestResult result = await tester.TestAsync(
            given[0], await RulesAsync(context, given[0], cancellationToken).ConfigureAwait(false), context.Log, cancellationToken).ConfigureAwait(false);
        if (result.FailedCheck is { } failed)
        {
            throw AuthError.Create(
                failed.Id!,
                $"The answer of {authorization.Authority} is refused, and the sign-in with it. {failed.Name}: {failed.Reason}.",
                new ErrorDetails { Service = authorization.Authority });
        }

        return "?" + FormText.Write(result.Source
            .Where(static claim => claim.Key is "code" or "state" or "iss" or "error" or "error_description" && claim.Value is string)
            .Select(static claim => new KeyValuePair<string, string>(claim.Key, (string)claim.Value!)));
    }

    private async Task<ValidationRules> RulesAsync(GrantContext context, string answer, CancellationToken cancellationToken)
    {
        ServerMetadata? published = await endpoints.MetadataAsync(context.Service, context.Log, cancellationToken).ConfigureAwait(false);
        return SignedByService.Rules(tester, context.Service, context.Request, published, "authorization_signing_alg_values_supported", clock) with
        {
            Use = TokenUse.Message,
            Decryption = NestedToken.IsEncrypted(answer) ? context.Request.DecryptionKey?.Read() : null,
        };
    }
}
