using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary><c>client_secret_jwt</c>: an assertion made with the secret, which itself is not sent (OpenID Connect Core, section 9).</summary>
internal sealed class SecretJwtAuthentication : IClientAuthenticationMethod
{
    public string Name => "SecretJwt";

    public string Needs => "-ClientSecret";

    public IReadOnlyList<string> MetadataNames { get; } = ["client_secret_jwt"];

    public bool UsesConnection => false;

    public bool Fits(ClientCredential credential) => credential.Secret is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        byte[] key = proof.Credential.Secret!.RevealUtf8();
        proof.Scrubber.Add(proof.Credential.Secret.Reveal());
        var header = new Dictionary<string, object?> { ["alg"] = "HS256", ["typ"] = "JWT" };
        ClientAssertion.AddTo(draft, proof, ClientAssertion.Write(proof, header, data => HMACSHA256.HashData(key, data)));
        return default;
    }
}
