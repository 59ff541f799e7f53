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
    [ServiceIdentity]
    public string? Provider { get; init; }

    /// <summary>The profile that the call names; null is none, unless the environment names one.</summary>
    [NoIdentity("its values are filled in before a session is looked for")]
    public string? Profile { get; init; }

    /// <summary>The profile whose values are in here; null before they are.</summary>
    [NoIdentity("its values are in here")]
    public string? AppliedProfile { get; init; }

    /// <summary>Secrets that a profile only refers to; read when they are needed, each time anew.</summary>
    [NoIdentity("what they refer to is read first, and is identity then")]
    public IReadOnlyList<ProfileSecret> References { get; init; } = [];

    [ServiceIdentity]
    public string? Authority { get; init; }

    [Identity(1)]
    public string? ClientId { get; init; }

    [ServiceIdentity]
    public string? TokenEndpoint { get; init; }

    [Identity(2)]
    public IReadOnlyList<string> Scopes { get; init; } = [];

    [Identity(3)]
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>A provider's own parameters, and fields to send besides.</summary>
    [ServiceIdentity]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Those of them that are secret; <see cref="AuthModule.Requests.SecretParameters"/> finds them.</summary>
    [Identity(9)]
    public IReadOnlyDictionary<string, Secret> SecretParameters { get; init; } = AuthModule.Requests.SecretParameters.None;

    /// <summary>The name of the grant; null takes what fits the input.</summary>
    [Identity(4)]
    public string? Grant { get; init; }

    [Identity(5)]
    public GrantInput Input { get; init; } = new();

    [Identity(6)]
    public ClientCredential Client { get; init; } = new();

    [NoIdentity("how the service is reached, not who asks")]
    public TransportSettings Transport { get; init; } = TransportSettings.Default;

    /// <summary>Null is <c>memory</c>.</summary>
    [Identity(7)]
    public string? Store { get; init; }

    /// <summary>Tokens are bound to a key of the session (RFC 9449).</summary>
    [Identity(8)]
    public bool UseDpop { get; init; }

    /// <summary>One of <see cref="SecurityProfiles"/>; null for none.</summary>
    [Identity(10)]
    public string? SecurityProfile { get; init; }

    /// <summary>Opens ID tokens and replies that are encrypted to this client; null refuses them.</summary>
    [NoIdentity("it reads what comes back, and does not say who asks")]
    public DecryptionKeyPlace? DecryptionKey { get; init; }

    /// <summary>True where no person is there to act.</summary>
    [NoIdentity("what this call may do")]
    public bool IsNonInteractive { get; init; }

    /// <summary>True when the call says nothing about a service: it means the current session.</summary>
    public bool NamesNothing =>
        Provider is null && Profile is null && AppliedProfile is null && Authority is null && ClientId is null && TokenEndpoint is null && Grant is null
        && Scopes.Count == 0 && Resources.Count == 0 && Parameters.Count == 0 && SecretParameters.Count == 0 && Store is null && Input.AuthorizationRequest is null;

    /// <summary>False when the call names a service only: then a session that is there already is meant.</summary>
    public bool BringsCredential => Client.IsPresent || Input.IsPresent || References.Count > 0 || SecretParameters.Count > 0;

    public bool RefersTo(SecretPlace place) => References.Any(secret => secret.Place == place);
}
