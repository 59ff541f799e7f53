using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>A public client only says who it is (RFC 6749, section 3.2.1).</summary>
internal sealed class NoAuthentication : IClientAuthenticationMethod
{
    public string Name => "None";

    public string Needs => "-ClientCertificate or -ClientKey";

    public IReadOnlyList<string> MetadataNames { get; } = ["none"];

    public bool UsesConnection => true;

    public bool Fits(ClientCredential credential) =>
        credential.Secret is null && credential.Certificate is null && credential.KeyFile is null && credential.AssertionSource is null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        if (!draft.HasField("client_id"))
        {
            draft.Add("client_id", proof.ClientId);
        }

        return default;
    }
}
