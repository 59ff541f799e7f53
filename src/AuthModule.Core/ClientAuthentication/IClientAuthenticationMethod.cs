using System;
using System.Collections.Generic;
using AuthModule.Secrets;
using AuthModule.Wire;

namespace AuthModule.ClientAuthentication;

/// <summary>One way for a client to prove itself to its server. One file each; <see cref="ClientAuthenticationMethods"/> lists them.</summary>
internal interface IClientAuthenticationMethod
{
    /// <summary>As <c>-ClientAuthentication</c> takes it.</summary>
    string Name { get; }

    /// <summary>As servers advertise it in <c>token_endpoint_auth_methods_supported</c>.</summary>
    IReadOnlyList<string> MetadataNames { get; }

    /// <summary>Whether what the client holds is enough for it.</summary>
    bool Fits(Requests.ClientCredential credential);

    void Apply(RequestDraft draft, ClientProof proof);
}

/// <summary>What a method works with.</summary>
/// <param name="ClientId">Who the client is.</param>
/// <param name="Credential">What it holds.</param>
/// <param name="Audience">Whom an assertion is for: the token endpoint.</param>
/// <param name="Scrubber">To be told every plain secret that is put into the request.</param>
/// <param name="Clock">For assertions that run out.</param>
internal sealed record ClientProof(string ClientId, Requests.ClientCredential Credential, Uri Audience, SecretScrubber Scrubber, TimeProvider Clock);
