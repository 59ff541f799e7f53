using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>One way for a client to prove itself to its server. One file each; <see cref="ClientAuthenticationMethods"/> lists them.</summary>
internal interface IClientAuthenticationMethod
{
    /// <summary>As <c>-ClientAuthentication</c> takes it.</summary>
    string Name { get; }

    /// <summary>As servers advertise it in <c>token_endpoint_auth_methods_supported</c>.</summary>
    IReadOnlyList<string> MetadataNames { get; }

    /// <summary>The parameter that brings what it works with, for the error where that is missing.</summary>
    string Needs { get; }

    /// <summary>Whether what the client holds is enough for it.</summary>
    bool Fits(AuthModule.Requests.ClientCredential credential);

    /// <summary>Whether a client certificate is shown on the connection; false where it only signs.</summary>
    bool UsesConnection { get; }

    ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken);
}

/// <summary>What a method works with.</summary>
internal sealed record ClientProof
{
    public required string ClientId { get; init; }

    public required AuthModule.Requests.ClientCredential Credential { get; init; }

    /// <summary>Whom an assertion is for: the issuer, or the token endpoint of a server that publishes no issuer.</summary>
    public required string Audience { get; init; }

    /// <summary>The caller's algorithm for assertions; null chooses.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The algorithms that the server takes; null when it does not say.</summary>
    public IReadOnlyList<string>? OfferedAlgorithms { get; init; }

    /// <summary>One of <see cref="SecurityProfiles"/>; null for none.</summary>
    public string? SecurityProfile { get; init; }

    /// <summary>To be told every plain secret that is put into the request.</summary>
    public required SecretScrubber Scrubber { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>What an assertion source works with.</summary>
    public required AssertionQuery Workload { get; init; }
}
