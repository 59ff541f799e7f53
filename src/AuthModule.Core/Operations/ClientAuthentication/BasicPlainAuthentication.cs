using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>Id and secret in the <c>Authorization</c> header as they are: what servers want that do not read RFC 6749, section 2.3.1, to the end.</summary>
internal sealed class BasicPlainAuthentication : IClientAuthenticationMethod
{
    public string Name => "BasicPlain";

    // No server advertises it apart from Basic: it is chosen by name only.
    public string Needs => "-ClientSecret";

    public IReadOnlyList<string> MetadataNames { get; } = [];

    public bool UsesConnection => true;

    public bool Fits(ClientCredential credential) => credential.Secret is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        if (proof.ClientId.Contains(':'))
        {
            throw AuthModule.Errors.AuthError.Create(
                AuthErrorId.InvalidRequest,
                $"Client id '{proof.ClientId}' has a colon in it, which ends the id where it is sent as it is (RFC 7617, section 2); nothing was sent.",
                "Use -ClientAuthentication Basic, which encodes it, or Post.");
        }

        string secret = proof.Credential.Secret!.Reveal();
        string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{proof.ClientId}:{secret}"));
        proof.Scrubber.Add(secret);
        proof.Scrubber.Add(pair);
        draft.Headers.Add(new KeyValuePair<string, string>("Authorization", "Basic " + pair));
        return default;
    }
}
