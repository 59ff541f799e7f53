using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>Mutual TLS: the connection proves the client, the request only says which one it is (RFC 8705, section 2).</summary>
internal sealed class TlsAuthentication : IClientAuthenticationMethod
{
    public string Name => "Tls";

    public string Needs => "-ClientCertificate";

    public IReadOnlyList<string> MetadataNames { get; } = ["tls_client_auth", "self_signed_tls_client_auth"];

    public bool UsesConnection => true;

    public bool Fits(ClientCredential credential) => credential.Certificate is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        if (!draft.HasField("client_id"))
        {
            draft.Add("client_id", proof.ClientId);
        }

        return default;
    }
}
