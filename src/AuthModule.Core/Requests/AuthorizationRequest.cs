using System;
using System.Linq;
using System.Security;
using System.Threading;
using AuthModule.Jose.Dpop;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule;

/// <summary>
/// The first half of a code flow (RFC 6749, section 4.1.1, with PKCE): open <see cref="Url"/> in a browser, then give the
/// address that it is sent to, and this object, to the second half. Works once.
/// </summary>
public sealed class AuthorizationRequest
{
    private int uses;

    internal AuthorizationRequest(TokenRequest request, Service service, Secret verifier)
    {
        Request = request;
        Service = service;
        Verifier = verifier;
    }

    /// <summary>Where to send the browser.</summary>
    public required Uri Url { get; init; }

    /// <summary>Comes back with the answer, which is refused without it (RFC 6749, section 10.12).</summary>
    public required string State { get; init; }

    /// <summary>Comes back in the ID token (OpenID Connect Core, section 3.1.2.1); null where the service takes none.</summary>
    public string? Nonce { get; init; }

    /// <summary>The PKCE verifier (RFC 7636) as a read-only copy. Whoever has it and the code gets the token.</summary>
    public SecureString CodeVerifier => Verifier.ToSecureString();

    /// <summary>Where the browser is sent after the sign-in.</summary>
    public required Uri RedirectUri { get; init; }

    /// <summary>When this was made; answers are accepted for an hour.</summary>
    public required DateTimeOffset CreatedOn { get; init; }

    /// <summary>Until when <see cref="Url"/> has to be opened; null where the service does not limit that.</summary>
    public DateTimeOffset? OpenBefore { get; init; }

    /// <summary>The name of the provider.</summary>
    public string Provider => Service.Description.Name;

    /// <summary>The address of the service.</summary>
    public string Authority => Service.Authority;

    /// <summary>The client that asks.</summary>
    public string? ClientId => Request.ClientId;

    internal TokenRequest Request { get; }

    internal Service Service { get; }

    internal Secret Verifier { get; }

    internal DpopKey? ProofKey { get; init; }

    /// <summary>How the answer comes, as it was asked for; null leaves it to the service.</summary>
    internal string? ResponseMode { get; init; }

    /// <summary>True for the first caller only.</summary>
    internal bool TryUse() => Interlocked.Exchange(ref uses, 1) == 0;

    /// <summary>The request of the second half: what this one asked for, with what the caller adds to it.</summary>
    internal TokenRequest Continue(TokenRequest second) => Request with
    {
        Grant = GrantNames.AuthorizationCode,
        Client = second.Client.IsPresent ? second.Client : Request.Client,
        References = second.Client.IsPresent ? [.. Request.References.Where(static secret => secret.Place == SecretPlace.Parameter)] : Request.References,
        Store = second.Store ?? Request.Store,
        IsNonInteractive = second.IsNonInteractive,
        DecryptionKey = second.DecryptionKey ?? Request.DecryptionKey,
        Input = Request.Input with { AuthorizationRequest = this, CallbackUri = second.Input.CallbackUri },
    };

    /// <summary>What it is, never the verifier.</summary>
    public override string ToString() => $"authorization request of {ClientId} at {Authority}, made {CreatedOn:u}";
}
