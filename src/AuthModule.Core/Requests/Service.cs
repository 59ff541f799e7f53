using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>One service as it is spoken to: a description, an address, its parameters, and how to reach it.</summary>
internal sealed record Service
{
    public required ProviderDescription Description { get; init; }

    /// <summary>As <see cref="AuthModule.Requests.AddressReader"/> writes it, with what the description appends.</summary>
    public required string Authority { get; init; }

    /// <summary>What errors and tables call it.</summary>
    public string DisplayName => Authority;

    /// <summary>The same as an address.</summary>
    public Uri Address => field ??= new Uri(Authority);

    /// <summary>The issuer that the description names; null is the authority.</summary>
    public string? Issuer { get; init; }

    /// <summary>
    /// What <c>iss</c> may be, as far as the description and the caller say it; what the service publishes is more exact. Empty
    /// where nobody said it.
    /// </summary>
    public IReadOnlyList<string> IssuerNames { get; init; } = [];

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> ExtraFields { get; init; } = [];

    /// <summary>The secrets of <c>-Parameter</c>: those that the description declares fill places, the others are sent besides.</summary>
    public IReadOnlyDictionary<string, Secret> SecretParameters { get; init; } = AuthModule.Requests.SecretParameters.None;

    /// <summary>Those that are sent besides.</summary>
    public IEnumerable<KeyValuePair<string, Secret>> SecretFields => SecretParameters.Where(secret =>
        !Description.Parameters.Any(parameter => string.Equals(parameter.Name, secret.Key, StringComparison.OrdinalIgnoreCase)));

    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    public string? TokenEndpoint { get; init; }

    public required TransportSettings Transport { get; init; }

    /// <summary>The caller's algorithm for client assertions; null leaves it to the key and the server.</summary>
    public string? AssertionAlgorithm { get; init; }

    /// <summary>Whom the caller wants a client's own assertion to name; null leaves it to the description and the server.</summary>
    public string? AssertionAudience { get; init; }

    /// <summary>The second factor's method that the caller chose; null takes the first that is offered.</summary>
    public string? MfaMethod { get; init; }

    /// <summary>Whether authorization requests are pushed (RFC 9126); null leaves it to the server and the flow.</summary>
    public bool? PushesAuthorization { get; init; }

    /// <summary>One of <see cref="SecurityProfiles"/>; null for none.</summary>
    public string? SecurityProfile { get; init; }

    /// <summary>Whether authorization requests are signed (RFC 9101); null leaves it to the server.</summary>
    public bool? SignsAuthorization { get; init; }

    /// <summary>The endpoint of the description that was worked out last; null before. It depends on nothing that changes.</summary>
    public KnownEndpoint? LastEndpoint { get; set; }

    /// <summary>Whether it was said that this service takes no scope; once is enough.</summary>
    public bool HasWarnedOfScope { get; set; }

    /// <summary>The same with the secrets of a request, whose references have been read just now.</summary>
    public Service With(TokenRequest request) => ReferenceEquals(request.SecretParameters, SecretParameters)
        ? this
        : this with { SecretParameters = request.SecretParameters, LastEndpoint = null };

    /// <summary>Whether it was said that this service does not name the type of its tokens; once is enough.</summary>
    public bool HasWarnedOfTokenType { get; set; }

    /// <summary>The same without the client's certificate on the connection: it only signs.</summary>
    public Service WithoutClientCertificate() =>
        Transport.ClientCertificate is null ? this : this with { Transport = Transport with { ClientCertificate = null } };
}

/// <summary>An endpoint's name in a description, and its address.</summary>
internal sealed record KnownEndpoint(string Name, Uri Address);
