using System;
using AuthModule.Discovery;
using AuthModule.Jose.Keys;
using AuthModule.Requests;
using AuthModule.Validation;

namespace AuthModule.Grants;

/// <summary>What everything is tested by that a service signs for its client: ID tokens, answers to a sign-in, UserInfo, answers about tokens.</summary>
internal static class SignedByService
{
    /// <summary>Its keys, its name as issuer, for this client, by an algorithm that it names. What else counts, each kind adds.</summary>
    /// <param name="tester">Knows the keys.</param>
    /// <param name="service">Who has to have signed it.</param>
    /// <param name="request">The client that it has to be for; its secret is what HMAC signatures are made with.</param>
    /// <param name="published">The service's metadata; null where it has none.</param>
    /// <param name="algorithms">The member of the metadata that names the algorithms for this kind.</param>
    /// <param name="clock">This machine's.</param>
    public static ValidationRules Rules(
        IIdTokenTester tester, Service service, TokenRequest request, ServerMetadata? published, string algorithms, TimeProvider clock)
    {
        SecretKeySource? secret = request.Client.Secret is { } shared ? new SecretKeySource(shared) : null;
        return new ValidationRules
        {
            Keys = tester.KeysOf(service, secret),
            Issuers = published is null ? service.IssuerNames : service.Issuer is { } issuer ? [issuer] : [],
            ClientIds = request.ClientId is { } client ? [client] : [],
            AllowedAlgorithms = SecurityProfiles.Algorithms(service.SecurityProfile, published?.List(algorithms)),
            HmacSecret = secret,
            Clock = clock,
        };
    }
}
