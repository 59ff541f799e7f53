using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>Id and secret as fields (RFC 6749, section 2.3.1).</summary>
internal sealed class PostAuthentication : IClientAuthenticationMethod
{
    public string Name => "Post";

    public string Needs => "-ClientSecret";

    public IReadOnlyList<string> MetadataNames { get; } = ["client_secret_post"];

    public bool UsesConnection => true;

    public bool Fits(ClientCredential credential) => credential.Secret is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        string secret = proof.Credential.Secret!.Reveal();
        proof.Scrubber.Add(secret);
        if (!draft.HasField("client_id"))
        {
            draft.Add("client_id", proof.ClientId);
        }

        draft.Add("client_secret", secret);

        return default;
    }
}
