using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Http;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What a caller asks for, with nothing filled in from elsewhere. A cmdlet or a command line makes it from its parameters.</summary>
internal sealed record TokenRequest
{
    /// <summary>Null is <c>oidc</c>, unless the environment or a profile says otherwise.</summary>
    public string? Provider { get; init; }

    /// <summary>The profile that the call names; null is none, unless the environment names one.</summary>
    public string? Profile { get; init; }

    /// <summary>The profile whose values are in here; null before they are.</summary>
    public string? AppliedProfile { get; init; }

    /// <summary>Secrets that a profile only refers to; read when they are needed, each time anew.</summary>
    public IReadOnlyList<ProfileSecret> References { get; init; } = [];

    public string? Authority { get; init; }

    public string? ClientId { get; init; }

    public string? TokenEndpoint { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>A provider's own parameters, and fields to send besides.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Those of them that are secret; <see cref="AuthModule.Requests.SecretParameters"/> finds them.</summary>
    public IReadOnlyDictionary<string, Secret> SecretParameters { get; init; } = AuthModule.Requests.SecretParameters.None;

    /// <summary>The name of the grant; null takes what fits the input.</summary>
    public string? Grant { get; init; }

    public GrantInput Input { get; init; } = new();

    public ClientCredential Client { get; init; } = new();

    public TransportSettings Transport { get; init; } = TransportSettings.Default;

    /// <summary>Null is <c>memory</c>.</summary>
    public string? Store { get; init; }

    /// <summary>Tokens are bound to a key of the session (RFC 9449).</summary>
    public bool UseDpop { get; init; }

    /// <summary>True where no person is there to act.</summary>
    public bool IsNonInteractive { get; init; }

    /// <summary>True when the call says nothing about a service: it means the current session.</summary>
    public bool NamesNothing =>
        Provider is null && Profile is null && AppliedProfile is null && Authority is null && ClientId is null && TokenEndpoint is null && Grant is null
        && Scopes.Count == 0 && Resources.Count == 0 && Parameters.Count == 0 && SecretParameters.Count == 0 && Store is null && Input.AuthorizationRequest is null;

    /// <summary>False when the call names a service only: then a session that is there already is meant.</summary>
    public bool BringsCredential => Client.IsPresent || Input.IsPresent || References.Count > 0 || SecretParameters.Count > 0;

    public bool RefersTo(SecretPlace place) => References.Any(secret => secret.Place == place);
}
