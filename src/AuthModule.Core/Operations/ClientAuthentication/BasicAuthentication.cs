using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Text;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>Id and secret in the <c>Authorization</c> header, each form-encoded first (RFC 6749, section 2.3.1).</summary>
internal sealed class BasicAuthentication : IClientAuthenticationMethod
{
    public string Name => "Basic";

    public string Needs => "-ClientSecret";

    public IReadOnlyList<string> MetadataNames { get; } = ["client_secret_basic"];

    public bool UsesConnection => true;

    /// <summary>Whether encoding makes another pair of id and secret: a server that does not decode them sees another secret.</summary>
    public static bool Changes(string clientId, string secret) => FormText.Encode(clientId) != clientId || FormText.Encode(secret) != secret;

    public bool Fits(ClientCredential credential) => credential.Secret is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        string secret = proof.Credential.Secret!.Reveal();
        string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FormText.Encode(proof.ClientId)}:{FormText.Encode(secret)}"));
        proof.Scrubber.Add(secret);
        proof.Scrubber.Add(pair);
        draft.Headers.Add(new KeyValuePair<string, string>("Authorization", "Basic " + pair));

        return default;
    }
}
